import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { recording } from '#src/sources/reading/recording.ts';
import { diceOf } from '#test/support/fake-github/generated/dice.ts';
import { generatedPulls } from '#test/support/fake-github/generated/generated-pulls.ts';
import { generatedWorld } from '#test/support/fake-github/generated/generated-world.ts';
import { timesOf } from '#test/support/fake-github/pull-at.ts';
import { finalEntry } from '#test/support/fake-github/pull-source.ts';

const FROM = Date.UTC(2026, 0, 1);
const UNTIL = Date.UTC(2026, 3, 1);
const plan = { seed: 11, count: 300, from: FROM, until: UNTIL, busyEvery: 100 };
const digest = (seed: number): string => JSON.stringify(Array.from({ length: 300 }, (_, index) => generatedPulls({ ...plan, seed }).read(index + 1)));

function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

describe('made-up pull requests', () => {
  test('are the same for the same seed, and others for another', () => {
    expect(digest(11)).toBe(digest(11));
    expect(digest(11)).not.toBe(digest(12));
    expect(generatedPulls(plan).entries).toEqual(generatedPulls(plan).entries);
    expect(generatedPulls(plan).entries).not.toEqual(generatedPulls({ ...plan, seed: 12 }).entries);
  });

  test('are in the list as they are when they are read', () => {
    const source = generatedPulls(plan);

    expect(source.entries).toHaveLength(300);
    expect(source.entries.map(({ number }) => finalEntry(source.read(number)!))).toEqual(source.entries);
    expect([source.read(0), source.read(301)]).toEqual([null, null]);
  });

  test('stay inside their window, in order of number', () => {
    const source = generatedPulls(plan);
    const pulls = source.entries.map(({ number }) => source.read(number)!);

    expect(pulls.flatMap((pull) => timesOf(pull)).filter((at) => at < FROM || at >= UNTIL)).toEqual([]);
    expect(pulls.map(({ created_at: at }) => at)).toEqual(pulls.map(({ created_at: at }) => at).sort());
  });

  test('are recordings that can be imported, of every state, with everything that collecting has to cope with', () => {
    const source = generatedPulls({ ...plan, count: 1_000 });
    const pulls = source.entries.map(({ number }) => source.read(number)!);

    const kinds = new Set(pulls.flatMap(({ events }) => events.map(({ event }) => event)));

    expect(pulls.filter((pull) => !recording.safeParse(pull).success)).toEqual([]);
    expect([...kinds].sort()).toEqual([
      'added_to_merge_queue',
      'closed',
      'commented',
      'committed',
      'convert_to_draft',
      'head_ref_force_pushed',
      'labeled',
      'merged',
      'ready_for_review',
      'removed_from_merge_queue',
      'reopened',
      'review_dismissed',
      'review_request_removed',
      'review_requested',
      'reviewed',
    ]);
    expect(new Set(source.entries.map(({ state }) => state))).toEqual(new Set(['OPEN', 'CLOSED', 'MERGED']));
    expect(pulls.some(({ user }) => user === null)).toBe(true);
    expect(pulls.some(({ user }) => user?.type === 'Bot' && user.login.endsWith('[bot]'))).toBe(true);
    expect(pulls.some(({ events }) => events.some(({ requested_team: team }) => team !== undefined))).toBe(true);
    expect(Math.min(...pulls.map(({ id }) => id))).toBeGreaterThan(2 ** 31);
  });

  test('have ids of their own, and more than a hundred of everything where that is wanted', () => {
    const source = generatedPulls(plan);
    const pulls = source.entries.map(({ number }) => source.read(number)!);

    const ids = pulls.flatMap(({ id, events, review_comment_list: comments = [] }) => [id, ...events.flatMap((event) => event.id ?? []), ...comments.map((comment) => comment.id)]);
    const busy = pulls.filter(({ number }) => number % 100 === 0);
    const count = (event: string): number[] => busy.map(({ events }) => events.filter((one) => one.event === event).length);

    expect(new Set(ids).size).toBe(ids.length);
    expect(Math.min(...count('committed'), ...count('reviewed'), ...count('commented'))).toBeGreaterThan(100);
  });
});

describe('a made-up world', () => {
  test('holds 200 repositories and 20,000 pull requests in memory for their list entries alone', () => {
    const before = heapBytes();
    const world = generatedWorld({ seed: 1, repositories: 200, pullRequests: 100, from: FROM, until: UNTIL });
    const made = heapBytes() - before;

    let [pulls, characters] = [0, 0];
    for (const { id } of world.repositories(UNTIL)) {
      for (const pull of world.pulls(id)) {
        pulls += 1;
        characters += JSON.stringify(pull).length;
      }
    }
    const afterwards = heapBytes() - before;

    expect(pulls).toBe(20_000);
    expect(characters).toBeGreaterThan(40_000_000);
    expect(made).toBeLessThan(12_000_000);
    expect(afterwards).toBeLessThan(made + 4_000_000);
  });

  test('has an organisation whose teams reach every repository', () => {
    const world = generatedWorld({ seed: 1, repositories: 7, pullRequests: 2, from: FROM, until: UNTIL });

    const teams = world.organization('acme', UNTIL)?.teams ?? [];
    const reached = new Set(teams.filter(({ slug }) => slug !== 'maintainers').flatMap(({ repositories }) => repositories.map(({ repositoryId }) => repositoryId)));

    expect(reached).toEqual(new Set(world.repositories(UNTIL).map(({ id }) => id)));
    expect(world.installations(UNTIL)[0]?.repositoryIds).toHaveLength(7);
  });
});

test('dice follow from their seeds and fall evenly', () => {
  const throws = (seed: number): number[] => {
    const dice = diceOf(seed, 3);
    return Array.from({ length: 6_000 }, () => dice.below(6));
  };

  const counts = Array.from({ length: 6 }, (_, side) => throws(1).filter((thrown) => thrown === side).length);

  expect(throws(1)).toEqual(throws(1));
  expect(throws(1)).not.toEqual(throws(2));
  expect(Math.min(...counts)).toBeGreaterThan(880);
});
