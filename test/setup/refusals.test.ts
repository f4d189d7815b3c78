import { request as httpRequest } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { standingClock } from '#src/core/clock.ts';
import { endServices } from '#test/support/running-service.ts';
import { SetupClient } from './setup-client.ts';
import { endFakes, openSetup } from './setup-rig.ts';

const MINUTE = 60_000;
const HOUR_MS = 3_600_000;

afterEach(async () => {
  await endServices();
  await endFakes();
});

/** The status of a request with a `Host` header and others of one's own, which `fetch` does not let one set. */
function statusOf(port: number, path: string, headers: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port, host: '127.0.0.1', path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('error', reject).end();
  });
}

describe('the door of the set-up', () => {
  test('opens for the printed code alone, once, however it is typed', async () => {
    const { address, code } = await openSetup();
    const [first, second] = [new SetupClient(address), new SetupClient(address)];

    const wrong = await first.post('/setup/code', { code: '0000-0000-0000-0000-0000-0000-00' });
    const right = await first.post('/setup/code', { code: ` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o')} ` });
    const again = await second.post('/setup/code', { code });

    expect([wrong.status, right.status, again.status]).toEqual([403, 303, 403]);
    expect(wrong.text).toContain('This is not the code.');
    expect(again.text).toContain('This code was used already');
    expect((await first.get('/setup')).title).toBe('Connect GitHub in three steps.');
    expect((await second.get('/setup')).title).toBe('Give the code that Narrows has printed.');
  }, MINUTE);

  test('lets whoever gives wrong codes wait, the right one included', async () => {
    const { address, code } = await openSetup();
    const client = new SetupClient(address);

    const statuses = [];
    for (let round = 0; round < 6; round += 1) statuses.push((await client.post('/setup/code', { code: 'guess' })).status);
    const right = await client.post('/setup/code', { code });

    expect(statuses).toEqual([403, 403, 403, 403, 403, 429]);
    expect(right.status).toBe(429);
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(right.text).toContain('Too many wrong codes');
  }, MINUTE);

  test('is at this machine’s own name and the public one alone', async () => {
    const { service } = await openSetup({ env: { NARROWS_PUBLIC_URL: 'https://narrows.example.com', NARROWS_TRUST_PROXY: 'loopback' } });
    const at = (headers: Readonly<Record<string, string>>): Promise<number> => statusOf(service.port, '/setup', headers);

    expect(await at({ host: 'localhost' })).toBe(200);
    expect(await at({ host: 'narrows.example.com' })).toBe(200);
    expect(await at({ host: '127.0.0.1:3000', 'x-forwarded-host': 'narrows.example.com', 'x-forwarded-proto': 'https' })).toBe(200);
    expect(await at({ host: 'rebound.example.net' })).toBe(403);
    expect(await at({ host: 'localhost', 'x-forwarded-for': '203.0.113.9' })).toBe(403);
  }, MINUTE);

  test('gives a cookie that scripts and other sites do not get, and pages that nobody keeps or frames', async () => {
    const { address, code } = await openSetup();
    const client = new SetupClient(address);

    const opened = await client.post('/setup/code', { code });
    const { headers } = await client.get('/setup');

    expect(opened.headers.get('set-cookie')).toMatch(/^narrows_setup=[\w-]{43}; Max-Age=14400; Path=\/setup; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*form-action 'self'; base-uri 'none'; frame-ancestors 'none'/);
  }, MINUTE);

  test('takes no form from another site, and none without what its own page carries', async () => {
    const { address, code } = await openSetup();
    const client = new SetupClient(address);
    const draft = { organization: 'bitcoin-core' };

    const stolenCode = await client.post('/setup/code', { code }, { 'sec-fetch-site': 'cross-site' });
    await client.open(code);
    const crossSite = await client.post('/setup/app', draft, { 'sec-fetch-site': 'cross-site' });
    const sameSite = await client.post('/setup/app', draft, { 'sec-fetch-site': 'same-site' });
    const otherOrigin = await client.post('/setup/app', draft, { origin: 'https://evil.example' });
    const withoutToken = await client.post('/setup/app', { ...draft, 'form-token': '' });
    const own = await client.post('/setup/app', draft, { 'sec-fetch-site': 'same-origin' });

    expect([stolenCode, crossSite, sameSite, otherOrigin, withoutToken].map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
    expect(withoutToken.title).toBe('This form does not come from the set-up.');
    expect([own.status, own.location]).toEqual([303, '/setup/app']);
  }, MINUTE);
});

describe('what comes back from GitHub', () => {
  test('with a wrong state, or to a browser that has not opened the set-up, connects nothing, and the right one still does', async () => {
    const rig = await openSetup();
    const client = new SetupClient(rig.address);
    await client.open(rig.code);
    const back = await client.createOnGitHub();
    const code = back.searchParams.get('code') ?? '';

    const wrong = await client.get(`/setup/callback?code=${code}&state=another`);
    const stranger = await new SetupClient(rig.address).get(`${back.pathname}${back.search}`);
    const nothing = rig.credentials();
    const right = await client.get(`${back.pathname}${back.search}`);

    expect([wrong.status, wrong.title]).toEqual([403, 'This answer of GitHub does not belong to your set-up.']);
    expect([stranger.status, stranger.title]).toEqual([403, 'This browser has not opened the set-up.']);
    expect(nothing).toBeNull();
    expect([right.status, right.location]).toEqual([303, '/setup']);
    expect(rig.credentials()).not.toBeNull();
  }, MINUTE);

  test('once more changes nothing and says so', async () => {
    const rig = await openSetup();
    const client = new SetupClient(rig.address);
    await client.open(rig.code);
    const back = await client.createOnGitHub();
    await client.get(`${back.pathname}${back.search}`);
    const first = rig.credentials();

    const replayed = await client.get(`${back.pathname}${back.search}`);

    expect([replayed.status, replayed.title]).toEqual([409, 'This answer of GitHub was used already.']);
    expect(rig.credentials()).toEqual(first);
    expect(rig.fake.requests.filter(({ name }) => name.includes('conversions'))).toHaveLength(1);
  }, MINUTE);

  test('over an hour late is refused with what to do about the App that is left', async () => {
    const clock = standingClock(Date.now());
    const rig = await openSetup({ fake: { clock } });
    const client = new SetupClient(rig.address);
    await client.open(rig.code);
    const back = await client.createOnGitHub();
    clock.set(clock.now() + HOUR_MS);

    const late = await client.get(`${back.pathname}${back.search}`);
    const again = await client.createOnGitHub();
    const mended = await client.get(`${again.pathname}${again.search}`);

    expect([late.status, late.title]).toEqual([410, 'GitHub does not know this code any more.']);
    expect(late.text).toContain('delete it on GitHub');
    expect(mended.status).toBe(303);
  }, MINUTE);

  test('while GitHub fails can be loaded once more', async () => {
    const rig = await openSetup({ failingExchanges: 1 });
    const client = new SetupClient(rig.address);
    await client.open(rig.code);
    const back = await client.createOnGitHub();

    const failed = await client.get(`${back.pathname}${back.search}`);
    const loaded = await client.get(`${back.pathname}${back.search}`);

    expect([failed.status, failed.title]).toEqual([502, 'GitHub could not be asked.']);
    expect(loaded.status).toBe(303);
  }, MINUTE);

  test('as a no is said in words: for the App, and for its installation', async () => {
    const rig = await openSetup();
    const client = new SetupClient(rig.address);
    await client.open(rig.code);
    const { state } = await client.invite();

    const noApp = await client.get(`/setup/callback?error=access_denied&state=${state}`);
    const back = await client.createOnGitHub();
    await client.get(`${back.pathname}${back.search}`);
    await client.get('/setup/installed?error=access_denied');
    const noInstallation = await client.get('/setup');
    await client.get('/setup/installed?setup_action=request');
    const asked = await client.get('/setup');

    expect([noApp.status, noApp.title]).toEqual([403, 'GitHub says that the App was not created.']);
    expect(noInstallation.text).toContain('The installation was called off or not allowed');
    expect(asked.text).toContain('GitHub has asked an owner of the organisation to approve the App');
  }, MINUTE);
});

describe('once the App is connected', () => {
  test('the pages are shut for everybody else in one and the same way, and for whoever has finished too', async () => {
    const rig = await openSetup();
    const [client, stranger] = [new SetupClient(rig.address), new SetupClient(rig.address)];
    await client.open(rig.code);
    const back = await client.createOnGitHub();
    await client.get(`${back.pathname}${back.search}`);
    await client.get('/setup');

    const answers = [await stranger.get('/setup'), await stranger.get('/setup/app'), await stranger.get('/setup/existing'), await stranger.post('/setup/code', { code: rig.code }), await stranger.get(`${back.pathname}${back.search}`)];
    const finished = await client.post('/setup/finish', {});
    answers.push(await client.get('/setup'));

    expect(new Set(answers.map(({ status, text }) => `${String(status)} ${text}`)).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 403, title: 'The set-up is shut.' });
    expect([finished.status, finished.title]).toEqual([200, 'The set-up is finished.']);
  }, MINUTE);
});
