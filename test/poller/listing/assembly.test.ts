import { afterEach, describe, expect, test } from '@jest/globals';
import { parseJson } from '#src/core/json.ts';
import type { Delivery } from '#src/domain/delivery.ts';
import type { Sighting } from '#src/domain/timeline/evidence.ts';
import source from '#src/sources/pull-request-listing.ts';
import { buildWorld } from '#test/support/fake-github/build-world.ts';
import { resourceLimits, serverFailure } from '#test/support/fake-github/fault-kinds.ts';
import { FaultScript, type FaultRule } from '#test/support/fake-github/faults.ts';
import type { FakeCall } from '#test/support/fake-github/hooks.ts';
import type { RecordedEvent, RecordedPull } from '#test/support/fake-github/recorded-pull.ts';
import type { World } from '#test/support/fake-github/world.ts';
import { endFakes, everyPull, listingRig, onlyRepository, SIGNAL, type ListingRig } from './listing-rig.ts';

const OPENED = Date.UTC(2026, 0, 5, 9);
const NOW = Date.UTC(2026, 1, 2, 9);
const REPOSITORY = 'octo/app';
const ada = { login: 'ada', id: 1, type: 'User' } as const;
const grace = { login: 'grace', id: 2, type: 'User' } as const;

afterEach(endFakes);

/** The instant so many minutes after the opening, as GitHub writes it. */
function minute(count: number): string {
  return new Date(OPENED + count * 60_000).toISOString().replace('.000Z', 'Z');
}

function aPull(number: number, more: Partial<RecordedPull> = {}): RecordedPull {
  return { kind: 'pr', number, id: 500 + number, user: ada, state: 'open', created_at: minute(0), updated_at: minute(1_000), head_sha: 'a'.repeat(40), events: [], ...more };
}

function many<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

const aReview = (index: number): RecordedEvent => ({ event: 'reviewed', id: 1_000 + index, user: grace, state: 'commented', submitted_at: minute(index + 1) });
const aComment = (index: number): RecordedEvent => ({ event: 'commented', id: 2_000 + index, user: grace, created_at: minute(index + 1) });
const aCommit = (index: number): RecordedEvent => ({ event: 'committed', sha: String(index).padStart(40, '0'), author_date: minute(0), committer_date: minute(index) });
const aLabel = (index: number): RecordedEvent => ({ event: 'labeled', actor: ada, label: `l${String(index)}`, created_at: minute(index) });
const aLineComment = (index: number) => ({ id: 3_000 + index, user: grace, created_at: minute(index), pull_request_review_id: 1_000 });

async function aRig(pulls: readonly RecordedPull[], more: { rules?: readonly FaultRule[]; onCall?: (call: FakeCall, world: World) => void } = {}): Promise<ListingRig & { readonly script: FaultScript }> {
  const world = buildWorld({ repositories: [{ fullName: REPOSITORY, owner: { id: 9 }, pulls }] });
  const script = new FaultScript(more.rules);
  const rig = await listingRig(world, NOW, { faults: { script }, onCall: (call) => more.onCall?.(call, world) });
  return { ...rig, script };
}

/** How many events of each kind a listing holds. */
function kindsIn(delivery: Delivery): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { kind } of sightingsIn(delivery)) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

function sightingsIn(delivery: Delivery): readonly Sighting[] {
  const reading = source.read(parseJson(new TextDecoder().decode(delivery.body)), delivery);
  if (reading.outcome !== 'facts') throw new Error(reading.reason);
  return Object.values(reading.changes.pullRequests?.[0]?.evidence.sightings ?? {});
}

function reasonOf({ body }: Delivery): unknown {
  return JSON.parse(new TextDecoder().decode(body)).incompleteFor;
}

