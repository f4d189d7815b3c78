import { mkdirSync, readdirSync, readFileSync, rmdirSync, statSync, writeFileSync, chmodSync } from 'node:fs';
import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { endServices, runNarrows, startService, type RunningService } from '#test/support/running-service.ts';
import { SetupClient } from './setup-client.ts';
import { endFakes, openSetup, PLANTED, plantRecorded, printedCode, type SetupRig } from './setup-rig.ts';

const MINUTES = 3 * 60_000;
const BARE = { NARROWS_WEBHOOK_SECRET: '' };
const PUBLIC = { NARROWS_PUBLIC_URL: 'https://narrows.example.com' };

afterEach(async () => {
  await endServices();
  await endFakes();
});

/** Opens the set-up and lets GitHub make the App; resolves to the browser and the address it was sent back to. */
async function connected(rig: SetupRig): Promise<{ readonly client: SetupClient; readonly back: URL }> {
  const client = new SetupClient(rig.address);
  await client.open(rig.code);
  const back = await client.createOnGitHub();
  const { status } = await client.get(`${back.pathname}${back.search}`);
  expect(status).toBe(303);
  return { client, back };
}

/** The status of a delivery that is signed with a secret. */
async function deliver({ url }: RunningService, secret: string): Promise<number> {
  const body = '{"zen":"Keep it logically awesome."}';
  const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  const headers = { 'content-type': 'application/json', 'x-github-event': 'ping', 'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958', 'x-hub-signature-256': signature };
  return (await fetch(`${url}/webhooks/github`, { method: 'POST', body, headers })).status;
}

/** Everything that lies in a folder, as one text. */
function contentOf(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'credentials.json')
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

describe('an App that is connected while the program runs', () => {
  test('with webhooks: deliveries that it signs are accepted at once, and pages and API are shut', async () => {
    const rig = await openSetup({ env: PUBLIC });
    const before = await deliver(rig.service, PLANTED.webhookSecret);

    await connected(rig);

    expect([before, await deliver(rig.service, PLANTED.webhookSecret), await deliver(rig.service, 'another secret of enough length')]).toEqual([503, 202, 401]);
    expect(rig.manifests[0]?.hook_attributes).toEqual({ url: 'https://narrows.example.com/webhooks/github', active: true });
    expect((await fetch(`${rig.service.url}/`)).status).toBe(403);
    expect((await fetch(`${rig.service.url}/api/v1/metrics`)).status).toBe(403);
  }, MINUTES);

  test('without webhooks: this machine reads its own data in place of the sample', async () => {
    const rig = await openSetup();
    const sample = await (await fetch(`${rig.service.url}/`)).text();

    const { client } = await connected(rig);
    plantRecorded(rig.world, 519);
    await client.until('/setup', 'Everything is collected');
    const own = await (await fetch(`${rig.service.url}/`)).text();

    expect(sample).toContain('Sample data');
    expect(sample).toContain('href="/setup"');
    expect(own).not.toContain('Sample data');
    expect(await deliver(rig.service, PLANTED.webhookSecret)).toBe(503);
  }, MINUTES);

  test('is known to the next start and to every command, without anything in the environment', async () => {
    const rig = await openSetup();
    await connected(rig);
    await rig.service.terminate();
    const place = { dataDir: rig.dataDir, env: BARE };

    const waiting = await startService(place);
    plantRecorded(rig.world, 30);
    const { code, err } = await runNarrows(['backfill'], place);

    expect(waiting.said()).toContain(`install it at ${rig.fake.url}/github-apps/narrows-test/installations/new`);
    expect(printedCode(waiting.said())).toBe('');
    expect((await fetch(`${waiting.url}/setup`)).status).toBe(404);
    expect(err).toContain('1 of 1 repositories are complete');
    expect(code).toBe(0);
  }, MINUTES);

  test('says of each installation what is wrong with it, and goes on by itself once that is mended', async () => {
    const rig = await openSetup();
    const { client } = await connected(rig);
    const id = plantRecorded(rig.world, 30);
    const { permissions } = rig.world.app;
    const { members: _members, ...some } = permissions;

    rig.world.suspendInstallation(id, 0);
    await client.until('/setup', 'the installation is suspended, so nothing is collected');
    rig.world.unsuspendInstallation(id, 1);
    rig.world.grant(id, { permissions: some }, 1);
    const partly = await client.until('/setup', '“Members: read” is missing.');
    await client.until('/setup', 'Everything is collected: 1');
    rig.world.grant(id, { permissions }, 2);
    await client.until('/setup', 'is missing.', { isGone: true });

    expect(partly.text).toContain('there are no figures by team');
    expect(partly.text).toContain(`${rig.fake.url}/organizations/bitcoin-core/settings/installations/${id}`);
  }, MINUTES);

  test('that lacks what this version reads is named at the next start, with what stays dark', async () => {
    const rig = await openSetup();
    const { client } = await connected(rig);
    const id = plantRecorded(rig.world, 30);
    const { contents: _contents, ...older } = rig.world.app.permissions;
    rig.world.grant(id, { permissions: older }, 1);
    await client.until('/setup', 'Everything is collected: 1');
    await rig.service.terminate();

    const next = await startService({ dataDir: rig.dataDir, env: BARE });

    expect(next.said()).toContain('bitcoin-core has not granted "Contents: read". Pushes are not known');
  }, MINUTES);
});

