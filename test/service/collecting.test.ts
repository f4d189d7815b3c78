import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { xoshiro128 } from '#src/core/statistics/random.ts';
import { APP_KEY } from '#test/support/collecting-rig.ts';
import { buildWorld } from '#test/support/fake-github/build-world.ts';
import { startFakeGitHub, type FakeGitHub } from '#test/support/fake-github/fake-github.ts';
import { recordedPulls } from '#test/support/fake-github/pull-source.ts';
import { recordFigure, size } from '#test/support/figures.ts';
import { aboutGui, guiSnapshots } from '#test/support/gui-recording.ts';
import { endServices, freshFolder, runNarrows, startService, type ServicePlace } from '#test/support/running-service.ts';

const MAIN = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));
const MINUTES = 3 * 60_000;
const TOKEN = 'github_pat_of_this_test_0123456789';
const COUNT = 120;
const [, , , last] = guiSnapshots();

/** How often a backfill is killed in all. */
const KILLS = size(3, 20);

/** More repositories, so that a killed process leaves others to go on with. */
const SIDES = 8;

/** A fake GitHub at the machine's own time, with some pull requests of the recorded repository and some in repositories beside it. */
async function startGitHub(): Promise<FakeGitHub> {
  const sides = Array.from({ length: SIDES }, (_, index) => ({ fullName: `bitcoin-core/side-${String(index)}`, pulls: recordedPulls(last.lines.slice(index * 20, index * 20 + 20)) }));
  const world = buildWorld({ repositories: [{ fullName: aboutGui.repository, pulls: recordedPulls(last.lines.slice(-COUNT)) }, { fullName: 'bitcoin-core/empty' }, ...sides] });
  return startFakeGitHub({ world, credentials: { appKey: APP_KEY, personalTokens: [TOKEN] } });
}

let fake: FakeGitHub;
beforeAll(async () => {
  fake = await startGitHub();
});
afterAll(() => fake.close());
afterEach(endServices);

/** A place of an installation that may ask the fake. */
function placed(env: Readonly<Record<string, string>> = {}): ServicePlace {
  const dataDir = freshFolder();
  const policy = join(dataDir, 'policy.yaml');
  writeFileSync(policy, 'repositories:\n  include: ["bitcoin-core/*"]\n');
  return { dataDir, env: { NARROWS_GITHUB_TOKEN: TOKEN, NARROWS_GITHUB_API_URL: fake.url, NARROWS_POLICY: policy, ...env } };
}

async function exported(place: ServicePlace): Promise<string> {
  return (await runNarrows(['export', 'facts', 'pull-request-events'], place)).out;
}

async function exportedPulls(place: ServicePlace): Promise<number> {
  const { out } = await runNarrows(['export', 'facts', 'pull-requests'], place);
  return out.split('\r\n').filter((line) => line.startsWith('bitcoin-core/gui')).length;
}

describe('narrows backfill', () => {
  let whole: string;

  test('collects everything, reads it in, and asks for nothing twice', async () => {
    const place = placed();

    const first = await runNarrows(['backfill'], place);
    const pages = fake.requests.filter(({ name }) => name === 'PullRequests').length;
    const second = await runNarrows(['backfill'], place);
    whole = await exported(place);

    expect(first).toMatchObject({ code: 0, out: '' });
    expect(first.err).toContain(`${String(COUNT + 20 * SIDES)} pull requests collected; 10 of 10 repositories are complete as far back as asked.`);
    expect(second.err).toContain('0 pull requests collected; 10 of 10');
    expect(fake.requests.filter(({ name }) => name === 'PullRequests')).toHaveLength(pages);
    expect(await exportedPulls(place)).toBe(COUNT);
  }, MINUTES);

  test('killed at any moment goes on where it was', async () => {
    const place = placed();
    const random = xoshiro128(5);
    const before = fake.callCount();
    for (let kill = 0; kill < KILLS; kill += 1) {
      const child = spawn(process.execPath, [MAIN, 'backfill'], { env: { PATH: process.env['PATH'] ?? '', NARROWS_DATA_DIR: place.dataDir, ...place.env }, stdio: 'ignore' });
      const ended = once(child, 'exit');
      await sleep(600 + (random.next() % 1_500));
      child.kill('SIGKILL');
      await ended;
    }

    const { code } = await runNarrows(['backfill'], place);

    expect(code).toBe(0);
    expect(fake.callCount()).toBeGreaterThan(before);
    expect(await exported(place)).toBe(whole);
    recordFigure('Running service', `backfills killed at ${String(KILLS)} random moments, exports equal byte for byte`, KILLS, 'all');
  }, 2 * MINUTES);

  test('goes no further back than it is asked to, and takes one repository alone', async () => {
    const place = placed();
    const { err } = await runNarrows(['backfill', '--repository', 'Bitcoin-Core/GUI', '--since', '2026-03-01'], place);

    const pulls = await exportedPulls(place);
    expect(err).toContain('1 of 1 repositories are complete as far back as asked.');
    expect(pulls).toBeGreaterThan(0);
    expect(pulls).toBeLessThan(COUNT);
  }, MINUTES);

  test('says what to do where there is nothing to ask with, or no such repository', async () => {
    const without = await runNarrows(['backfill'], { dataDir: freshFolder() });
    const unknown = await runNarrows(['backfill', '--repository', 'octo/none'], placed());
    const unnamed = await runNarrows(['backfill'], { ...placed(), env: { NARROWS_GITHUB_TOKEN: TOKEN, NARROWS_GITHUB_API_URL: fake.url } });

    expect([without.code, unknown.code, unnamed.code]).toEqual([2, 2, 1]);
    expect(without.err).toContain('set NARROWS_GITHUB_APP_ID and NARROWS_GITHUB_PRIVATE_KEY, or NARROWS_GITHUB_TOKEN');
    expect(unknown.err).toContain('--repository octo/none is none that is collected');
    expect(unnamed.err).toContain('repositories: { include: ["octo-org/*"] }');
    expect(unnamed.err).not.toContain(TOKEN);
  }, MINUTES);
});

describe('a service with a credential', () => {
  test('collects by itself, says so, and reads in what a backfill beside it brings', async () => {
    const place = placed();
    const service = await startService(place);

    while ((await exportedPulls(place)) < COUNT) await sleep(300);
    const beside = await runNarrows(['backfill'], place);
    const said = service.said();
    const { code } = await service.terminate();
    const again = await startService(place);
    await again.terminate();

    expect(beside).toMatchObject({ code: 0 });
    expect(beside.err).toContain('The running service reads them in.');
    expect(said).toContain('Collecting from 127.0.0.1');
    expect(said).not.toContain(TOKEN);
    expect(said.split('\n').filter((line) => /"level":"(warn|error)"/.test(line))).toEqual([]);
    expect(code).toBe(0);
    expect(again.said()).toContain('10 repositories are collected, and changes are asked for every few minutes.');
  }, MINUTES);

  test('killed while it collects goes on after a start', async () => {
    const place = placed();
    const service = await startService(place);
    await sleep(400);
    await service.kill();
    await startService(place);

    const until = performance.now() + MINUTES;
    while ((await exportedPulls(place)) < COUNT && performance.now() < until) await sleep(500);

    expect(await exportedPulls(place)).toBe(COUNT);
  }, 2 * MINUTES);
});
