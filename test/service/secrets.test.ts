import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { SMTPServer } from 'smtp-server';
import { SetupClient, type AnsweredPage } from '#test/setup/setup-client.ts';
import { endFakes, openSetup, PLANTED } from '#test/setup/setup-rig.ts';
import { APP_KEY } from '#test/support/collecting-rig.ts';
import { buildWorld } from '#test/support/fake-github/build-world.ts';
import { DeliveryRecord } from '#test/support/fake-github/delivery-record.ts';
import { startFakeGitHub, type FakeGitHub } from '#test/support/fake-github/fake-github.ts';
import { recordedPulls } from '#test/support/fake-github/pull-source.ts';
import { aboutGui, guiSnapshots } from '#test/support/gui-recording.ts';
import { openToOthers, SecretSearch, writtenForms, type PlantedSecrets } from '#test/support/planted-secrets.ts';
import { startPostgres, type TestPostgres } from '#test/support/postgres.ts';
import { recordedWebhooks } from '#test/support/recorded-webhooks.ts';
import { endServices, freshFolder, runNarrows, SERVICE_SECRET, startService, type RunningService, type ServicePlace } from '#test/support/running-service.ts';
import { WebhookSender } from '#test/support/signed-webhooks.ts';

const MINUTES = 5 * 60_000;
const COUNT = 60;
const [, , , last] = guiSnapshots();

/** A key that no App has. */
const OTHER_KEY = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();

/** Every secret that options take, each with characters that JSON, addresses and HTML write in another way. */
const SECRETS = {
  'webhook secret': SERVICE_SECRET,
  'previous webhook secret': 'planted "previous" <secret> & more/7',
  'private key': APP_KEY,
  'other private key': OTHER_KEY,
  token: 'github_pat_planted_11AAAAAAA0abcdefghij',
  'refused token': 'github_pat_planted_22BBBBBBB0klmnopqrst',
  'mail password': 'planted:mail/p@ss&word "8"',
  'database password': 'planted:database/p@ss&word"9"',
} satisfies PlantedSecrets;

let fake: FakeGitHub;
let mail: SMTPServer;
let smtpUrl: string;
let postgres: TestPostgres;

beforeAll(async () => {
  const world = buildWorld({ repositories: [{ fullName: aboutGui.repository, pulls: recordedPulls(last.lines.slice(-COUNT)) }] });
  fake = await startFakeGitHub({ world, credentials: { appKey: APP_KEY, personalTokens: [SECRETS.token] }, deliveryLog: { record: new DeliveryRecord() } });
  // A server that says in its refusal what it was given, as some do.
  mail = new SMTPServer({ disabledCommands: ['STARTTLS'], allowInsecureAuth: true, logger: false, onAuth: ({ username, password }, _session, done) => done(new Error(`no ${String(username)} with ${String(password)} here`)) });
  mail.on('error', () => undefined);
  mail.listen(0, '127.0.0.1');
  await once(mail.server, 'listening');
  smtpUrl = `smtp://narrows:${encodeURIComponent(SECRETS['mail password'])}@127.0.0.1:${String((mail.server.address() as AddressInfo).port)}`;
  postgres = await startPostgres();
}, MINUTES);

afterAll(async () => {
  await new Promise<void>((resolve) => mail.close(resolve));
  await postgres.stop();
  await fake.close();
}, MINUTES);

afterEach(async () => {
  await endServices();
  await endFakes();
});

/** An installation that is told everything it can be told, as verbose as it gets. */
function placed(env: Readonly<Record<string, string>>): ServicePlace {
  const folder = freshFolder();
  const dataDir = join(folder, 'data');
  mkdirSync(dataDir, { mode: 0o700 });
  const policy = join(folder, 'policy.yaml');
  writeFileSync(policy, `repositories: { include: ["bitcoin-core/*"] }\nteams: { gui: { repositories: ["bitcoin-core/gui"], recipients: [{ mail: lead@example.com }] } }\n`);
  return { dataDir, env: { NARROWS_LOG_LEVEL: 'trace', NARROWS_GITHUB_API_URL: fake.url, NARROWS_POLICY: policy, NARROWS_MAIL_FROM: 'narrows@example.com', NARROWS_SMTP_URL: smtpUrl, ...env } };
}

const AS_APP = (): Readonly<Record<string, string>> => ({
  NARROWS_WEBHOOK_SECRET_PREVIOUS: SECRETS['previous webhook secret'],
  NARROWS_GITHUB_APP_ID: fake.world.app.id,
  NARROWS_GITHUB_PRIVATE_KEY: APP_KEY.replaceAll('\n', '\\n'),
});