describe('an App on an Enterprise Server, of a person', () => {
  test('is made at the address that was written, and asked for there from then on', async () => {
    const rig = await openSetup({ env: { NARROWS_GITHUB_API_URL: '' } });
    const client = new SetupClient(rig.address);
    await client.open(rig.code);

    const usual = await client.invite({ organization: 'octo-org' });
    const { action, manifest, state } = await client.invite({ owner: 'person', server: rig.fake.url });
    const answer = await fetch(`${rig.fake.url}/fake-github/created`, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ manifest, state }) });
    const back = new URL(answer.headers.get('location') ?? '');
    const older = await client.get(`/setup/callback?code=x&state=${usual.state}`);
    await client.get(`${back.pathname}${back.search}`);
    plantRecorded(rig.world, 30);
    await client.until('/setup', 'Everything is collected: 1');

    expect(usual.action).toMatch(/^https:\/\/github\.com\/organizations\/octo-org\/settings\/apps\/new\?state=[\w-]{43}$/);
    expect(action).toBe(`${rig.fake.url}/settings/apps/new?state=${state}`);
    expect(JSON.parse(manifest).name).toMatch(/^Narrows [0-9a-f]{6}$/);
    expect(older.status).toBe(403);
    expect(rig.credentials()).toMatchObject({ apiUrl: `${rig.fake.url}/api/v3`, webUrl: rig.fake.url });
  }, MINUTES);
});

describe('an App that exists already', () => {
  test('is connected with its id and key; a key that is not its own is refused and not shown', async () => {
    const rig = await openSetup();
    const client = new SetupClient(rig.address);
    await client.open(rig.code);
    await client.get('/setup/existing');
    const { generateKeyPairSync } = await import('node:crypto');
    const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();

    const empty = await client.post('/setup/existing', {});
    const wrong = await client.post('/setup/existing', { 'app-id': rig.world.app.id, 'private-key': foreign });
    const right = await client.post('/setup/existing', { 'app-id': ` ${rig.world.app.id} `, 'private-key': PLANTED.privateKey, 'webhook-secret': PLANTED.webhookSecret });

    expect([empty.status, wrong.status, right.status]).toEqual([422, 422, 303]);
    expect(empty.text).toContain('The App ID is a number');
    expect(wrong.text).toContain('GitHub does not accept this key for this App.');
    expect(wrong.text).not.toContain(foreign.split('\n')[3]);
    expect(rig.credentials()).toMatchObject({ appId: rig.world.app.id, slug: rig.world.app.slug, webhookSecret: PLANTED.webhookSecret, clientSecret: null });
    expect(await deliver(rig.service, PLANTED.webhookSecret)).toBe(202);
  }, MINUTES);
});

