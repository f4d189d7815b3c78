import { describe, expect, test } from '@jest/globals';
import { aDelivery, foldAll, NOW } from '../builders.ts';
import { useStores, type Engine } from './engine.ts';

/** What the inbox owes on every engine. */
export function inboxContract(engine: Engine): void {
  describe(`an inbox on ${engine.name}`, () => {
    const stores = useStores(engine);

    test('gives a delivery back as it came, bytes that are no text included', async () => {
      const { inbox } = await stores.open();
      const delivery = aDelivery('a', { channel: 'api', event: 'recording', takenAt: NOW - 5, format: 'form', body: Uint8Array.from([0, 255, 13, 10, 128]) });

      await inbox.store([delivery]);

      const [found] = await inbox.byGuid(['a', 'unknown']);
      expect(found).toEqual({ ...delivery, id: expect.any(Number), body: expect.anything() });
      expect([...(found?.body ?? [])]).toEqual([0, 255, 13, 10, 128]);
    });

    test('stores a GUID once, as it was first', async () => {
      const { inbox } = await stores.open();
      await inbox.store([aDelivery('a', { event: 'push' })]);

      const count = await inbox.store([aDelivery('a', { event: 'issues', body: Buffer.from('other') }), aDelivery('b')]);

      expect(count).toBe(1);
      expect((await inbox.byGuid(['a', 'b'])).map(({ guid, event }) => [guid, event])).toEqual([
        ['a', 'push'],
        ['b', 'pull_request'],
      ]);
    });

    test('counts what was new for each of the calls that it stores together', async () => {
      const { inbox } = await stores.open();

      const counts = await Promise.all([
        inbox.store([aDelivery('a'), aDelivery('b'), aDelivery('a')]),
        inbox.store([]),
        inbox.store([aDelivery('b'), aDelivery('c')]),
        inbox.store([aDelivery('c')]),
      ]);

      expect(counts).toEqual([2, 0, 1, 0]);
    });

    test('keeps the order in which deliveries came', async () => {
      const { inbox } = await stores.open();
      const guids = Array.from({ length: 200 }, (_, index) => `guid-${(index * 37) % 200}`);

      await Promise.all(guids.map((guid) => inbox.store([aDelivery(guid)])));

      expect((await inbox.byGuid([...guids].sort())).map(({ guid }) => guid)).toEqual(guids);
    });

    test('takes the earlier time of a delivery known already, and has it read again', async () => {
      const store = await stores.open();
      await store.inbox.store([aDelivery('a'), aDelivery('b')]);
      await foldAll(store);

      const count = await store.inbox.store([aDelivery('a', { deliveredAt: NOW - 7 })]);

      expect(count).toBe(0);
      expect((await store.writer.pending(9)).map(({ guid, deliveredAt }) => [guid, deliveredAt])).toEqual([['a', NOW - 7]]);
      expect(await foldAll(store)).toEqual(['a']);
      expect(await store.writer.pending(9)).toEqual([]);
    });

    test('keeps the time of a delivery that comes again later', async () => {
      const store = await stores.open();
      await store.inbox.store([aDelivery('a')]);
      await foldAll(store);

      await store.inbox.store([aDelivery('a', { deliveredAt: NOW + 7 })]);

      expect((await store.inbox.byGuid(['a']))[0]?.deliveredAt).toBe(NOW);
      expect(await store.writer.pending(9)).toEqual([]);
    });

    test('takes the earliest of one batch', async () => {
      const { inbox } = await stores.open();

      await inbox.store([aDelivery('a', { deliveredAt: NOW + 2 }), aDelivery('a', { deliveredAt: NOW + 1 }), aDelivery('a', { deliveredAt: NOW + 3 })]);

      expect((await inbox.byGuid(['a']))[0]?.deliveredAt).toBe(NOW + 1);
    });

    test('stores texts that no database holds, as texts that all do', async () => {
      const { inbox } = await stores.open();

      await inbox.store([aDelivery('nul\u0000', { event: 'lone \uD800' })]);

      expect(await inbox.store([aDelivery('nul\u0000')])).toBe(0);
      expect((await inbox.byGuid(['nul\u0000'])).map(({ guid, event }) => [guid, event])).toEqual([['nul\uFFFD', 'lone \uFFFD']]);
    });

    test('holds what it confirmed when it is opened again', async () => {
      const place = await engine.freshPlace();
      const before = await stores.open(place);
      await before.inbox.store([aDelivery('a')]);
      await before.close();

      const after = await stores.open(place);

      expect((await after.writer.pending(9)).map(({ guid }) => guid)).toEqual(['a']);
    });

    test('refuses once it is closed', async () => {
      const store = await stores.open();
      await store.close();

      await expect(store.inbox.store([aDelivery('a')])).rejects.toThrow();
    });
  });
}
