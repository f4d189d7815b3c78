import type { ScheduleMarks } from '#src/domain/lease.ts';
import type { Database } from './database.ts';

/** What schedules remember, in a table. */
export class DatabaseScheduleMarks implements ScheduleMarks {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async keepFirst(name: string, at: number): Promise<number> {
    return this.#database.transact(async (transaction) => {
      await transaction
        .insertInto('schedule_marks')
        .values({ name, value: at })
        .onConflict((conflict) => conflict.column('name').doNothing())
        .execute();
      const row = await transaction.selectFrom('schedule_marks').select('value').where('name', '=', name).executeTakeFirst();
      return row?.value ?? at;
    });
  }

  async forgetExcept(prefix: string, names: readonly string[]): Promise<void> {
    await this.#database.transact(async (transaction) => {
      const rows = await transaction.selectFrom('schedule_marks').select('name').execute();
      const gone = rows.map(({ name }) => name).filter((name) => name.startsWith(prefix) && !names.includes(name));
      if (gone.length === 0) return;
      await transaction.deleteFrom('schedule_marks').where(this.#database.dialect.isOneOf('name', gone)).execute();
    });
  }
}