/** Every command that reads the installation, and how it must end where nothing is wrong; null: as it may. */
const COMMANDS: readonly (readonly [readonly string[], number | null])[] = [
  [['backfill'], 0],
  [['status'], null],
  [['status', '--json'], null],
  [['doctor'], null],
  [['config', 'check'], null],
  [['show'], 0],
  [['explain', 'bitcoin-core/gui#9999'], null],
  [['export', 'facts', 'pull-request-events'], 0],
  [['export', 'facts', 'pull-requests', '--format', 'ndjson'], 0],
  [['export', 'waits'], 0],
  [['export', 'phases'], 0],
  [['report', '--preview'], 0],
  [['report', '--send'], 1],
  [['replay'], 0],
  [['import', 'no-such-file'], null],
];

async function lookAtCommands(search: SecretSearch, place: ServicePlace, commands = COMMANDS): Promise<readonly string[]> {
  const surprises: string[] = [];
  for (const [args, code] of commands) {
    const result = await runNarrows(args, place);
    const name = `what narrows ${args.join(' ')} printed`;
    search.look(name, result.out);
    search.look(name, result.err);
    if (code !== null && result.code !== code) surprises.push(`${args.join(' ')} ended with ${String(result.code)}: ${result.err}`);
  }
  return surprises;
}

/** Reads what an address answers, headers and body. */
async function lookAtPage(search: SecretSearch, service: RunningService, path: string, init: RequestInit = {}): Promise<void> {
  const answer = await fetch(`${service.url}${path}`, { redirect: 'manual', ...init });
  search.look(`the headers of ${path}`, JSON.stringify([...answer.headers]));
  search.look(`the page ${path}`, await answer.text());
}

const PATHS = ['/', '/reviews', '/data-quality', '/healthz', '/setup', '/setup/app', '/setup/callback?code=a&state=b', '/api/v1/metrics', '/api/v1/openapi.json', '/api/v1/completeness', '/reports/weekly/preview', '/settings', '/%E0', '/credentials.json', '/webhooks/github'];

describe('the search itself', () => {
  test('finds a value as it is, in JSON, in an address, in HTML, in base64, in a packed cell, and a line of a key', () => {
    const value = SECRETS['database password'];
    const ways = [
      value,
      JSON.stringify({ said: `no: ${value}` }),
      `postgres://narrows:${encodeURIComponent(value)}@host/db`,
      `<p>${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}</p>`,
      ...['narrows:', 'a:', ':'].map((user) => Buffer.from(`${user}${value}\r\n`).toString('base64')),
      deflateRawSync(`{"body":${JSON.stringify(value)}}`),
    ];

    for (const way of ways) {
      const search = new SecretSearch({ password: value });
      search.look('it', way);
      expect(search.found).toEqual(['the password in it']);
    }
    const key = new SecretSearch({ key: APP_KEY });
    key.look('it', APP_KEY.split('\n')[7] ?? '');
    expect(key.found).toEqual(['the key in it']);
    expect(writtenForms(APP_KEY).length).toBeGreaterThan(100);
  });
});