describe('a pull request that does not fit on a page', () => {
  test('is paged to its end in every connection: more than 100 reviews, comments, commits and events', async () => {
    const events = [...many(230, aReview), ...many(140, aComment), ...many(210, aCommit), ...many(101, aLabel)];
    const rig = await aRig([aPull(1, { events, review_comment_list: many(150, aLineComment) })]);

    const [pull] = await rig.run(everyPull(rig, 50));

    expect(pull).toMatchObject({ number: 1, isComplete: true, takenAt: NOW, parts: { repositoryId: expect.any(String), lacking: {} } });
    expect(kindsIn(pull!.delivery)).toEqual({ reviewed: 230, commented: 140, committed: 210, labeled: 101, review_commented: 150 });
    expect(rig.fake.requests.map(({ name }) => name)).toEqual(['PullRequests', 'PullRequestRemainder', 'PullRequestRemainder']);
  });

  test('with many review threads is asked for once more together with others like it, and those alone', async () => {
    const crowded = (number: number): RecordedPull => aPull(number, { review_comment_list: many(60, aLineComment) });
    const rig = await aRig([aPull(1), crowded(2), crowded(3)]);

    const pulls = await rig.run(everyPull(rig, 50));

    expect(pulls.map(({ number, isComplete }) => [number, isComplete])).toEqual([[3, true], [2, true], [1, true]]);
    expect(pulls.map(({ delivery }) => kindsIn(delivery))).toEqual([{ review_commented: 60 }, { review_commented: 60 }, {}]);
    expect(rig.fake.requests.map(({ name, cost }) => [name, cost])).toEqual([['PullRequests', 18], ['PullRequestsById', 2]]);
  });

  test('with a long review thread is paged within the thread', async () => {
    const answers = many(170, (index) => ({ ...aLineComment(index), ...(index > 0 && { in_reply_to_id: 3_000 }) }));
    const rig = await aRig([aPull(1, { review_comment_list: answers })]);

    const [pull] = await rig.run(everyPull(rig, 50));

    expect([pull?.isComplete, kindsIn(pull!.delivery)]).toEqual([true, { review_commented: 170 }]);
    expect(rig.fake.requests.map(({ name }) => name)).toEqual(['PullRequests', 'ReviewThreadRemainder', 'ReviewThreadRemainder']);
  });

  test('is asked for in smaller pages where GitHub does not answer in time', async () => {
    const isLarge = ({ name, operation }: FakeCall): boolean => name === 'PullRequestRemainder' && Number(operation?.variables['first']) > 30;
    const rig = await aRig([aPull(1, { events: many(150, aReview) })], { rules: [{ on: isLarge, times: Infinity, fault: serverFailure(502) }] });

    const [pull] = await rig.run(everyPull(rig, 50));

    expect([pull?.isComplete, kindsIn(pull!.delivery)]).toEqual([true, { reviewed: 150 }]);
    expect(rig.script.unused).toEqual([]);
  });

  test('is incomplete, with the reason, where GitHub never answers in time', async () => {
    const rig = await aRig([aPull(1, { events: many(150, aReview) })], { rules: [{ on: 'PullRequestRemainder', times: Infinity, fault: serverFailure(502) }] });

    const [pull] = await rig.run(everyPull(rig, 50));

    expect([pull?.isComplete, reasonOf(pull!.delivery), kindsIn(pull!.delivery)]).toEqual([false, 'GitHub could not answer in time, not even with one entry at once', { reviewed: 100 }]);
    expect(pull?.parts?.lacking).toEqual({ reviews: 50 });
  });
});

describe('a pull request that changes while it is read', () => {
  const reviewed = (count: number): RecordedPull => aPull(1, { events: many(count, aReview) });

  test('is incomplete: its last page does not say the same time of update as its first', async () => {
    const rig = await aRig([reviewed(150)], {
      onCall: ({ name }, world) => {
        if (name === 'PullRequestRemainder') world.editPull(REPOSITORY, 1, (pull) => ({ ...pull, events: [...pull.events, aComment(2_000)] }));
      },
    });

    const [pull] = await rig.run(everyPull(rig, 50));

    expect([pull?.isComplete, reasonOf(pull!.delivery)]).toEqual([false, 'it was updated while it was read']);
    expect(kindsIn(pull!.delivery)).toMatchObject({ reviewed: expect.any(Number) });
  });

  test('is complete where it changed between pages of others: what is asked once more is taken then', async () => {
    const crowded = (number: number): RecordedPull => aPull(number, { review_comment_list: many(60, aLineComment) });
    const rig = await aRig([crowded(1), crowded(2)], {
      onCall: ({ name }, world) => {
        if (name === 'PullRequestsById') world.editPull(REPOSITORY, 1, (pull) => ({ ...pull, events: [...pull.events, aComment(2_000)] }));
      },
    });

    const pulls = await rig.run(everyPull(rig, 50));

    expect(pulls.map(({ number, isComplete }) => [number, isComplete])).toEqual([[2, true], [1, true]]);
    expect(pulls[1]?.updatedAt).toBe(Date.parse(minute(2_001)));
    expect(kindsIn(pulls[1]!.delivery)).toEqual({ review_commented: 60, commented: 1 });
  });
});

describe('an answer in part', () => {
  const three = [aPull(1, { events: [aReview(1)] }), aPull(2, { events: [aReview(1), aComment(2)] }), aPull(3)];

  test('leaves the pull requests incomplete that it is about, with what GitHub says, and no other', async () => {
    const rig = await aRig(three, { rules: [{ on: 'PullRequests', fault: resourceLimits(['node', 'pullRequests', 'nodes', 1, 'reviews']) }] });

    const pulls = await rig.run(everyPull(rig, 50));

    expect(pulls.map(({ number, isComplete }) => [number, isComplete])).toEqual([[3, true], [2, false], [1, true]]);
    expect(reasonOf(pulls[1]!.delivery)).toBe('GitHub answered in part: Resource limits for this query exceeded. (node.pullRequests.nodes.reviews)');
    expect(kindsIn(pulls[1]!.delivery)).toEqual({ commented: 1 });
  });

  test('that lacks a pull request altogether is too large: nobody could say which one it is', async () => {
    const rig = await aRig(three, { rules: [{ on: 'PullRequests', fault: resourceLimits(['node', 'pullRequests', 'nodes', 1]) }] });

    await expect(rig.run(everyPull(rig, 50))).rejects.toMatchObject({ code: 'github-too-large' });
  });

  test('on a later page leaves the pull request incomplete', async () => {
    const rig = await aRig([aPull(1, { events: many(150, aReview) })], { rules: [{ on: 'PullRequestRemainder', fault: resourceLimits(['node', 'reviews', 'nodes', 4]) }] });

    const [pull] = await rig.run(everyPull(rig, 50));

    expect([pull?.isComplete, kindsIn(pull!.delivery)]).toEqual([false, { reviewed: 149 }]);
  });
});

