import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '#test/support/browser.ts';
import { endServices, runNarrows } from '#test/support/running-service.ts';
import { endFakes, openSetup, PLANTED } from './setup-rig.ts';

const MINUTES = 3 * 60_000;

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
afterEach(async () => {
  await endServices();
  await endFakes();
});

/** Opens the set-up with the code and says whose App it is to be. */
async function toReview(page: Page, address: string, code: string): Promise<void> {
  await page.goto(`${address}/setup`);
  await page.getByLabel('Code').fill(code);
  await page.getByRole('button', { name: 'Open the set-up' }).click();
  await page.getByLabel('Organisation', { exact: true }).fill('bitcoin-core');
  await page.getByRole('button', { name: 'Go on' }).click();
}

describe('whoever starts Narrows for the first time', () => {
  test('connects it in a browser: code, manifest, return, installation, backfill, first figures, without a restart', async () => {
    const rig = await openSetup();
    const page = await (await browser.newContext()).newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));

    await toReview(page, rig.address, rig.code);
    expect(await page.locator('h1').textContent()).toContain('bitcoin-core');
    await page.getByRole('button', { name: 'Create on GitHub' }).click();
    await page.getByRole('button', { name: 'Create GitHub App' }).click();
    await page.getByRole('heading', { name: 'The App is connected. Install it where it is to read.' }).waitFor();
    expect(page.url()).toBe(`${rig.address}/setup`);
    await page.getByRole('link', { name: 'Install on GitHub' }).click();
    await page.getByRole('button', { name: 'Install', exact: true }).click();
    await page.getByText('bitcoin-core: the App is installed.').waitFor({ timeout: 30_000 });
    await page.getByRole('heading', { name: /^Everything is collected/ }).waitFor({ timeout: 90_000 });
    const said = await page.locator('.first-figure').textContent({ timeout: 30_000 });
    const { err, out } = await runNarrows(['status'], { dataDir: rig.dataDir, env: { NARROWS_WEBHOOK_SECRET: '' } });

    expect(said).toMatch(/first response/);
    expect(out).toContain('bitcoin-core/gui');
    expect(err).toBe('');
    expect(complaints).toEqual([]);
    expect(rig.manifests).toHaveLength(1);
    expect(rig.manifests[0]).toMatchObject({ name: 'Narrows bitcoin-core', hook_attributes: { active: false }, redirect_url: `${rig.address}/setup/callback` });
    expect(rig.credentials()).toMatchObject({ appId: rig.world.app.id, slug: rig.world.app.slug, webhookSecret: null, privateKey: PLANTED.privateKey });
    expect(statSync(join(rig.dataDir, 'credentials.json')).mode & 0o777).toBe(0o600);
    expect(statSync(rig.dataDir).mode & 0o777).toBe(0o700);
    expect(readFileSync(join(rig.dataDir, 'credentials.json'), 'utf8')).not.toContain(PLANTED.webhookSecret);
  }, MINUTES);
});
