import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { StoredDelivery } from '#src/domain/delivery.ts';
import type { FactChanges } from '#src/domain/source.ts';
import type { Store } from '#src/domain/store.ts';
import { aComment, aDelivery, aFold, aPullRequestChange, byId, byName, EVERYONE, foldAll, read, someEvidence, subjects } from '../builders.ts';
import { useStores, type Engine } from './engine.ts';

const REPOSITORY = byId('7', 'acme/widgets');

/** A pull request for each GUID. */
function pullRequestOf(guid: string): FactChanges {
  return { pullRequests: [aPullRequestChange(REPOSITORY, Number(guid.replace(/\D/g, '')))] };
}

async function storeMany(store: Store, count: number, prefix = 'guid-'): Promise<void> {
  await store.inbox.store(Array.from({ length: count }, (_, index) => aDelivery(`${prefix}${index + 1}`)));
}

function guidsOf(deliveries: readonly StoredDelivery[]): string[] {
  return deliveries.map(({ guid }) => guid);
}

/** What folding owes on every engine. */
export function foldingContract(engine: Engine): void {
  describe(`folding on ${engine.name}`, () => {
    const stores = useStores(engine);

    test('takes deliveries oldest first, and each once', async () => {
      const store = await stores.open();
      await storeMany(store, 5);

      expect(guidsOf(await store.writer.pending(2))).toEqual(['guid-1', 'guid-2']);
      expect(await foldAll(store, pullRequestOf, 2)).toEqual(['guid-1', 'guid-2', 'guid-3', 'guid-4', 'guid-5']);
      expect(await store.writer.pending(2)).toEqual([]);
      expect(await subjects(store)).toHaveLength(5);
    });

    test('takes only as many bodies at once as are no burden, and one however large it is', async () => {
      const store = await stores.open();
      await store.inbox.store([3, 3, 3, 20, 1, 1].map((megabytes, index) => aDelivery(`guid-${index + 1}`, { body: randomBytes(megabytes * 2 ** 20) })));

      const taken: string[][] = [];
      for (let pending = await store.writer.pending(9); pending.length > 0; pending = await store.writer.pending(9)) {
        taken.push(guidsOf(pending));
        await store.writer.fold(aFold({}, pending));
      }

      expect(taken).toEqual([['guid-1', 'guid-2'], ['guid-3'], ['guid-4'], ['guid-5', 'guid-6']]);
    });

    test('goes on where it was when it is opened again', async () => {
      const place = await engine.freshPlace();
      const before = await stores.open(place);
      await storeMany(before, 4);
      await before.writer.fold(aFold({}, await before.writer.pending(3)));
      await before.close();

      const after = await stores.open(place);

      expect(guidsOf(await after.writer.pending(9))).toEqual(['guid-4']);
    });

    test('forgets nothing when a later part of what it was given is folded first', async () => {
      const place = await engine.freshPlace();
      const store = await stores.open(place);
      await storeMany(store, 6);
      const pending = await store.writer.pending(6);

      await store.writer.fold(aFold({}, pending.slice(4)));
      await store.writer.fold(aFold({}, pending.slice(0, 2)));

      expect(guidsOf(await store.writer.pending(6))).toEqual(['guid-3', 'guid-4']);
      expect(guidsOf(await (await stores.open(place)).writer.pending(6))).toEqual(['guid-3', 'guid-4']);
    });

    test('marks nothing and changes nothing when it fails midway', async () => {
      const store = await stores.open();
      await storeMany(store, 2);
      const pending = await store.writer.pending(2);
      const trouble = {
        ...pullRequestOf('1'),
        accounts: [{ id: '1', login: 'ada', type: null, seenAt: 1 }],
        get collaborators(): never {
          throw new Error('the power went');
        },
      };

      await expect(store.writer.fold({ ...aFold({}, pending), changes: Object.defineProperties(aFold({}).changes, Object.getOwnPropertyDescriptors(trouble)) })).rejects.toThrow('the power went');

      expect(await subjects(store)).toEqual([]);
      expect((await store.reader.accounts()).canonical('@ada')).toBe('@ada');
      expect(await store.reader.outcomeCounts(EVERYONE)).toEqual([]);
      expect(await foldAll(store, pullRequestOf)).toEqual(['guid-1', 'guid-2']);
      expect(await subjects(store)).toHaveLength(2);
    });

    test('of one batch twice, or by two processes at once, changes nothing', async () => {
      const place = await engine.freshPlace();
      const [first, second] = [await stores.open(place), await stores.open(place)];
      await storeMany(first, 40);
      const batches = await Promise.all([first.writer.pending(40), second.writer.pending(40)]);

      await Promise.all(
        [first, second].flatMap((store, index) => (batches[index] ?? []).map((delivery) => store.writer.fold(aFold(pullRequestOf(delivery.guid), [delivery])))),
      );

      expect(await first.writer.pending(9)).toEqual([]);
      expect(await second.writer.pending(9)).toEqual([]);
      expect(await first.reader.outcomeCounts(EVERYONE)).toEqual([{ event: 'pull_request', outcome: 'facts', count: 40 }]);
      expect(await read(second)).toEqual(await read(first));
      expect(await subjects(first)).toHaveLength(40);
    });

    test('joins what two processes know of one pull request', async () => {
      const place = await engine.freshPlace();
      const [first, second] = [await stores.open(place), await stores.open(place)];
      const tell = (store: Store, id: number): Promise<void> =>
        store.writer.fold(aFold({ pullRequests: [aPullRequestChange(id % 2 === 0 ? REPOSITORY : byName('acme/widgets'), 1, someEvidence({}, [aComment(String(id))]))] }));

      await Promise.all(Array.from({ length: 30 }, (_, id) => tell(id % 3 === 0 ? first : second, id)));

      const [found] = await read(first);
      expect(found?.pullRequest.events.filter(({ kind }) => kind === 'commented').map(({ id }) => Number(id)).sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, id) => id));
    });

    test('loses nothing that others store meanwhile', async () => {
      const place = await engine.freshPlace();
      const [first, second, folder] = [await stores.open(place), await stores.open(place), await stores.open(place)];
      const storing = Promise.all(
        [first, second].map(async (store, process) => {
          for (let turn = 0; turn < 20; turn += 1) await storeMany(store, 5, `${process}-${turn}-`);
        }),
      );

      const folded = new Set<string>();
      const state = { isStoring: true };
      void storing.then(() => (state.isStoring = false));
      while (state.isStoring) {
        for (const guid of await foldAll(folder, () => ({}), 7)) folded.add(guid);
        await setImmediate();
      }
      for (const guid of await foldAll(folder)) folded.add(guid);

      expect(folded.size).toBe(200);
    });

    test('reads again what a replay asks for, and says how much that is', async () => {
      const store = await stores.open();
      await storeMany(store, 3);
      const [first, ...rest] = await store.writer.pending(3);
      await store.writer.fold(aFold({}, first === undefined ? [] : [first], 'dead', 'not JSON'));
      await store.writer.fold(aFold({}, rest));

      expect(await store.writer.replay('dead')).toBe(1);
      expect(guidsOf(await store.writer.pending(9))).toEqual(['guid-1']);
      await foldAll(store);
      expect(await store.reader.outcomeCounts(EVERYONE)).toEqual([{ event: 'pull_request', outcome: 'facts', count: 3 }]);

      expect(await store.writer.replay(null)).toBe(3);
      expect(await foldAll(store, pullRequestOf, 2)).toEqual(['guid-1', 'guid-2', 'guid-3']);
      expect(await store.writer.replay('unknown')).toBe(0);
    });

    test('keeps a replay that a failure or a restart interrupts', async () => {
      const place = await engine.freshPlace();
      const store = await stores.open(place);
      await storeMany(store, 3);
      await foldAll(store);
      await store.writer.replay(null);
      const [first] = await store.writer.pending(1);
      await store.writer.fold(aFold({}, first === undefined ? [] : [first]));
      await store.close();

      expect(guidsOf(await (await stores.open(place)).writer.pending(9))).toEqual(['guid-2', 'guid-3']);
    });

    test('counts what became of deliveries, and lists the dead ones newest first', async () => {
      const store = await stores.open();
      await storeMany(store, 4);
      await store.inbox.store([aDelivery('star', { event: 'star' })]);
      const [a, b, c, d, star] = await store.writer.pending(5);
      if (a === undefined || b === undefined || c === undefined || d === undefined || star === undefined) throw new Error('five were stored');

      await store.writer.fold(aFold({}, [a, c], 'dead', 'no \u0000 JSON'));
      await store.writer.fold(aFold({}, [b], 'ignored', 'an issue'));
      await store.writer.fold(aFold({}, [d]));
      await store.writer.fold(aFold({}, [star], 'unknown'));

      expect(await store.reader.outcomeCounts(EVERYONE)).toEqual([
        { event: 'pull_request', outcome: 'dead', count: 2 },
        { event: 'pull_request', outcome: 'facts', count: 1 },
        { event: 'pull_request', outcome: 'ignored', count: 1 },
        { event: 'star', outcome: 'unknown', count: 1 },
      ]);
      const dead = { event: 'pull_request', outcome: 'dead', reason: 'no \uFFFD JSON' };
      expect(await store.reader.deadLetters(EVERYONE, 9)).toMatchObject([
        { ...dead, guid: 'guid-3', deliveryId: c.id },
        { ...dead, guid: 'guid-1', deliveryId: a.id },
      ]);
      expect(await store.reader.deadLetters(EVERYONE, 1)).toHaveLength(1);
      const limited = { sees: 'repositories', repositoryIds: ['7'] } as const;
      expect([await store.reader.deadLetters(limited, 9), await store.reader.outcomeCounts(limited)]).toEqual([[], []]);
    });
  });
}
