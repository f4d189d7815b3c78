import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import { openApp, type App } from '#src/app.ts';
import { potFinding } from '#src/commands/checks/budget.ts';
import { room } from '#src/commands/checks/disk.ts';
import doctor from '#src/commands/doctor.ts';
import { DeliveryRecord, type DeliveryAttempt } from '#test/support/fake-github/delivery-record.ts';
import { startFakeGitHub, type FakeGitHub } from '#test/support/fake-github/fake-github.ts';
import { buildWorld, type WorldPlan } from '#test/support/fake-github/build-world.ts';
import { startMailServer } from '#test/reports/mail-server.ts';
import { PRIVATE_KEY } from '#test/github/github-harness.ts';
import { recordedImport } from '#test/support/reading-site.ts';
import { runCommand } from './command-run.ts';

const HOUR = 3_600_000;

const SECRET = 'planted-webhook-secret-0123456789';

/** Nobody listens there. */
const CLOSED = 'http://127.0.0.1:9';

interface Line {
  readonly check: string;
  readonly verdict: 'ok' | 'note' | 'wrong' | 'unknown';
  readonly text: string;
  readonly todo: string | null;
}

interface Diagnosis {
  readonly code: number | null;
  readonly text: string;
  /** The lines of one check: `verdict text`. */
  readonly of: (check: string) => readonly string[];
  readonly lines: readonly Line[];
}

let folder: string;
let ends: (() => Promise<unknown>)[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'narrows-doctor-'));
  ends = [];
});

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  rmSync(folder, { recursive: true });
});

function environment(more: Readonly<Record<string, string>>): Record<string, string> {
  return { NARROWS_DATA_DIR: join(folder, 'data'), NARROWS_LOG_LEVEL: 'silent', NARROWS_WEBHOOK_SECRET: SECRET, ...more };
}

async function diagnose(env: Readonly<Record<string, string>> = {}): Promise<Diagnosis> {
  const { code, text } = await runCommand(doctor, environment(env), ['--json']);
  const lines = JSON.parse(text) as Line[];
  return { code, text, lines, of: (check) => lines.filter((line) => line.check === check).map((line) => `${line.verdict} ${line.text}`) };
}

async function withApp(work: (app: App) => Promise<unknown>): Promise<void> {
  const app = await openApp(environment({}));
  await app.store();
  await work(app);
  await app.close();
}