describe('pull requests by id', () => {
  test('come with everything; one that is gone is missing', async () => {
    const rig = await aRig([aPull(1, { events: [aReview(1)] }), aPull(2)]);
    const heads = await rig.run(rig.lister.heads(onlyRepository(rig.fake.world, NOW), { after: null, size: 100 }, SIGNAL));
    const [second, first] = heads.heads.map(({ nodeId }) => nodeId);

    const pulls = await rig.run(rig.lister.byIds([first!, 'PR_gone', second!], SIGNAL));

    expect(pulls.map(({ number, isComplete, isOpen }) => [number, isComplete, isOpen])).toEqual([[1, true, true], [2, true, true]]);
    expect(await rig.run(rig.lister.headsOf([first!, 'PR_gone'], SIGNAL))).toEqual([{ nodeId: first, number: 1, updatedAt: Date.parse(minute(1_000)), isOpen: true }]);
  });
});

describe('heads', () => {
  test('come page by page, the one updated last first, for a hundredth of what listings cost', async () => {
    const rig = await aRig(many(250, (index) => aPull(index + 1, { updated_at: minute(1_000 + index) })));
    const repository = onlyRepository(rig.fake.world, NOW);

    const first = await rig.run(rig.lister.heads(repository, { after: null, size: 100 }, SIGNAL));
    const second = await rig.run(rig.lister.heads(repository, { after: first.next, size: 100 }, SIGNAL));

    expect([first.total, first.askedAt, first.heads[0]?.number, second.heads[0]?.number]).toEqual([250, NOW, 250, 150]);
    expect(rig.fake.requests.map(({ cost }) => cost)).toEqual([1, 1]);
  });

  test('of many repositories come at once, those that are gone left out', async () => {
    const rig = await aRig([aPull(1), aPull(2)]);
    const repository = onlyRepository(rig.fake.world, NOW);

    const newest = await rig.run(rig.lister.newestHeads([repository, { ...repository, nodeId: 'R_gone' }], SIGNAL));

    expect(newest.map(({ nodeId, total, heads }) => [nodeId, total, heads.length])).toEqual([[repository.nodeId, 2, 2]]);
  });
});

describe('a listing', () => {
  test('names the repository as it is called when it is taken, under the id that stays', async () => {
    const rig = await aRig([aPull(1)]);
    const repository = onlyRepository(rig.fake.world, NOW);
    rig.fake.world.rename(REPOSITORY, 'initech/engine', NOW - 1_000);

    const { pullRequests } = await rig.run(rig.lister.page(repository, { after: null, size: 10 }, SIGNAL));

    const content = JSON.parse(new TextDecoder().decode(pullRequests[0]?.delivery.body));
    expect(content.pullRequest.repository).toEqual({ databaseId: Number(repository.id), nameWithOwner: 'initech/engine' });
  });

  test('says of its parts what the facts made of it will hold, by the weeks of UTC', async () => {
    const rig = await aRig([aPull(1, { events: [aReview(1), aReview(2), aComment(3), aLabel(4)] })]);

    const [pull] = await rig.run(everyPull(rig, 50));

    const week = Date.UTC(2026, 0, 5);
    expect(pull?.parts?.weeks).toEqual([
      { kind: 'reviews', weekFromAt: week, count: 2 },
      { kind: 'comments', weekFromAt: week, count: 1 },
      { kind: 'timeline_events', weekFromAt: week, count: 1 },
    ]);
  });

  test('is another delivery each time it is taken, and the same when taken twice at one instant', async () => {
    const rig = await aRig([aPull(1)]);

    const [first, same] = [await rig.run(everyPull(rig, 50)), await rig.run(everyPull(rig, 50))];
    rig.clock.advance(60_000);
    const later = await rig.run(everyPull(rig, 50));

    expect(same[0]?.delivery).toEqual(first[0]?.delivery);
    expect(later[0]?.delivery.guid).not.toBe(first[0]?.delivery.guid);
    expect(later[0]?.delivery).toMatchObject({ channel: 'api', event: 'pull_request_listing', takenAt: NOW + 60_000, deliveredAt: NOW + 60_000, body: first[0]?.delivery.body });
  });
});
