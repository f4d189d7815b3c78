import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { NarrowsError } from '#src/core/errors.ts';
import { backfill } from '#src/poller/backfill.ts';
import { PULL_REQUESTS } from '#src/poller/pull-request-lister.ts';
import { recheckUnfinished } from '#src/poller/recheck-unfinished.ts';
import { loseAccess, regainAccess } from '#src/poller/repository-access.ts';
import { sweep } from '#src/poller/sweep.ts';
import { lived, mortal } from './killed-process.ts';
import { listedWorld, nodeIdOf, type ListedWorld, type WorldPull } from './listed-world.ts';
import { anInstallation, aRepository, openRig, START, targetsAt, type Rig } from './poller-rig.ts';
import { seededRandom } from './seeded-random.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NEVER = new AbortController().signal;
const REPOSITORIES = ['1', '2'].map((id) => aRepository({ id }));

let rig: Rig;
let world: ListedWorld;
beforeEach(async () => {
  rig = await openRig();
  world = listedWorld([...pullsOf('1', 30), ...pullsOf('2', 30)], () => rig.clock.now());
  await rig.store.collection.putRepositories(REPOSITORIES);
  await backfill(rig.parts, { targets: targetsAt(anInstallation(world), REPOSITORIES) }, NEVER);
  world.asked.length = 0;
  rig.clock.set(START + HOUR);
});
afterEach(() => rig.close());

function pullsOf(repositoryId: string, count: number): WorldPull[] {
  return Array.from({ length: count }, (_, index) => ({ repositoryId, number: count - index, updatedAt: START - (index + 1) * 24 * HOUR, isOpen: index < 5 }));
}

/** A pull request of the world is updated. */
function update(repositoryId: string, number: number, at: number): void {
  for (const pull of world.pulls) if (pull.repositoryId === repositoryId && pull.number === number) pull.updatedAt = at;
}

/** What the inbox holds beyond the backfill: `repository/number`. */
async function listedSince(): Promise<string[]> {
  return (await rig.stored()).slice(60).map((body) => body.split(' ').slice(0, 2).join('/'));
}

async function sweptUntil(): Promise<(number | null)[]> {
  return (await rig.store.collection.progress(PULL_REQUESTS)).map(({ sweptUntilAt }) => sweptUntilAt);
}

