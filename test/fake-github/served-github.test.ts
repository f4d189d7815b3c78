import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { standingClock } from '#src/core/clock.ts';
import { createLog } from '#src/core/log.ts';
import { openGitHub } from '#src/github/open-github.ts';
import { INSTALLATION_REPOSITORIES } from '#src/github/queries/repositories.ts';
import { readServeOptions } from '#test/support/fake-github/serve-options.ts';
import { serveGitHub, type ServedGitHub } from '#test/support/fake-github/served-github.ts';
import { movingClock } from '#test/support/moving-clock.ts';

const NOW = Date.UTC(2026, 2, 2, 9);
const RECORDINGS = new URL('../../data/recordings', import.meta.url).pathname;

describe('the options of npm run fake-github', () => {
  test('name a folder of recordings, or a number of pull requests to make up', () => {
    const [recorded, madeUp] = [readServeOptions(['--world', 'there']), readServeOptions(['--generate', '20000', '--seed', '7', '--port', '0', '--deliver-to', 'http://127.0.0.1:3000/webhooks/github'])];

    expect(recorded).toEqual({ world: { folder: 'there' }, port: 8991, deliverTo: null });
    expect(madeUp).toEqual({ world: { pullRequests: 20_000, seed: 7 }, port: 0, deliverTo: 'http://127.0.0.1:3000/webhooks/github' });
  });

  test.each([
    [[], 'Name a world: either --world or --generate.'],
    [['--world', 'there', '--generate', '5'], 'Name a world: either --world or --generate.'],
    [['--generate', 'many'], '--generate takes a number of pull requests from 1 on, not many.'],
    [['--generate', '5', '--seed', 'x'], '--seed takes a whole number, not x.'],
    [['--generate', '5', '--port', '99999'], '--port takes a number from 0 to 65535, not 99999.'],
    [['--generate', '5', '--deliver-to', 'localhost:3000'], '--deliver-to takes an address that begins with http://, not localhost:3000.'],
    [['--worlds', 'there'], expect.stringContaining("Unknown option '--worlds'")],
  ])('are refused in words (%j)', (args, problem) => {
    expect(readServeOptions(args)).toEqual({ problem });
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Opens the client with what was printed, as an operator pastes it. */
function connect({ asApp, asPerson }: ServedGitHub, as: 'app' | 'person') {
  const isApp = as === 'app';
  const settings = {
    githubApiUrl: asApp['NARROWS_GITHUB_API_URL'] ?? '',
    githubAppId: isApp ? (asApp['NARROWS_GITHUB_APP_ID'] ?? null) : null,
    githubPrivateKey: isApp ? readFileSync(asApp['NARROWS_GITHUB_PRIVATE_KEY_FILE'] ?? '', 'utf8') : null,
    githubToken: isApp ? null : (asPerson['NARROWS_GITHUB_TOKEN'] ?? null),
  };
  return openGitHub(settings, { random: () => 0.5, log: createLog({ level: 'silent' }), clock: movingClock(NOW) });
}

describe('a GitHub that is served', () => {
  test('lets in whoever has what it printed, as an App and as a person, and nobody else', async () => {
    const served = await serveGitHub({ world: { folder: RECORDINGS }, port: 0, deliverTo: null }, standingClock(NOW));
    const [app, person] = [connect(served, 'app'), connect(served, 'person')];

    const installations = app?.kind === 'app' ? await app.app.installations() : [];
    const repositories = app?.kind === 'app' ? await app.app.installation(installations[0]?.id ?? '').get(INSTALLATION_REPOSITORIES) : null;
    const repository = person?.kind === 'token' ? await person.github.get({ path: '/repos/bitcoin-core/gui', answer: z.object({ full_name: z.string() }) }) : null;
    const stranger = await fetch(`${served.fake.url}/repos/bitcoin-core/gui`);
    await served.close();

    expect(installations.map(({ account }) => account.login)).toEqual(['bitcoin-core']);
    expect(repositories).toMatchObject({ data: { total_count: 1 } });
    expect(repository).toMatchObject({ data: { full_name: 'bitcoin-core/gui' } });
    expect(stranger.status).toBe(401);
  });

  test('keeps its key and its secret to whoever runs it, and takes them along', async () => {
    const served = await serveGitHub({ world: { pullRequests: 1, seed: 1 }, port: 0, deliverTo: null }, standingClock(NOW));
    const files = ['NARROWS_GITHUB_PRIVATE_KEY_FILE', 'NARROWS_WEBHOOK_SECRET_FILE'].map((name) => served.asApp[name] ?? '');

    const modes = files.map((file) => statSync(file).mode & 0o777);
    await served.close();

    expect(modes).toEqual([0o600, 0o600]);
    expect(files.map((file) => statSync(file, { throwIfNoEntry: false }))).toEqual([undefined, undefined]);
  });

  test('makes up as many pull requests as it is told, the same for the same seed', async () => {
    const made = await Promise.all(
      [1, 1, 2].map(async (seed) => {
        const served = await serveGitHub({ world: { pullRequests: 250, seed }, port: 0, deliverTo: null }, standingClock(NOW));
        const { world } = served.fake;
        const pulls = world.repositories(NOW).flatMap(({ id }) => [...world.pulls(id)]);
        await served.close();
        return { count: pulls.length, text: JSON.stringify(pulls) };
      }),
    );

    expect(made.map(({ count }) => count)).toEqual([252, 252, 252]);
    expect([made[0]?.text === made[1]?.text, made[0]?.text === made[2]?.text]).toEqual([true, false]);
  });

  test('sends what happened to whoever it is told, once that is there, and has it in its log', async () => {
    const received: string[] = [];
    const receiver = createServer((request, response) => {
      if (request.method === 'POST') received.push(`${String(request.headers['x-github-event'])} ${String(request.headers['x-github-hook-installation-target-id'])}`);
      request.resume().on('end', () => response.writeHead(202).end());
    });
    const port = await freePort();
    const served = await serveGitHub({ world: { pullRequests: 3, seed: 1 }, port: 0, deliverTo: `http://127.0.0.1:${String(port)}/webhooks/github` }, standingClock(NOW));
    const access = connect(served, 'app');

    const sending = served.sendWebhooks?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await new Promise<void>((resolve) => receiver.listen(port, '127.0.0.1', resolve));
    const sent = await sending;
    const log = access?.kind === 'app' ? await access.app.deliveryLog(null) : null;
    await served.close();
    await new Promise((resolve) => receiver.close(resolve));

    expect(received.length).toBeGreaterThan(10);
    expect(sent).toMatchObject({ webhooks: received.length, accepted: received.length, missing: 0 });
    expect(received).toContain('pull_request 4711');
    expect(log?.deliveries).toHaveLength(received.length);
  });
});

test('a GitHub that is stopped waits for nobody any more', async () => {
  const served = await serveGitHub({ world: { pullRequests: 1, seed: 1 }, port: 0, deliverTo: `http://127.0.0.1:${String(await freePort())}/webhooks/github` }, standingClock(NOW));
  const sending = served.sendWebhooks?.();

  await served.close();

  await expect(sending).rejects.toThrow('aborted');
});
