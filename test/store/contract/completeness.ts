import { describe, expect, test } from '@jest/globals';
import type { CollectionGap } from '#src/domain/completeness.ts';
import type { LoggedGuid, MissingDelivery } from '#src/domain/healing.ts';
import type { Store } from '#src/domain/store.ts';
import type { ListingMark, Sighting } from '#src/domain/timeline/evidence.ts';
import { sightingKey } from '#src/domain/timeline/evidence.ts';
import { aDelivery, aFold, aPullRequestChange, byId, clock, EVERYONE, NOW, someEvidence } from '../builders.ts';
import { useStores, type Engine } from './engine.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** Monday 17 November 2025, the week of `NOW`. */
const MONDAY = Date.UTC(2025, 10, 17);

const LAST_WEEKS = { fromAt: MONDAY - 3 * WEEK, toAt: MONDAY + WEEK };

const REPOSITORY = byId('7', 'acme/widgets');

/** What completeness and healing owe on every engine. */
export function completenessContract(engine: Engine): void {
  describe(`completeness on ${engine.name}`, () => {
    const stores = useStores(engine);

    test('counts each delivery of the log once, however often it is compared, and says which of them were lost', async () => {
      const store = await storeWithRepository(await stores.open());
      const logged = ['a', 'b', 'c', 'd'].map((guid, index) => aLogged(guid, MONDAY + index * HOUR));
      const findings = { logged, missing: [aMissing('b', MONDAY + HOUR)], healed: [aLogged('c', MONDAY + 2 * HOUR)], at: NOW };

      await store.healing.record(findings);
      await store.healing.record(findings);

      expect(await store.completeness.rows(EVERYONE, LAST_WEEKS)).toEqual([
        { repositoryId: '7', kind: 'deliveries', week: { fromAt: MONDAY, toAt: MONDAY + WEEK }, expected: 4, stored: 3, healed: 1, openGaps: 1 },
      ]);
      expect(await store.completeness.gaps(EVERYONE, ['7'], LAST_WEEKS)).toEqual([
        { repository: 'acme/widgets', kind: 'deliveries', fromAt: MONDAY + HOUR, toAt: MONDAY + HOUR + 1, state: 'open', missing: 1, expected: 4, reason: 'It did not arrive.' },
        { repository: 'acme/widgets', kind: 'deliveries', fromAt: MONDAY + 2 * HOUR, toAt: MONDAY + 2 * HOUR + 1, state: 'healed', missing: 1, expected: 4, reason: 'It did not arrive and was fetched from the deliveries log of GitHub.' },
      ]);
    });

    test('a delivery whose redelivery is seen before its first attempt counts once', async () => {
      const store = await storeWithRepository(await stores.open());

      await store.healing.record({ logged: [{ ...aLogged('a', MONDAY + HOUR), isRedelivery: true }], missing: [], healed: [], at: NOW });
      await store.healing.record({ logged: [aLogged('a', MONDAY)], missing: [], healed: [], at: NOW });
      await store.healing.record({ logged: [{ ...aLogged('b', MONDAY + HOUR), isRedelivery: true }], missing: [], healed: [{ ...aLogged('b', MONDAY + HOUR), isRedelivery: true }], at: NOW });
      await store.healing.record({ logged: [aLogged('b', MONDAY)], missing: [], healed: [], at: NOW });

      const [row] = await store.completeness.rows(EVERYONE, LAST_WEEKS);
      expect(row).toMatchObject({ expected: 2, stored: 2, healed: 1, openGaps: 0 });
    });

    test('losses of days that follow one another are one gap, of days apart several', async () => {
      const store = await storeWithRepository(await stores.open());
      const lost = [0, 1, 2, 6].map((day) => aMissing(`lost-${day}`, MONDAY - 8 * DAY + day * DAY + HOUR));
      const arrived = [0, 1, 2, 3, 4, 5, 6].map((day) => aLogged(`arrived-${day}`, MONDAY - 8 * DAY + day * DAY));
      await store.healing.record({ logged: [...lost, ...arrived], missing: lost, healed: [], at: NOW });

      const gaps = await store.completeness.gaps(EVERYONE, ['7'], LAST_WEEKS);

      expect(gaps.map(({ fromAt, toAt, missing, expected }) => [fromAt, toAt, missing, expected])).toEqual([
        [MONDAY - 8 * DAY + HOUR, MONDAY - 6 * DAY + HOUR + 1, 3, 6],
        [MONDAY - 2 * DAY + HOUR, MONDAY - 2 * DAY + HOUR + 1, 1, 2],
      ]);
    });

    test('a lost push takes pushes away for good, a lost comment until a sweep has passed it, a lost star nothing that a figure reads', async () => {
      const store = await storeWithRepository(await stores.open());
      const lost = [aMissing('push', NOW - DAY, 'push'), aMissing('comment', NOW - DAY, 'issue_comment.created'), aMissing('star', NOW - DAY, 'star.created'), aMissing('team', NOW - DAY, 'membership.added')];
      await store.healing.record({ logged: lost, missing: lost, healed: [], at: NOW });
      const missing = async (about: 'listed' | 'pushed' | 'members'): Promise<number> =>
        (await store.completeness.gaps(EVERYONE, ['7'], LAST_WEEKS, [about])).reduce((sum, gap) => sum + (gap.state === 'open' ? (gap.missing ?? 0) : 0), 0);

      expect(await Promise.all([missing('listed'), missing('pushed'), missing('members')])).toEqual([1, 1, 1]);
      await sweep(store, NOW - DAY);
      expect(await missing('listed')).toBe(1);
      await sweep(store, NOW);
      expect(await Promise.all([missing('listed'), missing('pushed'), missing('members')])).toEqual([0, 1, 1]);
    });

    test('a sweep heals what listings tell and leaves open what they do not', async () => {
      const store = await storeWithRepository(await stores.open());
      const lost = [aMissing('push', NOW - DAY, 'push'), aMissing('review', NOW - DAY, 'pull_request_review.submitted'), aMissing('head', NOW - DAY, 'pull_request.synchronize')];
      await store.healing.record({ logged: lost, missing: lost, healed: [], at: NOW });
      await sweep(store, NOW);

      expect(await store.healing.healSwept(NOW)).toBe(1);

      expect((await store.completeness.everyGap(EVERYONE, LAST_WEEKS)).map(({ id, healedAt }) => [id, healedAt])).toEqual([
        ['deliveries:head', null],
        ['deliveries:push', null],
        ['deliveries:review', NOW],
      ]);
      expect((await store.healing.missing()).map(({ guid }) => guid)).toEqual(['head', 'push']);
    });

    test('knows which GUIDs the inbox holds', async () => {
      const store = await stores.open();
      await store.inbox.store([aDelivery('here'), aDelivery('there')]);

      expect(await store.healing.knownGuids(['here', 'nowhere', 'there'])).toEqual(new Set(['here', 'there']));
    });

    test('a gap that is found again is open again, and an open one keeps when it was found', async () => {
      const store = await storeWithRepository(await stores.open());
      await store.completenessWriter.open([aGap({ foundAt: NOW - DAY, missing: 2 })]);
      await store.completenessWriter.open([aGap({ foundAt: NOW, missing: 3 })]);
      const [open] = await store.completeness.everyGap(EVERYONE, LAST_WEEKS);
      await store.completenessWriter.heal(['pull_requests:7'], NOW);
      await store.completenessWriter.heal(['pull_requests:7'], NOW + HOUR);
      const [healed] = await store.completeness.everyGap(EVERYONE, LAST_WEEKS);
      await store.completenessWriter.open([aGap({ foundAt: NOW + DAY, missing: 1 })]);
      const [again] = await store.completeness.everyGap(EVERYONE, LAST_WEEKS);

      expect([open, healed, again].map((gap) => [gap?.missing, gap?.foundAt, gap?.healedAt])).toEqual([
        [3, NOW - DAY, null],
        [3, NOW - DAY, NOW],
        [1, NOW + DAY, null],
      ]);
    });

    test('gaps touch a window half-open, and one without an end touches all that comes', async () => {
      const store = await storeWithRepository(await stores.open());
      await store.completenessWriter.open([aGap({ id: 'closed', fromAt: MONDAY, toAt: MONDAY + DAY }), aGap({ id: 'endless', fromAt: MONDAY + 3 * DAY, toAt: null })]);
      const touched = async (fromAt: number, toAt: number): Promise<(number | null)[]> => (await store.completeness.gaps(EVERYONE, ['7'], { fromAt, toAt })).map((gap) => gap.toAt);

      expect(await touched(MONDAY - DAY, MONDAY)).toEqual([]);
      expect(await touched(MONDAY - DAY, MONDAY + 1)).toEqual([MONDAY + DAY]);
      expect(await touched(MONDAY + DAY, MONDAY + 2 * DAY)).toEqual([]);
      expect(await touched(MONDAY + 30 * DAY, MONDAY + 31 * DAY)).toEqual([null]);
    });

    test('a window that reaches back before collected history says since when there is one', async () => {
      const store = await storeWithRepository(await stores.open());
      await store.completenessWriter.beginHistory('7', 'pull_requests', MONDAY);

      const before = await store.completeness.gaps(EVERYONE, ['7'], { fromAt: MONDAY - DAY, toAt: NOW }, ['listed']);
      const within = await store.completeness.gaps(EVERYONE, ['7'], { fromAt: MONDAY, toAt: NOW }, ['listed']);
      await store.completenessWriter.beginHistory('7', 'pull_requests', null);
      const all = await store.completeness.gaps(EVERYONE, ['7'], { fromAt: MONDAY - DAY, toAt: NOW }, ['listed']);

      expect(before).toEqual([{ repository: 'acme/widgets', fromAt: MONDAY - DAY, toAt: MONDAY, state: 'before-history', missing: null, expected: null }]);
      expect([within, all]).toEqual([[], []]);
    });

    test('of what is expected the latest word stands, whatever the order', async () => {
      const store = await storeWithRepository(await stores.open());
      const expected = (count: number, saidAt: number) => ({ repositoryId: '7', kind: 'pull_requests', week: { fromAt: MONDAY, toAt: MONDAY + WEEK }, count, saidAt }) as const;

      await store.completenessWriter.expect([expected(2, NOW)]);
      await store.completenessWriter.expect([expected(9, NOW - DAY), expected(8, NOW - HOUR)]);

      expect((await store.completeness.rows(EVERYONE, LAST_WEEKS)).map(({ kind, expected: of, stored }) => [kind, of, stored])).toEqual([['pull_requests', 2, 0]]);
    });

    test('counts pull requests by the week they were opened in, from the facts', async () => {
      const store = await storeWithRepository(await stores.open());
      const openedAt = [MONDAY - 1, MONDAY, MONDAY + DAY, MONDAY + WEEK, MONDAY - 4 * WEEK];
      await store.writer.fold(aFold({ pullRequests: openedAt.map((at, index) => aPullRequestChange(REPOSITORY, index + 1, someEvidence({ created_at: at }))) }));

      expect((await store.completeness.rows(EVERYONE, LAST_WEEKS)).map(({ kind, week, stored }) => [kind, week.fromAt, stored])).toEqual([
        ['pull_requests', MONDAY - WEEK, 1],
        ['pull_requests', MONDAY, 2],
      ]);
    });

    test('counts the parts of listings that are facts and not gone beside what the listing says', async () => {
      const store = await storeWithRepository(await stores.open());
      const newest = aListing(NOW);
      const older = aListing(NOW - DAY);
      const sightings = [aListed('1', newest), aListed('2', newest), aListed('gone', older), { ...aListed('webhook', newest), listed: null }];
      const evidence = { ...someEvidence({ created_at: MONDAY, updated_at: NOW }), listings: [newest, older], sightings: Object.fromEntries(sightings.map((one) => [sightingKey(one), one])) };
      await store.writer.fold(aFold({ pullRequests: [aPullRequestChange(REPOSITORY, 1, evidence)] }));
      const weeks = [{ kind: 'comments', weekFromAt: MONDAY, count: 3 }] as const;
      await store.completenessWriter.expectParts([{ repositoryId: '7', number: 1, takenAt: NOW, createdAt: MONDAY, weeks, lacking: {} }]);
      await store.completenessWriter.expectParts([{ repositoryId: '7', number: 1, takenAt: NOW - DAY, createdAt: MONDAY, weeks: [], lacking: {} }]);

      const rows = await store.completeness.rows(EVERYONE, LAST_WEEKS);

      expect(rows.filter(({ kind }) => kind === 'comments').map(({ week, expected, stored }) => [week.fromAt, expected, stored])).toEqual([[MONDAY, 3, 2]]);
    });

    test('facts are held against their listing once a day: what lacks is a gap, what is back is healed', async () => {
      const store = await storeWithRepository(await stores.open());
      await list(store, { comments: 2, lacking: {} }, [aListed('1', aListing(NOW - HOUR))]);

      expect(await store.completenessAudit.auditParts(NOW)).toBe(false);
      const found = await store.completeness.everyGap(EVERYONE, LAST_WEEKS);
      await foldParts(store, [aListed('2', aListing(NOW - HOUR))]);
      await store.completenessAudit.auditParts(NOW + DAY);
      const same = await store.completeness.everyGap(EVERYONE, LAST_WEEKS);
      await store.completenessAudit.auditParts(NOW + DAY + 1);
      const healed = await store.completeness.everyGap(EVERYONE, LAST_WEEKS);

      expect(found.map(({ id, missing, expected, fromAt, toAt, healedAt }) => [id, missing, expected, fromAt, toAt, healedAt])).toEqual([['comments:7#1', 1, 2, MONDAY, NOW - HOUR + 1, null]]);
      expect(same).toEqual(found);
      expect(healed.map(({ id, healedAt }) => [id, healedAt])).toEqual([['comments:7#1', NOW + DAY + 1]]);
    });

    test('what GitHub counts beyond what it lists is missing, and a pull request that is no fact at all lacks everything', async () => {
      const store = await storeWithRepository(await stores.open());
      await store.completenessWriter.expectParts([{ repositoryId: '7', number: 1, takenAt: NOW - HOUR, createdAt: MONDAY, weeks: [{ kind: 'reviews', weekFromAt: MONDAY, count: 2 }], lacking: { commits: 31 } }]);

      await store.completenessAudit.auditParts(NOW);

      expect((await store.completeness.everyGap(EVERYONE, LAST_WEEKS)).map(({ id, missing }) => [id, missing])).toEqual([
        ['commits:7#1', 31],
        ['reviews:7#1', 2],
      ]);
    });

    test('a listing lacks nothing while it may still be on its way to the facts', async () => {
      const store = await storeWithRepository(await stores.open());
      await list(store, { comments: 2, lacking: {} }, []);
      clock.set(NOW - HOUR);
      await store.inbox.store([aDelivery('waiting')]);
      clock.set(NOW);

      await store.completenessAudit.auditParts(NOW);
      expect(await store.completenessAudit.foldedUntil(NOW)).toBe(NOW - HOUR);
      expect(await store.completeness.everyGap(EVERYONE, LAST_WEEKS)).toEqual([]);
      await store.writer.fold(aFold({}, await store.writer.pending(9)));
      await store.completenessAudit.auditParts(NOW);

      expect(await store.completenessAudit.foldedUntil(NOW)).toBe(NOW);
      expect((await store.completeness.everyGap(EVERYONE, LAST_WEEKS)).map(({ id }) => id)).toEqual(['comments:7#1']);
    });

    test('what an older listing told is held against nothing once a newer one is known', async () => {
      const store = await storeWithRepository(await stores.open());
      await list(store, { comments: 2, lacking: { reviews: 1 } }, [aListed('1', aListing(NOW))]);

      await store.completenessAudit.auditParts(NOW);

      expect(await store.completeness.everyGap(EVERYONE, LAST_WEEKS)).toEqual([]);
    });

    test('shows nobody what is beyond their repositories, but everyone a gap that names none', async () => {
      const store = await storeWithRepository(await stores.open());
      await store.completenessWriter.open([aGap({ id: 'seven' }), aGap({ id: 'nowhere', repositoryId: null })]);
      await store.completenessWriter.beginHistory('7', 'pull_requests', NOW);
      await store.healing.record({ logged: [aLogged('a', MONDAY)], missing: [], healed: [], at: NOW });
      const stranger = { sees: 'repositories', repositoryIds: ['8'] } as const;

      expect((await store.completeness.gaps(stranger, ['7', '8'], LAST_WEEKS)).map(({ repository }) => repository)).toEqual([null]);
      expect((await store.completeness.everyGap(stranger, LAST_WEEKS)).map(({ id }) => id)).toEqual(['nowhere']);
      expect(await store.completeness.rows(stranger, LAST_WEEKS)).toEqual([]);
      expect((await store.completeness.everyGap(EVERYONE, LAST_WEEKS)).map(({ id }) => id)).toEqual(['nowhere', 'seven']);
    });

    test('says how far a first collection has come, until it is done', async () => {
      const store = await stores.open();
      const progress = (id: string, rest: object) => ({ repositoryId: id, kind: 'pull_requests', cursor: 'x', done: 1, total: 2, collectedFromAt: null, wantedFromAt: null, isDone: false, sweptUntilAt: NOW, ...rest });
      expect(await store.completeness.collecting(EVERYONE)).toBeNull();
      await store.collection.putRepositories(['7', '8', '9'].map((id) => ({ id, nodeId: `R_${id}`, fullName: `acme/r${id}`, installationId: '1', state: 'active', stateAt: NOW })));
      expect(await store.completeness.collecting(EVERYONE)).toEqual({ repositories: 3, done: 0, backToAt: null });
      await store.collection.putProgress(progress('7', { isDone: true }));
      await store.collection.putProgress(progress('8', { collectedFromAt: NOW - 9 * DAY }));
      expect(await store.completeness.collecting(EVERYONE)).toEqual({ repositories: 3, done: 1, backToAt: null });
      await store.collection.putProgress(progress('9', { collectedFromAt: NOW - 2 * DAY }));

      expect(await store.completeness.collecting(EVERYONE)).toEqual({ repositories: 3, done: 1, backToAt: NOW - 2 * DAY });
      expect(await store.completeness.collecting({ sees: 'repositories', repositoryIds: ['7'] })).toBeNull();
    });

    test('tells how far behind log and sweeps are: by the repository that is furthest behind', async () => {
      const store = await stores.open();
      expect(await store.completeness.lag(EVERYONE)).toEqual({ logCheckedUntilAt: null, sweptUntilAt: null, repositories: 0, neverSwept: 0 });
      await store.collection.putRepositories(
        ['7', '8', '9'].map((id) => ({ id, nodeId: `R_${id}`, fullName: `acme/r${id}`, installationId: '1', state: id === '9' ? 'archived' : 'active', stateAt: NOW })),
      );
      await sweep(store, NOW - HOUR);
      await store.healing.checked(NOW, NOW - HOUR);
      await store.healing.checked(NOW - DAY, NOW - DAY);

      expect(await store.completeness.lag(EVERYONE)).toEqual({ logCheckedUntilAt: NOW, sweptUntilAt: NOW - HOUR, repositories: 2, neverSwept: 1 });
      expect(await store.completeness.lag({ sees: 'repositories', repositoryIds: ['8'] })).toEqual({ logCheckedUntilAt: NOW, sweptUntilAt: null, repositories: 1, neverSwept: 1 });
    });
  });
}