describe('a sweep', () => {
  test('asks once for all repositories, and lists only what was updated', async () => {
    update('1', 7, START + 30 * MINUTE);
    update('2', 9, START + 31 * MINUTE);

    const result = await sweep(rig.parts, anInstallation(world), REPOSITORIES, NEVER);

    expect(world.asked.map((question) => question.split(' ')[0])).toEqual(['newestHeads', 'byIds', 'byIds']);
    expect(await listedSince()).toEqual(['1/7', '2/9']);
    expect(result).toEqual({ swept: 2, listed: 2, problems: [] });
    expect(await sweptUntil()).toEqual([START + HOUR, START + HOUR]);
  });

  test('does not list again what it has listed, except what was updated in the very minute of the listing', async () => {
    update('1', 7, START + 30 * MINUTE);
    update('1', 8, START + HOUR - 20_000);
    await sweep(rig.parts, anInstallation(world), REPOSITORIES, NEVER);
    rig.clock.set(START + HOUR + 5 * MINUTE);
    await sweep(rig.parts, anInstallation(world), REPOSITORIES, NEVER);
    rig.clock.set(START + HOUR + 10 * MINUTE);

    await sweep(rig.parts, anInstallation(world), REPOSITORIES, NEVER);

    expect(await listedSince()).toEqual(['1/8', '1/7', '1/8']);
  });

  test('finds what GitHub shows late: an update from before the last sweep', async () => {
    await sweep(rig.parts, anInstallation(world), REPOSITORIES, NEVER);
    update('1', 7, START + HOUR - 4 * MINUTE);
    rig.clock.set(START + HOUR + 5 * MINUTE);

    await sweep(rig.parts, anInstallation(world), REPOSITORIES, NEVER);

    expect(await listedSince()).toEqual(['1/7']);
  });

  test('pages on where more was updated than fits, and takes smaller pages where that is too much', async () => {
    for (let number = 1; number <= 28; number += 1) update('1', number, START + number * MINUTE);
    world.largest = 7;

    const result = await sweep(rig.parts, anInstallation(world), REPOSITORIES, NEVER);

    expect(result.listed).toBe(28);
    expect(new Set(await listedSince()).size).toBe(28);
  });

  test('leaves the mark of a repository that fails where it was, and sweeps the others', async () => {
    update('1', 7, START + 30 * MINUTE);
    update('2', 9, START + 31 * MINUTE);
    world.before = (question) => {
      if (question.startsWith('byIds P_1')) throw new NarrowsError('github-failed', 'GitHub does not answer.');
    };
    const first = await sweep(rig.parts, anInstallation(world), REPOSITORIES, NEVER);
    const marks = await sweptUntil();
    world.before = () => undefined;
    rig.clock.set(START + 3 * HOUR);

    await sweep(rig.parts, anInstallation(world), REPOSITORIES, NEVER);

    expect(first.problems).toEqual(['acme/app-1: GitHub does not answer.']);
    expect(marks).toEqual([START, START + HOUR]);
    expect(await listedSince()).toEqual(['2/9', '1/7']);
    expect(await sweptUntil()).toEqual([START + 3 * HOUR, START + 3 * HOUR]);
  });

  test('notes a repository that may not be read any more as a gap, and heals it when a sweep has caught up', async () => {
    world.forbidden.add('1');
    update('1', 7, START + 30 * MINUTE);
    await sweep(rig.parts, anInstallation(world), REPOSITORIES, NEVER);
    const [lost] = await rig.store.collection.repositories();
    const gap = { ...rig.gaps.get('access:1') };
    world.forbidden.delete('1');
    rig.clock.set(START + 2 * HOUR);
    const back = await regainAccess(rig.parts, lost ?? aRepository(), 'active');

    await sweep(rig.parts, anInstallation(world), [back], NEVER);

    expect(lost?.state).toBe('forbidden');
    expect(gap).toMatchObject({ repositoryId: '1', fromAt: START, toAt: null, healedAt: null });
    expect(await listedSince()).toEqual(['1/7']);
    expect(rig.gaps.get('access:1')?.healedAt).toBe(START + 2 * HOUR);
  });

  test('sweeps an archived repository once more, and then leaves it alone', async () => {
    const archived = aRepository({ state: 'archived', stateAt: START + 30 * MINUTE });
    update('1', 7, START + 29 * MINUTE);

    const results = [await sweep(rig.parts, anInstallation(world), [archived], NEVER), await sweep(rig.parts, anInstallation(world), [archived], NEVER)];

    expect(results.map(({ swept, listed }) => [swept, listed])).toEqual([[1, 1], [0, 0]]);
  });

  test('opens no gap where nothing was ever collected, or the policy leaves the repository out', async () => {
    await loseAccess(rig.parts, aRepository({ id: '3' }), 'gone', 'Deleted.', undefined);
    await loseAccess({ ...rig.parts, collects: () => false }, aRepository({ id: '1' }), 'gone', 'Deleted.', (await rig.store.collection.progress(PULL_REQUESTS))[0]);

    expect(rig.gaps.size).toBe(0);
  });

  test.each(Array.from({ length: 20 }, (_, seed) => seed))('killed at any instant (%i) loses nothing and lists at most what was under way twice', async (seed) => {
    const random = seededRandom(seed);
    const updated = Array.from({ length: 12 }, (_, index) => ({ repositoryId: random() < 0.5 ? '1' : '2', number: 1 + Math.floor(random() * 30), at: START + (index + 1) * MINUTE }));
    for (const { repositoryId, number, at } of updated) update(repositoryId, number, at);
    let kills = 0;

    for (let life = 1; ; life += 1) {
      const process = mortal(rig.parts, world, 2 + Math.floor(random() * 9), random() < 0.5, `process ${String(life)}`);
      const end = await lived(process, sweep(process.parts, { ...anInstallation(process.lister) }, REPOSITORIES, NEVER));
      if (end === 'ended') break;
      kills += 1;
    }

    const listed = await listedSince();
    const wanted = new Set(updated.map(({ repositoryId, number }) => `${repositoryId}/${String(number)}`));
    expect(new Set(listed)).toEqual(wanted);
    expect(listed.length).toBeLessThanOrEqual(wanted.size + 25 * kills);
    expect(await sweptUntil()).toEqual([START + HOUR, START + HOUR]);
  });
});

