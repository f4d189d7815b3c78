import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContext } from 'playwright-core';
import { openBrowser } from '#test/support/browser.ts';
import { openReadingSite, recordedImport, type ReadingSite } from '#test/support/reading-site.ts';

const WIDTHS = [390, 1280] as const;
const THEMES = ['light', 'dark'] as const;

let site: ReadingSite;
let server: Server;
let origin: string;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  site = await openReadingSite([await recordedImport()], 'teams: { gui: { name: GUI, repositories: [bitcoin-core/gui] } }\ncalendars: { office: { zone: UTC, hours: { weekdays: 09:00-17:00 } } }\ncalendar: office');
  server = (await site.serve()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  browser = await openBrowser();
  context = await browser.newContext();
});

afterAll(async () => {
  await browser.close();
  server.close();
  server.closeAllConnections();
  await site.close();
});

describe('the dashboard of the recording, in a browser', () => {
  test.each(['/', '/?scope=team:gui&weeks=52', '/reviews?weeks=26', '/data-quality?weeks=26', '/waits?stage=review.request_response&weeks=52', '/stays?stock=awaiting_review', '/stays?stock=standing-still', '/pull-requests/bitcoin-core/gui/29', '/pull-requests/bitcoin-core/gui/60'])(
    '%s complains of nothing, asks nobody else and fits, light and dark, narrow and wide',
    async (address) => {
      const page = await context.newPage();
      const complaints: string[] = [];
      const asked = new Set<string>();
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => asked.add(new URL(request.url()).origin));

      for (const theme of THEMES) {
        for (const width of WIDTHS) {
          await page.emulateMedia({ colorScheme: theme });
          await page.setViewportSize({ width, height: 900 });
          const answer = await page.goto(origin + address);
          const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
          expect([theme, width, answer?.status(), overflow]).toEqual([theme, width, 200, 0]);
        }
      }

      expect([complaints, [...asked]]).toEqual([[], [origin]]);
      await page.close();
    },
  );

  test('the form of a page leads to the same page of another scope and window', async () => {
    const page = await context.newPage();
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(`${origin}/waits?stage=review.approval&to=2026-10-11`);

    await page.getByLabel('Scope').first().selectOption('team:gui');
    await page.getByLabel('Window').first().selectOption('26');
    await page.getByRole('button', { name: 'Show' }).first().click();
    await page.waitForURL(/scope=/);

    expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({ scope: 'team:gui', weeks: '26', stage: 'review.approval', to: '2026-10-11' });
    expect(await page.locator('h1').textContent()).toContain('have an approval within a day');
    expect(await page.getByLabel('Window').first().inputValue()).toBe('26');
    await page.close();
  });

  test('the table of a page is saved as a file', async () => {
    const page = await context.newPage();
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(`${origin}/reviews`);

    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV' }).first().click()]);

    expect(download.suggestedFilename()).toBe('reviews.csv');
    await page.close();
  });
});
