import { afterEach } from '@jest/globals';
import type { Store } from '#src/domain/store.ts';
import { openStore, type StoreOptions } from '#src/store/store.ts';
import { clock } from '../builders.ts';

/** Where a store is, empty as long as nothing was opened there. */
export type Place = Pick<StoreOptions, 'dataDir' | 'databaseUrl'>;

/** An engine under the contract. */
export interface Engine {
  readonly name: string;
  freshPlace(): Promise<Place>;
}

/** The stores of one test, closed after it. */
export interface Stores {
  /** Opens a store at a place, a fresh one unless it is given. */
  open(place?: Place): Promise<Store>;
}

/** Opens stores for the tests of the present `describe`. */
export function useStores(engine: Engine): Stores {
  const opened: Store[] = [];
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
  });
  return {
    async open(place) {
      const store = await openStore({ ...(place ?? (await engine.freshPlace())), clock });
      opened.push(store);
      return store;
    },
  };
}
