import { afterEach, describe, expect, test } from '@jest/globals';
import { Database } from '#src/store/database.ts';
import { storageError } from '#src/store/storage-error.ts';
import { migrate } from '#src/store/migrations/migrate.ts';
import { advanceMark, raiseMark, readMark } from '#src/store/marks.ts';
import type { Dialect } from '#src/store/dialect.ts';
import { clock } from '../builders.ts';
import type { Engine, Place } from './engine.ts';

/** An engine whose databases can be opened from below. */
export interface OpenEngine extends Engine {
  dialect(place: Place): Promise<Dialect>;
}

/** What a database's transactions owe on every engine. */
export function transactionContract(engine: OpenEngine): void {
  describe(`a transaction on ${engine.name}`, () => {
    const opened: Database[] = [];

    afterEach(async () => {
      for (const database of opened.splice(0)) await database.close();
    });

    async function openDatabase(place?: Place): Promise<Database> {
      const database = new Database(await engine.dialect(place ?? (await engine.freshPlace())));
      opened.push(database);
      await migrate(database, ['facts'], clock);
      return database;
    }

    test('refuses the outer handle at once, for queries and for transactions', async () => {
      const database = await openDatabase();
      const write = (): Promise<void> => advanceMark(database.handle, 'outer', 1);

      await expect(database.transact(() => write())).rejects.toMatchObject({ code: 'outer-handle' });
      await expect(database.transact(() => database.transact(() => Promise.resolve()))).rejects.toMatchObject({ code: 'outer-handle' });

      await write();
      expect(await readMark(database.handle, 'outer')).toBe(1);
    });

    test('leaves nothing when it fails, and the next one works', async () => {
      const database = await openDatabase();
      const failing = database.transact(async (transaction) => {
        await raiseMark(transaction, 'count');
        throw new Error('in the middle');
      });

      await expect(failing).rejects.toThrow('in the middle');

      await database.transact((transaction) => raiseMark(transaction, 'count'));
      expect(await readMark(database.handle, 'count')).toBe(1);
    });

    test('takes turns with others that change the same, from two connections', async () => {
      const place = await engine.freshPlace();
      const [first, second] = [await openDatabase(place), await openDatabase(place)];
      const addOne = async (database: Database): Promise<void> =>
        database.transact(async (transaction) => {
          await database.dialect.lock(transaction, 'fold');
          const value = await readMark(transaction, 'sum');
          await advanceMark(transaction, 'sum', value + 1);
        });

      await Promise.all(Array.from({ length: 20 }, (_, index) => addOne(index % 2 === 0 ? first : second)));

      expect(await readMark(first.handle, 'sum')).toBe(20);
    });

    test('is run again when another one made it fail', async () => {
      const database = await openDatabase();
      let runs = 0;

      const result = await database.transact(async (transaction) => {
        runs += 1;
        await raiseMark(transaction, 'count');
        if (runs < 3) throw storageError(Object.assign(new Error('it is their fault'), { code: engine.name === 'SQLite' ? 'SQLITE_BUSY' : '40P01' }));
        return 'done';
      });

      expect([result, runs, await readMark(database.handle, 'count')]).toEqual(['done', 3, 1]);
    });

    test('moves marks forward only', async () => {
      const database = await openDatabase();

      for (const value of [5, 3, 9, 9]) await advanceMark(database.handle, 'folded', value);

      expect(await readMark(database.handle, 'folded')).toBe(9);
    });
  });
}
