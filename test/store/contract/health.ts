import { describe, expect, test } from '@jest/globals';
import { aDelivery, clock, NOW } from '../builders.ts';
import { useStores, type Engine } from './engine.ts';

/** What a store says about itself on every engine. */
export function healthContract(engine: Engine): void {
  describe(`the health on ${engine.name}`, () => {
    const stores = useStores(engine);

    test('is no damage where there is none, or nothing where the engine has no such check', async () => {
      const { health } = await stores.open();

      const damage = await health.damage();

      expect(damage ?? []).toEqual([]);
    });

    test('says how large the store is', async () => {
      const { health } = await stores.open();

      expect(await health.size()).toBeGreaterThan(10_000);
    });

    test('counts what was stored since an instant, as it is kept', async () => {
      const store = await stores.open();
      clock.set(NOW - 1);
      await store.inbox.store([aDelivery('before')]);
      clock.set(NOW);
      await store.inbox.store([aDelivery('one', { body: Buffer.from('{}') }), aDelivery('two', { body: Buffer.from('[1]') })]);

      expect(await store.health.storedSince(NOW)).toEqual({ deliveries: 2, bytes: 5 });
      expect(await store.health.storedSince(NOW + 1)).toEqual({ deliveries: 0, bytes: 0 });
    });
  });
}