async function storeWithRepository(store: Store): Promise<Store> {
  await store.writer.fold(aFold({ repositories: [{ ...REPOSITORY, seenAt: NOW, deletedAt: null }] }));
  return store;
}

async function list(store: Store, { comments, lacking }: { readonly comments: number; readonly lacking: Record<string, number> }, sightings: readonly Sighting[]): Promise<void> {
  await store.completenessWriter.expectParts([{ repositoryId: '7', number: 1, takenAt: NOW - HOUR, createdAt: MONDAY, weeks: [{ kind: 'comments', weekFromAt: MONDAY, count: comments }], lacking }]);
  await foldParts(store, sightings);
}

async function foldParts(store: Store, sightings: readonly Sighting[]): Promise<void> {
  const listings = sightings.flatMap(({ listed }) => listed ?? []);
  const evidence = { ...someEvidence({ created_at: MONDAY, updated_at: NOW }), listings, sightings: Object.fromEntries(sightings.map((one) => [sightingKey(one), one])) };
  await store.writer.fold(aFold({ pullRequests: [aPullRequestChange(REPOSITORY, 1, evidence)] }));
}

async function sweep(store: Store, sweptUntilAt: number): Promise<void> {
  await store.collection.putProgress({ repositoryId: '7', kind: 'pull_requests', cursor: null, done: 1, total: 1, collectedFromAt: null, wantedFromAt: null, isDone: true, sweptUntilAt });
}

function aLogged(guid: string, deliveredAt: number, event = 'pull_request.opened'): LoggedGuid {
  return { guid, event, deliveredAt, repositoryId: '7', isRedelivery: false };
}

function aMissing(guid: string, deliveredAt: number, event?: string): MissingDelivery {
  return { ...aLogged(guid, deliveredAt, event), attemptId: `attempt-${guid}`, askedAt: null, asks: 0, reason: 'It did not arrive.' };
}

function aGap(rest: Partial<CollectionGap>): Omit<CollectionGap, 'healedAt'> {
  return { id: 'pull_requests:7', repositoryId: '7', kind: 'pull_requests', fromAt: MONDAY, toAt: MONDAY + WEEK, missing: 1, expected: 4, reason: 'One is missing.', foundAt: NOW, ...rest };
}

function aListing(takenAt: number): ListingMark {
  return { takenAt, digest: String(takenAt), covers: 'shared' };
}

function aListed(id: string, listed: ListingMark): Sighting {
  return { kind: 'commented', id, at: MONDAY + HOUR, atFrom: 'github', actor: '#2', detail: {}, saidAt: listed.takenAt, listed, knownAt: listed.takenAt, knownBy: null, givenState: null };
}
