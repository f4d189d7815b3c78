import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { Database } from '#src/store/database.ts';
import { deliveryRow } from '#src/store/deliveries.ts';
import { postgresDialect } from '#src/store/dialect.ts';
import { FOLDED_MARK, raiseMark, readMark } from '#src/store/marks.ts';
import { insertRows } from '#src/store/rows.ts';
import { openStore } from '#src/store/store.ts';
import { startPostgres, type TestPostgres } from '#test/support/postgres.ts';
import { aDelivery, aFold, clock, EVERYONE, foldAll, NOW } from './builders.ts';

let server: TestPostgres;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  server = await startPostgres();
}, 60_000);

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

afterAll(async () => {
  await server.stop();
});

async function openBoth(): Promise<{ store: Awaited<ReturnType<typeof openStore>>; database: Database; databaseUrl: string }> {
  const databaseUrl = await server.freshDatabase();
  const store = await openStore({ dataDir: '/nowhere', databaseUrl, clock });
  const database = new Database(postgresDialect(databaseUrl));
  closing.push(
    () => store.close(),
    () => database.close(),
  );
  return { store, database, databaseUrl };
}

function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe('on PostgreSQL, where ids are not committed in their order', () => {
  /** Stores as the inbox does, but takes its time before the commit. */
  function storeSlowly(database: Database, guid: string): { readonly inserted: Promise<void>; commit(): Promise<void> } {
    const [inserted, mayCommit] = [gate(), gate()];
    const committed = database.transact(async (transaction) => {
      await database.dialect.announceInsert(transaction);
      const row = deliveryRow(aDelivery(guid), NOW);
      await insertRows(database, transaction, { table: 'deliveries', columns: Object.keys(row), onConflict: { key: ['guid'], then: 'keep' } }, [row]);
      inserted.open();
      await mayCommit.opened;
    });
    return {
      inserted: inserted.opened,
      async commit() {
        mayCommit.open();
        await committed;
      },
    };
  }

  test('a delivery that appears below those folded already is folded too', async () => {
    const { store, database } = await openBoth();
    const slow = storeSlowly(database, 'early');
    await slow.inserted;
    await store.inbox.store([aDelivery('late')]);

    expect(await foldAll(store)).toEqual(['late']);
    expect(await foldAll(store)).toEqual([]);
    await slow.commit();

    const [early, late] = await store.inbox.byGuid(['early', 'late']);
    expect(early?.id).toBeLessThan(late?.id ?? 0);
    expect(await foldAll(store)).toEqual(['early']);
  });

  test('the mark moves again once nothing is under way', async () => {
    const { store, database } = await openBoth();
    const slow = storeSlowly(database, 'early');
    await slow.inserted;
    await store.inbox.store([aDelivery('late')]);
    await foldAll(store);
    expect(await readMark(database.handle, FOLDED_MARK)).toBe(0);
    await slow.commit();

    await foldAll(store);
    await store.inbox.store([aDelivery('next')]);
    await foldAll(store);

    const [next] = await store.inbox.byGuid(['next']);
    expect(await readMark(database.handle, FOLDED_MARK)).toBe(next?.id);
  });

  test('a stream of inserts without a gap does not hold the mark for ever', async () => {
    const { store, database } = await openBoth();
    let isStreaming = true;
    const streams = [0, 1].map(async (stream) => {
      for (let turn = 0; isStreaming; turn += 1) {
        const slow = storeSlowly(database, `${stream}-${turn}`);
        await slow.inserted;
        await new Promise((resolve) => setTimeout(resolve, 4 + stream));
        await slow.commit();
      }
    });

    for (let round = 0; round < 120; round += 1) await store.writer.fold(aFold({}, await store.writer.pending(50)));
    isStreaming = false;
    await Promise.all(streams);

    expect(await readMark(database.handle, FOLDED_MARK)).toBeGreaterThan(0);
    await foldAll(store);
    expect(await store.writer.pending(9)).toEqual([]);
  });

  test('an insert that never ends holds up neither the others nor the folding', async () => {
    const { store, database } = await openBoth();
    const stuck = storeSlowly(database, 'stuck');
    await stuck.inserted;
    let slowest = 0;

    for (let round = 0; round < 60; round += 1) {
      const startedAt = performance.now();
      const [, pending] = await Promise.all([store.inbox.store([aDelivery(`guid-${round}`)]), store.writer.pending(9)]);
      await store.writer.fold(aFold({}, pending));
      slowest = Math.max(slowest, performance.now() - startedAt);
    }

    expect(slowest).toBeLessThan(5_000);
    await foldAll(store);
    expect(await store.reader.outcomeCounts(EVERYONE)).toEqual([{ event: 'pull_request', outcome: 'facts', count: 60 }]);
    await stuck.commit();
    expect(await foldAll(store)).toEqual(['stuck']);
  });

  test('two transactions that wait for each other both come to their end', async () => {
    const { database } = await openBoth();
    const meeting = [gate(), gate()];
    let runs = 0;
    const cross = (first: string, second: string, mine: number): Promise<void> =>
      database.transact(async (transaction) => {
        runs += 1;
        await raiseMark(transaction, first);
        meeting[mine]?.open();
        await meeting[1 - mine]?.opened;
        await raiseMark(transaction, second);
      });

    await Promise.all([cross('a', 'b', 0), cross('b', 'a', 1)]);

    expect(runs).toBeGreaterThan(2);
    expect([await readMark(database.handle, 'a'), await readMark(database.handle, 'b')]).toEqual([2, 2]);
  });

  test('while one process folds, another one does not do the same work', async () => {
    const { store, databaseUrl } = await openBoth();
    const other = await openStore({ dataDir: '/nowhere', databaseUrl, clock });
    closing.push(() => other.close());
    await store.inbox.store([aDelivery('a')]);
    const mine = await store.writer.pending(9);

    const theirs = other.writer.pending(9);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await store.writer.fold(aFold({}, mine));

    expect(await theirs).toEqual([]);
  });

  test('the turn of a process that dies goes to the next', async () => {
    const { store, database, databaseUrl } = await openBoth();
    const other = await openStore({ dataDir: '/nowhere', databaseUrl, clock });
    closing.push(() => other.close());
    await store.inbox.store([aDelivery('a')]);
    await store.writer.pending(9);

    await sql`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'`.execute(database.handle);

    expect(await other.writer.pending(9)).toHaveLength(1);
    expect(await foldAll(store)).toEqual(['a']);
  });
});

describe('a PostgreSQL that is not there', () => {
  test('is refused with what to do, and without its password', async () => {
    const error: unknown = await openStore({ dataDir: '/nowhere', databaseUrl: 'postgres://narrows:hidden-word@127.0.0.1:1/none', clock }).catch((reason: unknown) => reason);

    expect(error).toMatchObject({ code: 'storage-failed', message: expect.stringContaining('ECONNREFUSED') });
    expect(String(error)).not.toContain('hidden-word');
  });
});