describe('no secret of the options stands in clear', () => {
  test('in log, pages, output, files or columns of an App that collects, receives, mails and is asked', async () => {
    const search = new SecretSearch(SECRETS);
    const place = placed(AS_APP());

    const service = await startService(place);
    const sender = new WebhookSender(4);
    await sender.sendAll(service.port, recordedWebhooks(12));
    sender.close();
    for (const path of PATHS) await lookAtPage(search, service, path);
    await lookAtPage(search, service, '/webhooks/github', { method: 'POST', body: '{}', headers: { 'x-hub-signature-256': 'sha256=00', 'x-github-event': 'ping', 'x-github-delivery': 'g', authorization: `Bearer ${SECRETS.token}` } });
    const surprises = await lookAtCommands(search, place);
    const backup = join(place.dataDir, '..', 'backup');
    const kept = await runNarrows(['backup', backup], place);
    const modes = openToOthers(place.dataDir);
    await service.terminate();
    search.look('the log', service.said());
    search.lookBelow(place.dataDir);
    search.lookBelow(backup);

    expect(search.found).toEqual([]);
    expect(surprises).toEqual([]);
    expect(kept.code).toBe(0);
    expect([...modes, ...openToOthers(place.dataDir), ...openToOthers(backup)]).toEqual([]);
    expect(service.said()).toContain('"level":"debug"');
    expect(search.bytes).toBeGreaterThan(1_000_000);
  }, MINUTES);

  test('of a token, whether GitHub takes it or not, and of a key that is no key of the App', async () => {
    const search = new SecretSearch(SECRETS);
    const places = [
      placed({ NARROWS_GITHUB_TOKEN: SECRETS.token, NARROWS_WEBHOOK_SECRET: '' }),
      placed({ NARROWS_GITHUB_TOKEN: SECRETS['refused token'], NARROWS_WEBHOOK_SECRET: '' }),
      placed({ ...AS_APP(), NARROWS_GITHUB_PRIVATE_KEY: OTHER_KEY }),
    ];
    const ends: (number | null)[] = [];

    for (const place of places) {
      const service = await startService(place);
      await sleep(1_000);
      for (const path of PATHS) await lookAtPage(search, service, path);
      await lookAtCommands(search, place, [[['doctor'], null], [['status'], null]]);
      const backfill = await runNarrows(['backfill'], place);
      ends.push(backfill.code);
      await service.terminate();
      search.look('what narrows backfill printed', backfill.err);
      search.look('the log', service.said());
      search.lookBelow(place.dataDir);
    }

    expect(search.found).toEqual([]);
    expect(ends).toEqual([0, 1, 1]);
  }, MINUTES);

  test('in what is said of options that are wrong', async () => {
    const search = new SecretSearch({ ...SECRETS, 'cut key': APP_KEY.slice(0, 900) });
    const folder = freshFolder();
    const open = join(folder, 'open');
    writeFileSync(open, SECRETS['previous webhook secret'], { mode: 0o644 });
    const secretFolder = join(folder, 'credentials');
    mkdirSync(secretFolder, { mode: 0o700 });
    mkdirSync(join(folder, 'data'), { mode: 0o700 });
    writeFileSync(join(secretFolder, 'credentials.json'), JSON.stringify({ version: 1, appId: 'x', privateKey: APP_KEY, webhookSecret: SECRETS['previous webhook secret'] }), { mode: 0o600 });
    const wrong: readonly Readonly<Record<string, string>>[] = [
      { NARROWS_DATABASE_URL: `https://narrows:${encodeURIComponent(SECRETS['database password'])}@127.0.0.1/narrows` },
      { NARROWS_DATABASE_URL: `postgres://narrows:${SECRETS['database password']}@127.0.0.1:1/narrows` },
      { NARROWS_SMTP_URL: `http://narrows:${encodeURIComponent(SECRETS['mail password'])}@mail`, NARROWS_MAIL_FROM: 'nobody' },
      { NARROWS_GITHUB_APP_ID: '1', NARROWS_GITHUB_PRIVATE_KEY: APP_KEY.slice(0, 900) },
      { NARROWS_GITHUB_TOKEN: `${SECRETS.token} ${SECRETS['refused token']}` },
      { NARROWS_GITHUB_TOKEN: SECRETS.token, NARROWS_GITHUB_APP_ID: '1', NARROWS_GITHUB_PRIVATE_KEY: APP_KEY },
      { NARROWS_GITHUB_TOKEN: SECRETS.token, NARROWS_GITHUB_API_URL: `https://x:${SECRETS.token}@github.example.com` },
      { NARROWS_WEBHOOK_SECRET_PREVIOUS: SECRETS['previous webhook secret'], NARROWS_WEBHOOK_SECRET: '' },
      { NARROWS_WEBHOOK_SECRET_PREVIOUS: SECRETS['previous webhook secret'], NARROWS_WEBHOOK_SECRET_PREVIOUS_FILE: open },
      { NARROWS_PUBLIC_URL: `https://narrows:${encodeURIComponent(SECRETS['mail password'])}@narrows.example.com` },
      { NARROWS_DATA_DIR: secretFolder },
    ];
    const codes: (number | null)[] = [];

    for (const env of wrong) {
      const place = { dataDir: folder, env };
      const { code, out, err } = await runNarrows(['start'], place);
      codes.push(code);
      search.look(`what narrows start said of ${Object.keys(env).join(', ')}`, `${out}${err}`);
    }
    const unwise = await runNarrows(['doctor'], { dataDir: join(folder, 'data'), env: { NARROWS_WEBHOOK_SECRET_PREVIOUS_FILE: open } });
    search.look('what narrows doctor said of an open file', `${unwise.out}${unwise.err}`);

    expect(search.found).toEqual([]);
    expect(new Set(codes)).toEqual(new Set([1]));
    expect(`${unwise.out}${unwise.err}`).toContain('0644');
  }, MINUTES);

  test('where the database is PostgreSQL: refused, unreachable, and in every column', async () => {
    const search = new SecretSearch(SECRETS);
    const usual = new URL(await postgres.freshDatabase());
    const operator = new pg.Client({ connectionString: usual.href });
    await operator.connect();
    await operator.query(`create role planted login superuser password ${pg.escapeLiteral(SECRETS['database password'])}`);
    const url = new URL(usual);
    url.username = 'planted';
    url.password = encodeURIComponent(SECRETS['database password']);
    const elsewhere = new URL(url);
    elsewhere.port = '1';
    const nobody = new URL(url);
    nobody.username = 'nobody';
    const place = placed({ ...AS_APP(), NARROWS_DATABASE_URL: url.href });

    const service = await startService(place);
    for (const path of PATHS) await lookAtPage(search, service, path);
    const surprises = await lookAtCommands(search, place, COMMANDS.filter(([[name = '']]) => ['backfill', 'status', 'doctor', 'report'].includes(name)));
    const backup = await runNarrows(['backup', join(place.dataDir, 'backup')], place);
    search.look('what narrows backup printed', backup.err);
    await service.terminate();
    search.look('the log', service.said());
    search.lookBelow(place.dataDir);
    const { rows } = await operator.query<{ tablename: string }>(`select tablename from pg_tables where schemaname = 'public'`);
    for (const { tablename } of rows) {
      for (const row of (await operator.query<Record<string, unknown>>(`select * from "${tablename}"`)).rows) search.lookAtRow(tablename, row);
    }
    await operator.end();
    const codes: (number | null)[] = [];
    for (const wrong of [elsewhere, nobody]) {
      for (const args of [['start'], ['doctor'], ['export', 'waits']]) {
        const { code, out, err } = await runNarrows(args, placed({ NARROWS_DATABASE_URL: wrong.href }));
        codes.push(code);
        search.look(`what narrows ${args.join(' ')} said of a database it cannot use`, `${out}${err}`);
      }
    }

    expect(search.found).toEqual([]);
    expect(surprises).toEqual([]);
    expect(rows.length).toBeGreaterThan(10);
    expect(new Set(codes)).toEqual(new Set([1]));
  }, MINUTES);
});

