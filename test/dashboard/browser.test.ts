import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';

import { renderPage } from '#src/dashboard/render-page.ts';
import { readStylesheet } from '#src/dashboard/stylesheet.ts';
import { openBrowser } from '#test/support/browser.ts';

import { EXAMPLE_PAGES } from './example-pages.ts';

/** What the dashboard sends with its pages: nothing runs, nothing is loaded but its own style sheet. */
const POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Everything is judged in the light theme; a theme changes colours alone, so the dark one is judged by those. */
const AXE_RULES = {
  light: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  dark: ['color-contrast', 'link-in-text-block'],
} as const;

const THEMES = ['light', 'dark'] as const;
const WIDTHS = [360, 390, 640, 719, 768, 1024, 1280, 1920] as const;

/** A page as its own tab sees it: what it complained of and what it asked for. */
interface OpenPage {
  readonly page: Page;
  readonly complaints: string[];
  readonly requests: string[];
}

describe('in a browser', () => {
  let server: Server;
  let origin: string;
  let browser: Browser;
  let context: BrowserContext;

  beforeAll(async () => {
    const stylesheet = readStylesheet();
    server = createServer((request, response) => {
      if (request.url === '/assets/narrows.css') {
        response.setHeader('content-type', 'text/css').end(stylesheet.text);
        return;
      }
      const page = EXAMPLE_PAGES[request.url?.slice(1) ?? ''];
      response.statusCode = page === undefined ? 204 : 200;
      response.setHeader('content-security-policy', POLICY).setHeader('content-type', 'text/html; charset=utf-8');
      response.end(page === undefined ? '' : renderPage(page()));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    origin = `http://127.0.0.1:${String(port)}`;
    browser = await openBrowser();
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  });

  afterAll(async () => {
    await browser.close();
    await new Promise((resolve) => server.close(resolve));
  });

  async function open(name: string): Promise<OpenPage> {
    const page = await context.newPage();
    await page.emulateMedia({ colorScheme: 'light' });
    const opened: OpenPage = { page, complaints: [], requests: [] };
    page.on('console', (message) => opened.complaints.push(message.text()));
    page.on('pageerror', (error) => opened.complaints.push(error.message));
    page.on('request', (request) => opened.requests.push(request.url()));
    await page.goto(`${origin}/${name}`);
    return opened;
  }

  test.each(Object.keys(EXAMPLE_PAGES))('the page %s is quiet, asks nobody else, fits every width and is accessible in both themes', async (name) => {
    const { page, complaints, requests } = await open(name);
    await page.evaluate(AXE);

    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      expect({ width, faults: await layoutFaults(page) }).toEqual({ width, faults: [] });
    }
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme });
      for (const width of [390, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        expect({ theme, width, findings: await findings(page, theme) }).toEqual({ theme, width, findings: [] });
      }
    }

    expect(complaints).toEqual([]);
    expect(requests).toEqual([`${origin}/${name}`, `${origin}/assets/narrows.css`]);
    expect(await page.evaluate('({ hacked: "hacked" in window, scripts: document.scripts.length })')).toEqual({ hacked: false, scripts: 0 });
    await page.close();
  });

  test('the dark theme is the tokens’ own', async () => {
    const { page } = await open('flow');
    const ground = 'getComputedStyle(document.body).backgroundColor';

    const light = await page.evaluate(ground);
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await page.evaluate(ground);

    expect([light, dark]).toEqual(['rgb(255, 255, 255)', 'rgb(13, 17, 23)']);
    await page.close();
  });

  test('the narrow menus open without a script, fit and are accessible', async () => {
    const { page } = await open('flow');
    await page.setViewportSize({ width: 360, height: 800 });
    await page.evaluate(AXE);

    for (const menu of ['.bar-narrow', '.nav-narrow']) await page.locator(`${menu} > summary`).click();

    expect(await page.getByRole('link', { name: 'Reviews' }).isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: 'Show' }).isVisible()).toBe(true);
    expect(await layoutFaults(page)).toEqual([]);
    expect(await findings(page, 'light')).toEqual([]);
    await page.close();
  });

  test('the form asks for the chosen window of the same page', async () => {
    const { page, requests } = await open('flow');

    await page.getByLabel('Window').first().selectOption('52');
    await page.getByRole('button', { name: 'Show' }).first().click();
    await page.waitForTimeout(50);

    expect(requests.at(-1)).toBe(`${origin}/?scope=team%3Apayments&weeks=52&against=before&to=2025-11-23`);
    await page.close();
  });

  test('the river lies where it is wide, is turned where it is narrow, and is as wide as its stock', async () => {
    const { page } = await open('flow');

    const lying = await page.locator('.river-lying').boundingBox();
    await page.setViewportSize({ width: 390, height: 800 });
    const turned = await page.locator('.river-turned').boundingBox();
    const cells = await page.locator('.cell').all();
    const rows = (await Promise.all(cells.map((cell) => cell.boundingBox()))).map((box) => box?.height ?? 0);

    expect([lying?.width, lying?.height]).toEqual([1184, 176]);
    expect(await page.locator('.river-lying').isVisible()).toBe(false);
    expect(turned?.width).toBe(104);
    expect(turned?.height).toBeCloseTo(rows.reduce((sum, height) => sum + height, 0), 0);
    expect(Math.max(...rows) - Math.min(...rows)).toBeLessThan(1.5);
    await page.close();
  });

  test('text of twice the size moves nothing over the edge', async () => {
    const { page } = await open('flow');
    await page.setViewportSize({ width: 600, height: 800 });

    await page.evaluate(`document.documentElement.style.fontSize = '200%'`);

    expect(await layoutFaults(page)).toEqual([]);
    await page.close();
  });

  test('on paper there are no controls and no dark ground', async () => {
    const { page } = await open('flow');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });

    expect(await Promise.all(['.header', '.bar'].map((selector) => page.locator(selector).isVisible()))).toEqual([false, false]);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    await page.close();
  });
});

/** What axe finds, short: the rule and where. */
async function findings(page: Page, theme: (typeof THEMES)[number]): Promise<readonly string[]> {
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify({ runOnly: AXE_RULES[theme], resultTypes: ['violations'] })})`);
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`));
}

/** What does not fit: elements beyond the right edge, texts of charts outside their picture, over one another or under 11 px. */
async function layoutFaults(page: Page): Promise<readonly string[]> {
  return page.evaluate<string[]>(`(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    const beyond = scrollWidth <= clientWidth ? [] : [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > clientWidth + 1);
    const texts = [...document.querySelectorAll('.chart text')].filter((text) => {
      const box = text.getBoundingClientRect();
      if (box.width === 0) return false;
      const svg = text.closest('svg');
      const picture = svg.getBoundingClientRect();
      const size = parseFloat(getComputedStyle(text).fontSize) * (picture.width / svg.viewBox.baseVal.width);
      const isInside = box.left >= picture.left - 1 && box.right <= picture.right + 1 && box.top >= picture.top - 1 && box.bottom <= picture.bottom + 1;
      const touches = [...svg.querySelectorAll('text')].some((other) => {
        const next = other.getBoundingClientRect();
        return other !== text && box.left < next.right - 1 && next.left < box.right - 1 && box.top < next.bottom - 4 && next.top < box.bottom - 4;
      });
      return !isInside || touches || size < 10.99;
    });
    return [...beyond, ...texts].map((element) => element.tagName + ' ' + element.getAttribute('class') + ' ' + element.textContent.slice(0, 40));
  })()`);
}