describe('credentials', () => {
  test('that cannot be stored are said to be so before the code is spent, and the same page stores them later', async () => {
    const rig = await openSetup();
    const client = new SetupClient(rig.address);
    await client.open(rig.code);
    const back = await client.createOnGitHub();
    const inTheWay = join(rig.dataDir, 'credentials.json.new');
    mkdirSync(inTheWay);

    const refused = await client.get(`${back.pathname}${back.search}`);
    rmdirSync(inTheWay);
    const stored = await client.get(`${back.pathname}${back.search}`);

    expect([refused.status, refused.title]).toEqual([503, 'The App could not be stored.']);
    expect(stored.status).toBe(303);
    expect(rig.credentials()).not.toBeNull();
  }, MINUTES);

  test('are found in no page, log, export or database, and in no address', async () => {
    const rig = await openSetup({ env: { ...PUBLIC, NARROWS_LOG_LEVEL: 'trace' } });
    const pages: string[] = [];
    const client = new SetupClient(rig.address);
    pages.push((await client.open(rig.code)).text);
    const back = await client.createOnGitHub();
    for (const path of ['/setup/app', `${back.pathname}${back.search}`, `${back.pathname}${back.search}`, '/setup']) pages.push((await client.get(path)).text);
    plantRecorded(rig.world, 30);
    pages.push((await client.until('/setup', 'Everything is collected')).text);
    await deliver(rig.service, PLANTED.webhookSecret);
    const place = { dataDir: rig.dataDir, env: BARE };
    const commands = [await runNarrows(['status', '--json'], place), await runNarrows(['export', 'facts', 'pull-requests'], place), await runNarrows(['doctor'], place)];
    await rig.service.terminate();

    const said = [rig.service.said(), ...pages, ...commands.flatMap(({ out, err }) => [out, err]), ...rig.fake.requests.map(({ path }) => path), contentOf(rig.dataDir)].join('\n');

    const keyLine = PLANTED.privateKey.split('\n')[5] ?? '';
    for (const secret of [PLANTED.webhookSecret, PLANTED.clientSecret, keyLine, client.cookie?.split('=')[1] ?? '']) {
      expect(secret.length).toBeGreaterThan(20);
      expect(said.includes(secret)).toBe(false);
    }
    expect(contentOf(rig.dataDir).length).toBeGreaterThan(10_000);
    expect(JSON.stringify(rig.credentials())).toContain(PLANTED.webhookSecret);
  }, MINUTES);

  test('that others may read, or that are none, stop a start with words that name the file and nothing in it', async () => {
    const rig = await openSetup();
    await connected(rig);
    await rig.service.terminate();
    const path = join(rig.dataDir, 'credentials.json');
    const place = { dataDir: rig.dataDir, env: BARE };

    chmodSync(path, 0o640);
    const open = await runNarrows(['status'], place);
    chmodSync(path, 0o600);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('"appId"', '"apId"'));
    const broken = await runNarrows(['status'], place);
    writeFileSync(path, text);
    const mended = await runNarrows(['status'], place);

    expect([open.code, broken.code, mended.code]).toEqual([1, 1, 0]);
    expect(open.err).toContain(`${path} has the mode 0640: others on this machine may use the App's key.`);
    expect(broken.err).toContain('is not what the set-up pages write (see appId)');
    expect(`${open.err}${broken.err}`).not.toContain('BEGIN RSA');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  }, MINUTES);

  test('beside an App in the environment are not used, and that is said', async () => {
    const rig = await openSetup();
    await connected(rig);
    await rig.service.terminate();

    const next = await startService({ dataDir: rig.dataDir, env: { ...BARE, NARROWS_GITHUB_APP_ID: '999', NARROWS_GITHUB_PRIVATE_KEY: PLANTED.privateKey, NARROWS_GITHUB_API_URL: rig.fake.url } });

    expect(next.said()).toContain('NARROWS_GITHUB_APP_ID is set, and the data folder holds the App narrows-test');
  }, MINUTES);
});
