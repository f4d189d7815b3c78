import type { Clock } from '#src/core/clock.ts';
import type { Leases } from '#src/domain/lease.ts';
import type { Database } from './database.ts';

/** Leases in a table. Taking one is a single statement, so that of two that try at once one is refused. */
export class DatabaseLeases implements Leases {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async acquire(name: string, holder: string, seconds: number): Promise<boolean> {
    const nowAt = this.#clock.now();
    return this.#database.transact(async (transaction) => {
      await transaction
        .insertInto('leases')
        .values({ name, holder, until_at: nowAt + seconds * 1000 })
        .onConflict((conflict) =>
          conflict
            .column('name')
            .doUpdateSet({ holder: (set) => set.ref('excluded.holder'), until_at: (set) => set.ref('excluded.until_at') })
            .where((where) => where.or([where('leases.until_at', '<=', nowAt), where('leases.holder', '=', holder)])),
        )
        .execute();
      const row = await transaction.selectFrom('leases').select('holder').where('name', '=', name).executeTakeFirst();
      return row?.holder === holder;
    });
  }

  async release(name: string, holder: string): Promise<void> {
    await this.#database.transact(async (transaction) => {
      await transaction.deleteFrom('leases').where('name', '=', name).where('holder', '=', holder).execute();
    });
  }
}