async function served(answer: (response: ServerResponse) => void): Promise<string> {
  const server: Server = createServer((_request, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => new Promise((resolve) => server.close(resolve).closeAllConnections()));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

/** A GitHub with one organisation, and the environment that connects its App. */
async function github(plan: WorldPlan = {}, attempts: readonly Partial<DeliveryAttempt>[] = []): Promise<{ readonly fake: FakeGitHub; readonly env: Readonly<Record<string, string>> }> {
  const record = new DeliveryRecord();
  for (const attempt of attempts) record.add({ ...AN_ATTEMPT, deliveredAt: Date.now() - HOUR, ...attempt });
  const world = buildWorld({ repositories: [{ fullName: 'acme/app', pulls: [] }], ...plan });
  const fake = await startFakeGitHub({ world, credentials: { appKey: PRIVATE_KEY }, limits: {}, deliveryLog: { record } });
  ends.push(() => fake.close());
  return { fake, env: { NARROWS_GITHUB_API_URL: fake.url, NARROWS_GITHUB_APP_ID: world.app.id, NARROWS_GITHUB_PRIVATE_KEY: PRIVATE_KEY } };
}

const AN_ATTEMPT: Omit<DeliveryAttempt, 'id'> = {
  guid: '72d3162e-cc78-11e3-81ab-4c9367dc0958',
  event: 'pull_request',
  action: 'opened',
  deliveredAt: 0,
  isRedelivery: false,
  durationSeconds: 0.1,
  status: 'OK',
  statusCode: 202,
  installationId: '50000001',
  repositoryId: null,
  throttledAt: null,
  url: 'https://narrows.example.com/webhooks/github',
  request: { headers: {}, payload: '{}' },
  response: { headers: {}, body: '' },
};

describe('a doctor of what stands here', () => {
  test('finds nothing wrong with a fresh installation that GitHub delivers to, and says what it cannot know', async () => {
    const { code, lines, of } = await diagnose();

    expect(code).toBe(0);
    expect(of('storage')).toEqual([`ok SQLite in ${folder}/data opens and has our schema`, 'ok every page of it is whole', 'ok nobody else on this machine may read it']);
    for (const check of ['clock', 'webhook', 'permissions', 'budget', 'reach', 'mail']) expect(of(check).map((line) => line.split(' ')[0])).toEqual(['unknown']);
    expect(lines.filter(({ verdict }) => verdict === 'note' || verdict === 'wrong').every(({ todo }) => (todo ?? '') !== '')).toBe(true);
  });

  test('goes on where options are wrong, and names each of them', async () => {
    const { code, of } = await diagnose({ PORT: 'x', HOST: 'a b' });

    expect(code).toBe(1);
    expect(of('options')).toEqual([expect.stringMatching(/^wrong PORT is "x"/), expect.stringMatching(/^wrong HOST is "a b"/)]);
  });

  test('notes a secret that stands in a file which others may read', async () => {
    const path = join(folder, 'secret');
    writeFileSync(path, SECRET, { mode: 0o644 });

    const { of } = await diagnose({ NARROWS_WEBHOOK_SECRET: '', NARROWS_WEBHOOK_SECRET_FILE: path });

    expect(of('options')).toContainEqual(expect.stringMatching(/^note NARROWS_WEBHOOK_SECRET_FILE names .* mode is 0644/));
  });

  test('finds a data folder and files that others may read', async () => {
    await withApp(() => Promise.resolve());
    chmodSync(join(folder, 'data'), 0o755);
    chmodSync(join(folder, 'data', 'facts.sqlite'), 0o644);

    const { code, of } = await diagnose();

    expect(code).toBe(1);
    const open = of('storage').filter((line) => line.startsWith('wrong')).join('\n');
    expect(open).toContain('data is open to other users of this machine (mode 755)');
    expect(open).toContain('facts.sqlite is open to other users of this machine (mode 644)');
    expect(open).not.toContain('inbox.sqlite');
  });

  test('finds a database whose pages are damaged', async () => {
    await withApp(async (app) => {
      await (await app.store()).outbox.enqueue({ team: 'x', recipient: 'a@example.com', week: '2026-W01', messageId: '<1>', sender: 's@example.com', message: Buffer.alloc(400_000, 1) });
    });
    const file = openSync(join(folder, 'data', 'inbox.sqlite'), 'r+');
    for (let page = 5; page < 60; page += 1) writeSync(file, Buffer.alloc(300, 0xff), 0, 300, page * 16_384);
    closeSync(file);

    const { code, of } = await diagnose();

    expect(code).toBe(1);
    expect(of('storage').join('\n')).toMatch(/damaged|malformed/);
  });

  test('finds no PostgreSQL where none answers, in time', async () => {
    const { code, of } = await diagnose({ NARROWS_DATABASE_URL: 'postgres://narrows:planted-password@127.0.0.1:9/narrows' });

    expect(code).toBe(1);
    expect(of('storage')).toEqual([expect.stringMatching(/^wrong /)]);
  });

  test('warns of a disk that is full or soon will be', () => {
    expect(room(500_000_000, 0)).toMatchObject({ verdict: 'wrong' });
    expect(room(20_000_000_000, 1_000_000_000)).toMatchObject({ verdict: 'note', text: '20.0 GB free where the data stand: full in about 20 days as it grows now' });
    expect(room(40_000_000_000, 1_000_000_000)).toMatchObject({ verdict: 'ok' });
  });

  test('counts what came in the last week', async () => {
    await withApp(async (app) => {
      await (await app.store()).inbox.store([{ guid: 'a', channel: 'webhook', event: 'ping', deliveredAt: Date.now(), takenAt: null, format: 'json', body: Buffer.alloc(70_000_000, 'x') }]);
    });

    expect((await diagnose()).of('disk')[0]).toMatch(/about 15 MB a day come in/);
  });

  test('names dead letters, and what is not folded because nothing runs', async () => {
    await withApp(async (app) => {
      const { inbox } = await app.store();
      await inbox.store([{ guid: 'dead', channel: 'webhook', event: 'pull_request', deliveredAt: Date.now(), takenAt: null, format: 'json', body: Buffer.from('{') }]);
      await app.ingestAll();
    });
    const late = await openApp(environment({}), { now: () => Date.now() - 2 * HOUR });
    await (await late.store()).inbox.store([{ guid: 'late', channel: 'webhook', event: 'ping', deliveredAt: 1, takenAt: null, format: 'json', body: Buffer.from('{}') }]);
    await late.close();

    const { code, of } = await diagnose();

    expect(code).toBe(1);
    expect(of('deliveries').join('\n')).toMatch(/wrong 1 could not be read[^]*pull_request dead/);
    expect(of('lag')).toEqual(['note no service runs on these data', expect.stringMatching(/^wrong folding is 2\.0 h behind/)]);
  });
});

describe('a doctor of the way to here', () => {
  test('asks the public address for its health', async () => {
    const ok = await served((response) => response.end('ok\n'));
    const other = await served((response) => response.writeHead(404).end('<h1>Welcome</h1>'));

    expect((await diagnose({ NARROWS_PUBLIC_URL: `${ok}/below` })).of('reach')).toEqual([`ok ${ok}/below/healthz answers; GitHub delivers to ${ok}/below/webhooks/github`]);
    expect((await diagnose({ NARROWS_PUBLIC_URL: other })).of('reach')).toEqual([`wrong ${other}/healthz answers 404, which is not Narrows`]);
    expect((await diagnose({ NARROWS_PUBLIC_URL: CLOSED })).of('reach')).toEqual([expect.stringMatching(/^wrong http:\/\/127\.0\.0\.1:9\/healthz does not answer/)]);
  });

  test('without a way to GitHub says so once, and every other line still ends', async () => {
    const startedAt = performance.now();

    const { code, of } = await diagnose({ NARROWS_GITHUB_API_URL: CLOSED, NARROWS_GITHUB_TOKEN: 'github_pat_planted_token' });

    expect(code).toBe(1);
    expect(of('clock')).toEqual([expect.stringMatching(/^wrong 127\.0\.0\.1:9 does not answer/)]);
    for (const check of ['webhook', 'permissions', 'budget']) expect(of(check)).toEqual(['unknown not asked: GitHub does not answer, see Clock']);
    expect(performance.now() - startedAt).toBeLessThan(30_000);
  });

  test.each([
    [-90_000, 'wrong', 'ahead of'],
    [90_000, 'wrong', 'behind'],
    [30_000, 'note', 'behind'],
    [0, 'ok', 'clocks agree'],
  ])('holds the clock against GitHub’s, which is %d ms away', async (awayMs, verdict, words) => {
    const url = await served((response) => response.writeHead(401, { date: new Date(Date.now() + awayMs).toUTCString() }).end('{}'));

    const [line = ''] = (await diagnose({ NARROWS_GITHUB_API_URL: url, NARROWS_GITHUB_TOKEN: 'github_pat_planted_token' })).of('clock');

    expect(line).toMatch(new RegExp(`^${verdict} .*${words}`));
  });
});

describe('a doctor of what GitHub says', () => {
  test('is content with an App that may read everything and whose deliveries are accepted', async () => {
    const { env } = await github({}, [{ event: 'ping', action: null }, {}]);

    const { of } = await diagnose(env);

    expect(of('permissions')).toEqual(['ok acme: everything that is wanted is granted']);
    expect(of('webhook')[0]).toMatch(/^ok the newest delivery, pull_request\.opened of .* was accepted$/);
    expect(of('webhook')[1]).toMatch(/^ok the ping of .* was accepted$/);
    expect(of('budget')).toEqual([expect.stringMatching(/^ok acme, REST: [\d,]+ of [\d,]+ left/), expect.stringMatching(/^ok acme, GraphQL: /)]);
  });

  test('names each permission that is missing, what stays dark, and where it is granted', async () => {
    const { env } = await github({ app: { permissions: { metadata: 'read', pull_requests: 'read', issues: 'read', contents: 'read' } } });

    const { code, lines, of } = await diagnose(env);

    expect(code).toBe(1);
    expect(of('permissions')).toEqual([expect.stringMatching(/^wrong acme: "Members: read" is missing\. Teams are not known/)]);
    expect(lines.find(({ check }) => check === 'permissions')?.todo).toContain('/organizations/acme/settings/installations/50000001');
  });

  test('says that nothing was delivered, that the newest was refused, and which events are not subscribed to', async () => {
    const silent = await github({ app: { events: ['pull_request'] } });
    const refused = await github({}, [{}, { statusCode: 401, status: 'Unauthorized' }]);

    const ofSilent = (await diagnose(silent.env)).of('webhook');
    const ofRefused = (await diagnose(refused.env)).of('webhook');

    expect(ofSilent).toEqual(['note GitHub has delivered nothing in its last three days', expect.stringMatching(/^note the App does not subscribe to .*issue_comment, .*push/)]);
    expect(ofRefused[0]).toMatch(/^wrong the newest delivery, .* was not accepted; 1 of the newest 2 were not/);
  });

  test('says that key and App do not belong together', async () => {
    const { env } = await github();

    const { code, of } = await diagnose({ ...env, NARROWS_GITHUB_APP_ID: '999' });

    expect(code).toBe(1);
    expect(of('permissions')).toEqual([expect.stringMatching(/^wrong /)]);
  });

  test('notes a budget that is nearly used up', () => {
    expect(potFinding('acme, REST', { limit: 5_000, remaining: 499, reset: 0 })).toMatchObject({ verdict: 'note', text: 'acme, REST: 499 of 5,000 left until 00:00 UTC' });
    expect(potFinding('acme, REST', { limit: 5_000, remaining: 500, reset: 0 })).toMatchObject({ verdict: 'ok' });
  });
});

describe('a doctor of mails', () => {
  const policy = (): string => {
    const path = join(folder, 'policy.yaml');
    writeFileSync(path, 'teams: { pay: { repositories: [acme/pay], recipients: [{ mail: lead@example.com }] } }');
    return path;
  };

  test('greets the mail server', async () => {
    const mails = await startMailServer();
    ends.push(() => mails.stop());

    const { of } = await diagnose({ NARROWS_SMTP_URL: mails.url, NARROWS_MAIL_FROM: 'narrows@example.com', NARROWS_POLICY: policy() });

    expect(of('mail')).toEqual([`ok the mail server 127.0.0.1:${String(mails.port)} lets us in; mails come from narrows@example.com`]);
    expect(mails.taken).toEqual([]);
  });

  test('says that it refuses us, and never what we told it', async () => {
    const server = new SMTPServer({ disabledCommands: ['STARTTLS'], allowInsecureAuth: true, logger: false, onAuth: ({ password }, _session, callback) => callback(new Error(`No: ${password ?? ''}`)) });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    ends.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
    const { port } = server.server.address() as AddressInfo;

    const { code, of, text } = await diagnose({ NARROWS_SMTP_URL: `smtp://narrows:planted-mail-password@127.0.0.1:${String(port)}`, NARROWS_MAIL_FROM: 'narrows@example.com', NARROWS_POLICY: policy() });

    expect(code).toBe(1);
    expect(of('mail')).toEqual([expect.stringMatching(/^wrong the mail server .* does not let us in: it refuses user and password/)]);
    expect(text).not.toContain('planted-mail-password');
  });

  test('says that recipients are named and no server is set, and lists mails that failed or nobody confirmed', async () => {
    await withApp(async (app) => {
      const { outbox } = await app.store();
      for (const [week, state] of [['2026-W01', 'failed'], ['2026-W02', 'unconfirmed']] as const) {
        await outbox.enqueue({ team: 'pay', recipient: 'lead@example.com', week, messageId: `<${week}>`, sender: 'n@example.com', message: Buffer.from('x') });
        const claimed = await outbox.claim(60);
        if (claimed !== null && state === 'unconfirmed') await outbox.handOver(claimed, 60);
        if (claimed !== null) await outbox.settle(claimed, { state, reason: 'because of the test' });
      }
    });

    const { code, of } = await diagnose({ NARROWS_POLICY: policy() });

    expect(code).toBe(1);
    expect(of('mail')).toEqual([
      'wrong the policy names 1 recipients, and no mail server is set: nobody gets a mail',
      expect.stringMatching(/^wrong the mail of pay, 2026-W01, to lead@example\.com failed/),
      expect.stringMatching(/^note the mail of pay, 2026-W02, to lead@example\.com was handed over, and nobody confirmed it/),
    ]);
  });
});

describe('a doctor of the policy', () => {
  test('names rules that match nothing with their place, once the policy is applied', async () => {
    const path = join(folder, 'policy.yaml');
    writeFileSync(path, 'repositories:\n  exclude: [acme/*]\nignore:\n  authors: [nobody-here]\n');
    const { lines, repository, takenAt } = await recordedImport();
    writeFileSync(join(folder, 'lines.ndjson'), lines.slice(0, 20).join('\n'));
    await withApp(async (app) => {
      await app.importFile(join(folder, 'lines.ndjson'), { repository, takenAt });
      await app.recomputeAll();
    });

    const before = (await diagnose({ NARROWS_POLICY: path })).of('policy');
    const app = await openApp(environment({ NARROWS_POLICY: path }));
    await app.recomputeAll();
    await app.close();
    const after = (await diagnose({ NARROWS_POLICY: path })).of('policy');

    expect(before).toEqual(['ok The one known repository is collected.', expect.stringMatching(/^note this policy is not applied yet/), expect.stringMatching(/policy\.yaml:2:13: repositories\.exclude names "acme\/\*", which matches nothing$/)]);
    expect(after).toEqual([
      'ok The one known repository is collected.',
      expect.stringMatching(/policy\.yaml:2:13: /),
      expect.stringMatching(/policy\.yaml:4:13: ignore\.authors names "nobody-here", which matches nothing$/),
    ]);
  });

  test('finds one that collects nothing', async () => {
    const path = join(folder, 'policy.yaml');
    writeFileSync(path, 'repositories: { include: [acme/*] }');
    const { lines, repository, takenAt } = await recordedImport();
    writeFileSync(join(folder, 'lines.ndjson'), lines.slice(0, 2).join('\n'));
    await withApp((app) => app.importFile(join(folder, 'lines.ndjson'), { repository, takenAt }));

    expect((await diagnose({ NARROWS_POLICY: path })).of('policy')[0]).toBe('wrong None of 1 known repository is collected.');
  });
});

describe('a doctor tells no secret', () => {
  test('wherever it stands', async () => {
    const { env } = await github();
    const planted = { ...env, NARROWS_SMTP_URL: 'smtp://narrows:planted-mail-password@127.0.0.1:9', NARROWS_MAIL_FROM: 'n@example.com', NARROWS_PUBLIC_URL: CLOSED };

    const asJson = (await diagnose(planted)).text;
    const asText = (await runCommand(doctor, environment(planted))).text;

    for (const text of [asJson, asText]) {
      for (const secret of [SECRET, 'planted-mail-password', 'PRIVATE KEY', PRIVATE_KEY.split('\n')[3] ?? '']) expect(text).not.toContain(secret);
    }
    expect(asText).toContain('WRONG');
  });
});
