import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { backfill, type BackfillStatus } from '#src/poller/backfill.ts';
import { PULL_REQUESTS } from '#src/poller/pull-request-lister.ts';
import { listedWorld, nodeIdOf, type ListedWorld, type WorldPull } from './listed-world.ts';
import { lived, mortal } from './killed-process.ts';
import { anInstallation, aRepository, openRig, START, targetsAt, type Rig } from './poller-rig.ts';
import { seededRandom } from './seeded-random.ts';

const DAY = 86_400_000;
const NEVER = new AbortController().signal;

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.close());

/** So many pull requests, one a day, the youngest an hour old. */
function pullsOf(repositoryId: string, count: number): WorldPull[] {
  return Array.from({ length: count }, (_, index) => ({ repositoryId, number: count - index, updatedAt: START - 3_600_000 - index * DAY, isOpen: index % 3 === 0 }));
}

function worldOf(...pulls: WorldPull[][]): ListedWorld {
  return listedWorld(pulls.flat(), () => rig.clock.now());
}

function listedIds(bodies: readonly string[]): string[] {
  return bodies.map((body) => body.split(' ').slice(0, 2).join('/'));
}

describe('a backfill', () => {
  test('brings every pull request of a repository into the inbox, and knows then that it is done', async () => {
    const world = worldOf(pullsOf('1', 120));

    const result = await backfill(rig.parts, { targets: targetsAt(anInstallation(world), [aRepository()]) }, NEVER);

    const stored = listedIds(await rig.stored());
    expect(stored).toHaveLength(120);
    expect(new Set(stored).size).toBe(120);
    expect(result).toMatchObject({ finished: 1, done: 120, total: 120, collected: 120, problems: [] });
    expect(await rig.store.collection.progress(PULL_REQUESTS)).toMatchObject([{ repositoryId: '1', isDone: true, cursor: null, collectedFromAt: null, done: 120, sweptUntilAt: START }]);
    expect(rig.history.get('1')).toBeNull();
  });

  test('shows the last 90 days of every repository before older days of any', async () => {
    const world = worldOf(pullsOf('1', 200), pullsOf('2', 150), pullsOf('3', 120));

    await backfill(rig.parts, { targets: targetsAt(anInstallation(world), ['1', '2', '3'].map((id) => aRepository({ id }))) }, NEVER);

    const ages = (await rig.stored()).map((body) => START - Number(body.split(' ')[2]));
    const firstOld = ages.findIndex((age) => age > 120 * DAY);
    const lastRecent = ages.findLastIndex((age) => age <= 90 * DAY);
    expect(ages).toHaveLength(470);
    expect(lastRecent).toBeLessThan(firstOld);
  });

  test('asked only so far back it stops there, says where history begins, and goes on from there when asked further', async () => {
    const world = worldOf(pullsOf('1', 100));
    const targets = targetsAt(anInstallation(world), [aRepository()]);
    const since = START - 30 * DAY;

    await backfill(rig.parts, { targets, sinceAt: since }, NEVER);
    const [stopped] = await rig.store.collection.progress(PULL_REQUESTS);
    const listedThen = world.asked.length;
    const begunThen = rig.history.get('1');
    await backfill(rig.parts, { targets }, NEVER);
    const askedAgain = world.asked.length - listedThen;
    await backfill(rig.parts, { targets, sinceAt: null }, NEVER);

    expect(stopped).toMatchObject({ isDone: true, wantedFromAt: since, done: 50 });
    expect([begunThen, askedAgain]).toEqual([since, 0]);
    expect(new Set(world.asked).size).toBe(world.asked.length);
    expect(await rig.stored()).toHaveLength(100);
    expect(rig.history.get('1')).toBeNull();
  });

  test('asks for less when GitHub cannot answer in time, for more again when it can, and leaves nothing out', async () => {
    const world = worldOf(pullsOf('1', 500));
    world.largest = 3;
    world.before = () => {
      if (world.asked.length > 20) world.largest = 25;
    };

    await backfill(rig.parts, { targets: targetsAt(anInstallation(world), [aRepository()]) }, NEVER);

    const sizes = world.asked.map((question) => Number(question.split(' ')[3]));
    expect(sizes.slice(0, 5)).toEqual([25, 12, 6, 3, 3]);
    expect(sizes.at(-1)).toBeGreaterThan(3);
    expect(new Set(listedIds(await rig.stored())).size).toBe(500);
  });

  test('passes over a pull request that cannot be listed at all, and remembers it as unfinished', async () => {
    const world = worldOf(pullsOf('1', 5));
    world.before = (question) => {
      world.largest = question.startsWith('page 1 start') ? 0 : Infinity;
    };

    await backfill(rig.parts, { targets: targetsAt(anInstallation(world), [aRepository()]) }, NEVER);

    const left = await rig.store.collection.unfinished('pull_request_listing', ['1'], Infinity, 9);
    expect(listedIds(await rig.stored())).toEqual(['1/4', '1/3', '1/2', '1/1']);
    expect(left.filter(({ version }) => version === null).map(({ id }) => id)).toEqual([nodeIdOf({ repositoryId: '1', number: 5 })]);
    expect(rig.said).toContain('warn a pull request is too large to be listed now; it is tried again later');
  });

  test('notes a repository that may not be read as a gap, and collects the others', async () => {
    const world = worldOf(pullsOf('1', 3), pullsOf('2', 3));
    world.forbidden.add('1');

    const result = await backfill(rig.parts, { targets: targetsAt(anInstallation(world), [aRepository(), aRepository({ id: '2' })]) }, NEVER);

    expect(result.problems).toEqual(['acme/app-1: GitHub refuses acme/app-1.']);
    expect((await rig.store.collection.repositories()).map(({ id, state }) => [id, state])).toEqual([['1', 'forbidden']]);
    expect([...rig.gaps.values()]).toMatchObject([{ repositoryId: '1', kind: 'pull_requests', toAt: null, healedAt: null }]);
    expect(listedIds(await rig.stored())).toEqual(['2/3', '2/2', '2/1']);
  });

  test('says how it is going, never backwards', async () => {
    const world = worldOf(pullsOf('1', 60), pullsOf('2', 40));
    const said: BackfillStatus[] = [];

    await backfill(rig.parts, { targets: targetsAt(anInstallation(world), [aRepository(), aRepository({ id: '2' })]), onPage: (status) => said.push(status) }, NEVER);

    expect(said.map(({ done }) => done)).toEqual(said.map(({ done }) => done).toSorted((a, b) => a - b));
    expect(said.at(-1)).toEqual({ repositories: 2, finished: 2, begun: 2, done: 100, total: 100, collected: 100 });
  });

  test.each(Array.from({ length: 20 }, (_, seed) => seed))('killed again and again (%i) it ends as if it had not been, and repeats no more than the pages under way', async (seed) => {
    const world = worldOf(pullsOf('1', 140), pullsOf('2', 90), pullsOf('3', 0), pullsOf('4', 30));
    const repositories = ['1', '2', '3', '4'].map((id) => aRepository({ id }));
    const random = seededRandom(seed);
    let kills = 0;

    for (let life = 1; ; life += 1) {
      const process = mortal(rig.parts, world, 5 + Math.floor(random() * 30), random() < 0.5, `process ${String(life)}`);
      const end = await lived(process, backfill(process.parts, { targets: targetsAt(anInstallation(process.lister), repositories) }, NEVER));
      if (end === 'ended') break;
      kills += 1;
      rig.clock.set(rig.clock.now() + 60_000);
    }

    const pages = world.asked.map((question) => question.split(' ').slice(0, 3).join(' '));
    expect(kills).toBeGreaterThan(1);
    expect(new Set(listedIds(await rig.stored())).size).toBe(260);
    expect((await rig.store.collection.progress(PULL_REQUESTS)).map(({ isDone, done }) => [isDone, done])).toEqual([[true, 140], [true, 90], [true, 0], [true, 30]]);
    expect(pages.length - new Set(pages).size).toBeLessThanOrEqual(2 * kills);
  });

  test('two processes at once share the work and do nothing twice', async () => {
    const world = worldOf(pullsOf('1', 200), pullsOf('2', 150), pullsOf('3', 99));
    const targets = targetsAt(anInstallation(world), ['1', '2', '3'].map((id) => aRepository({ id })));

    const results = await Promise.all([backfill(rig.parts, { targets }, NEVER), backfill({ ...rig.parts, holder: 'two' }, { targets }, NEVER)]);

    const stored = listedIds(await rig.stored());
    expect([stored.length, new Set(stored).size]).toEqual([449, 449]);
    expect(results.map(({ finished }) => finished)).toEqual([3, 3]);
    expect(results.every(({ collected }) => collected > 0)).toBe(true);
  });

  test('stopped it ends at once, and everything it had on disk stays', async () => {
    const world = worldOf(pullsOf('1', 200));
    const stop = new AbortController();
    world.before = () => {
      if (world.asked.length === 4) stop.abort(new Error('stopped'));
      stop.signal.throwIfAborted();
    };

    const ended = backfill(rig.parts, { targets: targetsAt(anInstallation(world), [aRepository()]) }, stop.signal);

    await expect(ended).rejects.toThrow('stopped');
    expect(await rig.stored()).toHaveLength(75);
    expect(await rig.store.leases.acquire('backfill 1', 'another', 9)).toBe(true);
  });
});
