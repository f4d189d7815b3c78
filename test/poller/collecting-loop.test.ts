import { afterEach, describe, expect, test } from '@jest/globals';
import { parsePolicy } from '#src/config/policy.ts';
import { startCollectingLoop } from '#src/poller/collecting-loop.ts';
import { PULL_REQUESTS } from '#src/poller/pull-request-lister.ts';
import { NEVER, openCollecting, type CollectingRig } from '#test/support/collecting-rig.ts';
import { buildWorld } from '#test/support/fake-github/build-world.ts';
import { recordedPulls } from '#test/support/fake-github/pull-source.ts';
import type { World } from '#test/support/fake-github/world.ts';
import { aboutGui, guiSnapshots } from '#test/support/gui-recording.ts';

const HOUR = 3_600_000;
const [, , , last] = guiSnapshots();
const TOKEN = { as: 'token', policy: parsePolicy('repositories: { include: ["bitcoin-core/*"] }', 'policy') } as const;

let rig: CollectingRig;
afterEach(() => rig.close());

/** The youngest pull requests of the recorded repository. */
function youngest(count: number): World {
  return buildWorld({ repositories: [{ fullName: aboutGui.repository, pulls: recordedPulls(last.lines.slice(-count)) }] });
}

/** Lets a process collect for so long of the world's time, and ends it. */
async function collectFor(milliseconds: number): Promise<void> {
  const loop = startCollectingLoop(rig.open());
  await rig.clock.runUntil(rig.clock.wait(milliseconds, NEVER));
  await rig.clock.runUntil(loop.stop());
}

/** What the store knows of each pull request: its number, and when it was updated last. */
async function known(): Promise<[number, string][]> {
  const found: [number, string][] = [];
  for await (const { pullRequest } of rig.store.reader.pullRequests({ sees: 'everything' }, {})) {
    found.push([pullRequest.number, new Date(pullRequest.updatedAt).toISOString()]);
  }
  return found;
}

/** What GitHub knows of each now. */
function present(): [number, string][] {
  const [repository] = rig.world.repositories(rig.clock.now());
  return rig.world.entries(repository?.id ?? 0, rig.clock.now()).map(({ number, updatedAt }) => [number, new Date(updatedAt).toISOString()]);
}

describe('a process that collects', () => {
  test('brings what lies back and then what changes, while days go by', async () => {
    const world = youngest(12);
    const [repository] = world.repositories(Infinity);
    const times = world.entries(repository?.id ?? 0, Infinity).map(({ createdAt }) => createdAt);
    rig = await openCollecting(world, (times[5] ?? 0) + 60_000, TOKEN);
    await collectFor(HOUR);
    await rig.fold();
    const atFirst = await known();
    const presentAtFirst = present();
    rig.clock.advance((times[8] ?? 0) - rig.clock.now());

    await collectFor(HOUR);
    await rig.fold();

    expect(atFirst).toEqual(presentAtFirst);
    expect(await known()).toEqual(present());
    expect((await known()).length).toBeGreaterThan(atFirst.length);
    expect(rig.lines.map(({ msg }) => msg)).toEqual(['a backfill begins', 'a backfill is done']);
  }, 60_000);

  test('with nothing new asks little and stores nothing', async () => {
    rig = await openCollecting(youngest(6), Date.parse(last.takenAt), TOKEN);
    await collectFor(HOUR);
    await rig.fold();
    const stored = (await rig.store.writer.pending(1_000)).length;
    const asked = rig.fake.callCount();

    await collectFor(HOUR);

    expect((await rig.store.writer.pending(1_000)).length).toBe(stored);
    expect(rig.fake.callCount() - asked).toBeLessThanOrEqual(25);
  }, 60_000);

  test('one that ends at any moment leaves the rest to the next', async () => {
    rig = await openCollecting(youngest(60), Date.parse(last.takenAt), TOKEN);

    for (let life = 0; life < 6; life += 1) await collectFor(200);
    await collectFor(HOUR);
    await rig.fold();

    expect(await known()).toEqual(present());
    expect(await rig.store.collection.progress(PULL_REQUESTS)).toMatchObject([{ isDone: true }]);
  }, 60_000);
});
