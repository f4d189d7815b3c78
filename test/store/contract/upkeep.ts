import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Store } from '#src/domain/store.ts';
import { aDelivery, aFold, aPullRequestChange, byId, clock, EVERYONE, foldAll, NOW, subjects } from '../builders.ts';
import { useStores, type Engine } from './engine.ts';

const DAY = 86_400_000;

/** What upkeep owes on every engine. */
export function upkeepContract(engine: Engine): void {
  describe(`upkeep on ${engine.name}`, () => {
    const stores = useStores(engine);

    async function storeAt(store: Store, at: number, ...guids: readonly string[]): Promise<void> {
      clock.set(at);
      await store.inbox.store(guids.map((guid) => aDelivery(guid)));
      clock.set(NOW);
    }

    async function toTheEnd(step: () => Promise<boolean>): Promise<number> {
      let steps = 1;
      while (await step()) steps += 1;
      return steps;
    }

    test('compresses what was folded, in steps, and gives it back as it came', async () => {
      const store = await stores.open();
      const bodies = Array.from({ length: 150 }, (_, index) => (index % 50 === 0 ? randomBytes(300) : Buffer.from(`${index}`.repeat(2000))));
      await store.inbox.store(bodies.map((body, index) => aDelivery(`guid-${index}`, { body })));
      const pending = await store.writer.pending(140);
      await store.writer.fold(aFold({}, pending));

      const steps = await toTheEnd(() => store.upkeep.compact());

      expect(steps).toBeGreaterThan(2);
      const found = await store.inbox.byGuid(bodies.map((_, index) => `guid-${index}`));
      expect(found.map(({ body }) => Buffer.from(body).toString('hex'))).toEqual(bodies.map((body) => body.toString('hex')));
      expect(await store.upkeep.compact()).toBe(false);
    });

    test('goes on with what is folded later', async () => {
      const store = await stores.open();
      await storeAt(store, NOW, 'a');
      await foldAll(store);
      await toTheEnd(() => store.upkeep.compact());
      await storeAt(store, NOW, 'b');

      expect(await store.upkeep.compact()).toBe(false);
      await foldAll(store);
      expect(await store.upkeep.compact()).toBe(true);
    });

    test('forgets deliveries of an age that were folded, and what became of them, but no fact', async () => {
      const store = await stores.open();
      await storeAt(store, NOW - 31 * DAY, ...Array.from({ length: 600 }, (_, index) => `old-${index}`));
      await storeAt(store, NOW - 30 * DAY, 'young');
      await store.writer.fold(aFold({ pullRequests: [aPullRequestChange(byId('7', 'acme/widgets'), 1)] }, await store.writer.pending(999)));

      const steps = await toTheEnd(() => store.upkeep.forget(NOW - 30 * DAY));

      expect(steps).toBe(2);
      expect((await store.inbox.byGuid(['old-0', 'old-599', 'young'])).map(({ guid }) => guid)).toEqual(['young']);
      expect(await store.reader.outcomeCounts(EVERYONE)).toEqual([{ event: 'pull_request', outcome: 'facts', count: 1 }]);
      expect(await store.writer.pending(9)).toEqual([]);
      expect(await store.writer.replay(null)).toBe(1);
      expect(await subjects(store)).toEqual(['acme/widgets#1']);
    });

    test('keeps dead letters until a replay solves them, and what was never folded', async () => {
      const store = await stores.open();
      await storeAt(store, NOW - 90 * DAY, 'dead', 'facts');
      const [dead, facts] = await store.writer.pending(2);
      if (dead === undefined || facts === undefined) throw new Error('two were stored');
      await store.writer.fold(aFold({}, [dead], 'dead', 'not JSON'));
      await store.writer.fold(aFold({}, [facts]));
      await storeAt(store, NOW - 90 * DAY, 'waiting');

      await toTheEnd(() => store.upkeep.forget(NOW));

      expect((await store.inbox.byGuid(['dead', 'facts', 'waiting'])).map(({ guid }) => guid)).toEqual(['dead', 'waiting']);
      await store.writer.replay('dead');
      expect(await foldAll(store)).toEqual(['dead', 'waiting']);
      await toTheEnd(() => store.upkeep.forget(NOW));
      expect(await store.inbox.byGuid(['dead', 'waiting'])).toEqual([]);
    });

    test('never gives the place of a forgotten delivery to another', async () => {
      const store = await stores.open();
      await storeAt(store, NOW - DAY, 'a', 'b');
      await foldAll(store);
      await toTheEnd(() => store.upkeep.forget(NOW));

      await storeAt(store, NOW, 'c');

      expect(await foldAll(store)).toEqual(['c']);
    });
  });
}