describe('no secret of an App that was connected on the set-up pages stands in clear', () => {
  test('but in credentials.json, and in a backup that is told to take it', async () => {
    const search = new SecretSearch({ ...PLANTED, 'other private key': OTHER_KEY });
    const rig = await openSetup({ pulls: COUNT, env: { NARROWS_LOG_LEVEL: 'trace', NARROWS_PUBLIC_URL: 'https://narrows.example.com', NARROWS_TRUST_PROXY: 'loopback' } });
    const client = new SetupClient(rig.address);
    const see = (name: string, page: AnsweredPage): void => search.look(`the page ${name}`, `${page.location ?? ''}\n${JSON.stringify([...page.headers])}\n${page.text}`);

    see('code', await client.open(rig.code));
    see('existing', await client.get('/setup/existing'));
    see('existing, refused', await client.post('/setup/existing', { 'app-id': '1', 'private-key': OTHER_KEY, 'webhook-secret': PLANTED.webhookSecret }));
    see('existing, wrong', await client.post('/setup/existing', { 'app-id': 'none', 'private-key': OTHER_KEY, 'webhook-secret': PLANTED.webhookSecret }));
    see('existing, no key', await client.post('/setup/existing', { 'app-id': '1', 'private-key': OTHER_KEY.slice(0, 900), 'webhook-secret': PLANTED.webhookSecret }));
    const back = await client.createOnGitHub();
    see('returned', await client.get(`${back.pathname}${back.search}`));
    see('connected', await client.get('/setup'));
    see('replayed', await client.get(`${back.pathname}${back.search}`));
    const place = { dataDir: rig.dataDir, env: { NARROWS_WEBHOOK_SECRET: '', NARROWS_GITHUB_API_URL: `${rig.fake.url}/api/v3` } };
    for (const path of PATHS) await lookAtPage(search, rig.service, path);
    await lookAtCommands(search, place, [[['status'], null], [['doctor'], null], [['export', 'facts', 'pull-requests'], null], [['show'], null]]);
    const [without, beside] = [join(freshFolder(), 'without'), join(freshFolder(), 'with')];
    const backups = [await runNarrows(['backup', without], place), await runNarrows(['backup', beside, '--with-credentials'], place)];
    const modes = openToOthers(rig.dataDir);
    await rig.service.terminate();
    const again = await startService({ ...place, env: { ...place.env, NARROWS_LOG_LEVEL: 'trace' } });
    await again.terminate();
    for (const text of [rig.service.said(), again.said(), ...backups.map(({ out, err }) => `${out}${err}`)]) search.look('what was logged or printed', text);
    search.lookBelow(rig.dataDir, ['credentials.json']);
    search.lookBelow(without);
    search.lookBelow(beside, ['credentials.json']);

    expect(search.found).toEqual([]);
    expect(rig.credentials()).toMatchObject({ privateKey: PLANTED.privateKey, webhookSecret: PLANTED.webhookSecret, clientSecret: PLANTED.clientSecret });
    expect([existsSync(join(without, 'credentials.json')), existsSync(join(beside, 'credentials.json'))]).toEqual([false, true]);
    expect(backups.map(({ code }) => code)).toEqual([0, 0]);
    expect([...modes, ...openToOthers(rig.dataDir), ...openToOthers(without), ...openToOthers(beside)]).toEqual([]);
  }, MINUTES);
});