describe('pull requests that may still change', () => {
  test('are asked for after some hours without a sign, cheaply, and listed where they differ', async () => {
    update('1', 28, START + 3 * HOUR);
    rig.clock.set(START + 7 * HOUR);

    const listed = await recheckUnfinished(rig.parts, anInstallation(world), REPOSITORIES, NEVER);
    const again = await recheckUnfinished(rig.parts, anInstallation(world), REPOSITORIES, NEVER);

    expect([listed, again]).toEqual([1, 0]);
    expect(world.asked).toHaveLength(2);
    expect(await listedSince()).toEqual(['1/28']);
  });

  test('are left alone before, and for good once they are closed and listed so', async () => {
    rig.clock.set(START + 5 * HOUR);
    await recheckUnfinished(rig.parts, anInstallation(world), REPOSITORIES, NEVER);
    const early = world.asked.length;
    for (const pull of world.pulls) if (pull.isOpen) Object.assign(pull, { isOpen: false, updatedAt: START + 5 * HOUR });
    rig.clock.set(START + 7 * HOUR);
    await recheckUnfinished(rig.parts, anInstallation(world), REPOSITORIES, NEVER);
    world.asked.length = 0;
    rig.clock.set(START + 30 * HOUR);

    await recheckUnfinished(rig.parts, anInstallation(world), REPOSITORIES, NEVER);

    expect([early, world.asked.length]).toEqual([0, 0]);
  });

  test('one that changed while it was paged is listed again ten minutes later, whole then', async () => {
    world.isComplete = ({ number }) => number !== 7;
    update('1', 7, START + 30 * MINUTE);
    await sweep(rig.parts, anInstallation(world), REPOSITORIES, NEVER);
    world.isComplete = () => true;
    await recheckUnfinished(rig.parts, anInstallation(world), REPOSITORIES, NEVER);
    const tooEarly = (await rig.stored()).length;
    rig.clock.set(START + HOUR + 11 * MINUTE);

    await recheckUnfinished(rig.parts, anInstallation(world), REPOSITORIES, NEVER);

    const bodies = (await rig.stored()).slice(60);
    expect(tooEarly).toBe(61);
    expect(bodies.map((body) => body.split(' ')[3])).toEqual(['false', 'true']);
    expect(await rig.store.collection.seen('pull_request_listing', [nodeIdOf({ repositoryId: '1', number: 7 })])).toMatchObject([{ version: String(START + 30 * MINUTE), isUnfinished: false }]);
  });

  test('one that cannot be listed does not hold up the others, and is asked for again later', async () => {
    for (const number of [27, 28, 29]) update('1', number, START + HOUR);
    world.before = (question) => {
      if (question.startsWith('byIds') && question.includes('P_1_28')) throw new NarrowsError('github-too-large', 'It timed out.');
    };
    rig.clock.set(START + 7 * HOUR);

    const listed = await recheckUnfinished(rig.parts, anInstallation(world), REPOSITORIES, NEVER);

    expect(listed).toBe(2);
    expect((await listedSince()).sort()).toEqual(['1/27', '1/29']);
  });
});
