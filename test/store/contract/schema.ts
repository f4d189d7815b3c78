import { afterEach, describe, expect, test } from '@jest/globals';
import { Database } from '#src/store/database.ts';
import { migrate, MIGRATION_STEPS } from '#src/store/migrations/migrate.ts';
import type { MigrationStep } from '#src/store/migrations/step.ts';
import { aDelivery, clock } from '../builders.ts';
import { useStores, type Place } from './engine.ts';
import type { OpenEngine } from './transactions.ts';

/** What the schema's steps owe on every engine. */
export function schemaContract(engine: OpenEngine): void {
  describe(`the schema on ${engine.name}`, () => {
    const stores = useStores(engine);
    const opened: Database[] = [];

    afterEach(async () => {
      for (const database of opened.splice(0)) await database.close();
    });

    async function openDatabase(place: Place): Promise<Database> {
      const database = new Database(await engine.dialect(place));
      opened.push(database);
      return database;
    }

    function stepThat(apply: MigrationStep['apply'], breaking = false): MigrationStep {
      return { name: '9999-later', part: 'facts', breaking, apply };
    }

    async function appliedSteps(database: Database): Promise<string[]> {
      const rows = await database.handle.selectFrom('schema_steps').select('name').orderBy('name').execute();
      return rows.map(({ name }) => name);
    }

    test('is made by the first that opens it and found by the next', async () => {
      const place = await engine.freshPlace();
      const first = await stores.open(place);
      await first.inbox.store([aDelivery('a')]);

      const second = await stores.open(place);

      expect(await second.inbox.byGuid(['a'])).toHaveLength(1);
    });

    test('is made once by many that open it at once', async () => {
      const place = await engine.freshPlace();

      const all = await Promise.all(Array.from({ length: 5 }, () => stores.open(place)));

      await Promise.all(all.map(({ inbox }, index) => inbox.store([aDelivery(`guid-${index}`)])));
      expect(await all[0]?.inbox.byGuid(Array.from({ length: 5 }, (_, index) => `guid-${index}`))).toHaveLength(5);
    });

    test('runs each step once, even in steps that cannot bear it twice', async () => {
      const place = await engine.freshPlace();
      const database = await openDatabase(place);
      let runs = 0;
      const steps = [...MIGRATION_STEPS, stepThat(() => Promise.resolve(void (runs += 1)))];

      await Promise.all([migrate(database, ['facts'], clock, steps), migrate(await openDatabase(place), ['facts'], clock, steps)]);
      await migrate(database, ['facts'], clock, steps);

      expect(runs).toBe(1);
    });

    test('stays as it was when a step fails', async () => {
      const place = await engine.freshPlace();
      const database = await openDatabase(place);
      await migrate(database, ['facts'], clock);
      const before = await appliedSteps(database);
      const failing = stepThat(async ({ schema }) => {
        await schema.createTable('half').addColumn('a', 'text').execute();
        throw new Error('no further');
      });

      await expect(migrate(database, ['facts'], clock, [...MIGRATION_STEPS, failing])).rejects.toThrow('no further');

      expect(await appliedSteps(database)).toEqual(before);
      await migrate(database, ['facts'], clock, [...MIGRATION_STEPS, stepThat(({ schema }) => schema.createTable('half').addColumn('b', 'text').execute())]);
      expect(await appliedSteps(database)).toEqual([...before, '9999-later']);
    });

    test('of a newer program is refused when it is breaking, and says what to do', async () => {
      const place = await engine.freshPlace();
      await migrate(await openDatabase(place), ['facts'], clock, [...MIGRATION_STEPS, stepThat(() => Promise.resolve(), true)]);

      await expect(stores.open(place)).rejects.toMatchObject({ code: 'schema-newer', message: expect.stringContaining('9999-later') });
    });

    test('of a newer program is used when it breaks nothing', async () => {
      const place = await engine.freshPlace();
      const widened = stepThat(({ schema }) => schema.alterTable('pull_requests').addColumn('colour', 'text').execute());
      await migrate(await openDatabase(place), ['facts'], clock, [...MIGRATION_STEPS, widened]);

      const store = await stores.open(place);

      await store.inbox.store([aDelivery('a')]);
      expect(await store.writer.pending(9)).toHaveLength(1);
    });

    test('is applied again without harm where its steps were forgotten', async () => {
      const place = await engine.freshPlace();
      const database = await openDatabase(place);
      await migrate(database, ['facts'], clock);
      await database.handle.deleteFrom('schema_steps').execute();

      await migrate(database, ['facts'], clock);

      expect(await appliedSteps(database)).toEqual(MIGRATION_STEPS.filter(({ part }) => part === 'facts').map(({ name }) => name));
    });
  });
}
