import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '#test/support/browser.ts';
import { endServices, runNarrows } from '#test/support/running-service.ts';
import { slow } from '#test/support/fake-github/fault-kinds.ts';
import { FaultScript } from '#test/support/fake-github/faults.ts';
import { endFakes, openSetup, PLANTED, plantRecorded } from './setup-rig.ts';

const MINUTES = 3 * 60_000;

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

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

  test('needs no script: what goes on is renewed by a link', async () => {
    const rig = await openSetup({ pulls: 30 });
    const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();

    await toReview(page, rig.address, rig.code);
    await page.getByRole('button', { name: 'Create on GitHub' }).click();
    await page.getByRole('button', { name: 'Create GitHub App' }).click();
    await page.getByRole('link', { name: 'Install on GitHub' }).click();
    await page.getByRole('button', { name: 'Install', exact: true }).click();
    for (const until = performance.now() + 60_000; performance.now() < until; await page.waitForTimeout(500)) {
      if ((await page.locator('h1').textContent())?.startsWith('Everything is collected') === true) break;
      await page.getByRole('link', { name: 'Refresh' }).click();
    }
    const headline = await page.locator('h1').textContent();
    await page.getByRole('button', { name: 'Finish the set-up' }).click();

    expect(headline).toBe('Everything is collected: 1\u00A0repository.');
    expect(await page.locator('h1').textContent()).toBe('The set-up is finished.');
  }, MINUTES);

  test('sees how far it is while it is under way, and every page fits and is accessible in both themes', async () => {
    const gate = new Gate();
    const script = new FaultScript([{ on: 'PullRequests', from: 2, times: Infinity, fault: slow(() => gate.opened) }]);
    const rig = await openSetup({ fake: { faults: { script } }, env: { NARROWS_PUBLIC_URL: 'https://narrows.example.com' } });
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    const seen: Record<string, readonly string[]> = {};
    const look = async (name: string): Promise<void> => {
      seen[name] = await faultsOf(page);
    };

    await page.goto(`${rig.address}/setup`);
    await page.getByLabel('Code').fill('guess');
    await page.getByRole('button', { name: 'Open the set-up' }).click();
    await look('a wrong code');
    await page.getByLabel('Code').fill(rig.code);
    await page.getByRole('button', { name: 'Open the set-up' }).click();
    await page.getByRole('button', { name: 'Go on' }).click();
    await look('a form with a mistake');
    await page.goto(`${rig.address}/setup/existing`);
    await look('an App that exists');
    await page.goto(`${rig.address}/setup`);
    await page.getByLabel('Organisation', { exact: true }).fill('bitcoin-core');
    await page.getByRole('button', { name: 'Go on' }).click();
    await look('before GitHub');
    await page.goto(`${rig.address}/setup/callback?code=x&state=y`);
    await look('a refusal');
    await page.goto(`${rig.address}/setup/app`);
    const ours = requests.filter((url) => !url.startsWith(rig.address));
    await setPublicRedirect(page, rig.address);
    await page.getByRole('button', { name: 'Create on GitHub' }).click();
    await page.getByRole('button', { name: 'Create GitHub App' }).click();
    await look('to be installed');
    plantRecorded(rig.world, 519);
    const underWay = page.getByRole('heading', { name: /^Collected so far: 0 of 1.repository, back to / });
    await underWay.waitFor({ timeout: 60_000 });
    await page.getByText(/ of \d+.pull requests, the newest first\./).waitFor({ timeout: 30_000 });
    await look('under way');
    const [value, max] = await Promise.all(['value', 'max'].map(async (name) => Number(await page.locator('progress').getAttribute(name))));
    gate.open();
    await page.getByRole('heading', { name: /^Everything is collected/ }).waitFor({ timeout: 60_000 });
    await page.locator('.big').waitFor({ timeout: 60_000 });
    await look('done');

    expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((name) => [name, []])));
    expect(Object.keys(seen)).toHaveLength(8);
    expect(ours).toEqual([]);
    expect(value).toBeGreaterThan(0);
    expect(value).toBeLessThan(max ?? 0);
  }, MINUTES);
});

/** Something that others wait for. */
class Gate {
  open: () => void = () => undefined;
  readonly opened = new Promise<void>((resolve) => {
    this.open = resolve;
  });
}

/** The manifest as it would be at this machine's own address: the browser has no way to the public one. */
async function setPublicRedirect(page: Page, address: string): Promise<void> {
  await page.evaluate(`(() => {
    const field = document.querySelector('input[name=manifest]');
    field.value = field.value.replaceAll('https://narrows.example.com/setup', '${address}/setup');
  })()`);
}

/** What axe finds and what does not fit, at both widths in both themes. */
async function faultsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const found: string[] = [];
  for (const [width, colorScheme] of [[390, 'dark'], [390, 'light'], [1280, 'dark'], [1280, 'light']] as const) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    const { violations } = await page.evaluate<AxeResults>(`axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] })`);
    found.push(...violations.flatMap(({ id, nodes }) => nodes.map((node) => `${String(width)} ${colorScheme} ${id}: ${node.target.join(' ')}`)));
    const beyond = await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    if (beyond > 0) found.push(`${String(width)}: ${String(beyond)} px beyond the edge`);
  }
  return found;
}
