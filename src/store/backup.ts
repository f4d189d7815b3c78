import { closeSync, existsSync, fsyncSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { NarrowsError } from '#src/core/errors.ts';
import { Database } from './database.ts';
import { sqliteDialect } from './dialect.ts';

/**
 * The files of a SQLite installation in the order in which they are copied. Facts say which deliveries they were made
 * of; an inbox copied after them holds all of these, and whatever it holds beyond is read once more after a restore.
 * The other way round, facts could speak of deliveries that the copy lacks.
 */
export const STORE_FILES = ['facts.sqlite', 'inbox.sqlite'] as const;

/** What a copy holds, to compare a restore with. */
export interface StoreContents {
  readonly deliveries: number;
  readonly pullRequests: number;
  /** When the newest delivery came, epoch ms; null while there is none. */
  readonly deliveredAt: number | null;
}

/**
 * Copies the databases of a data folder while others read and write them; each copy is one instant of its file, whole
 * and compact. The target folder must exist and hold neither. Rejects with `storage-full` when it does not fit and with
 * `storage-failed` when a database cannot be read.
 */
export async function copyStore(dataDir: string, target: string): Promise<void> {
  for (const file of STORE_FILES) {
    const copy = join(target, file);
    closeSync(openSync(copy, 'wx', 0o600));
    await within(join(dataDir, file), async ({ handle }) => {
      await sql`vacuum into ${copy}`.execute(handle);
    });
    sync(copy);
  }
}

/** Reads copies from end to end and says what they hold. Rejects with `storage-failed` when one is damaged. */
export async function checkedContents(folder: string): Promise<StoreContents> {
  const [facts, inbox] = STORE_FILES.map((file) => join(folder, file));
  if (facts === undefined || inbox === undefined) throw new Error('A store has two files.');
  const pullRequests = await within(facts, async (database) => {
    await checkWhole(database, facts);
    const row = await database.handle.selectFrom('pull_requests').select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
    return row.count;
  });
  const { count: deliveries, delivered_at: deliveredAt } = await within(inbox, async (database) => {
    await checkWhole(database, inbox);
    return database.handle
      .selectFrom('deliveries')
      .select(({ fn }) => [fn.countAll<number>().as('count'), fn.max('delivered_at').as('delivered_at')])
      .executeTakeFirstOrThrow();
  });
  return { deliveries, pullRequests, deliveredAt };
}

/** The databases, with their journals, that a folder holds already. */
export function storeFilesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => STORE_FILES.some((file) => name.startsWith(file)));
}

async function within<T>(path: string, work: (database: Database) => Promise<T>): Promise<T> {
  if (!existsSync(path)) throw new NarrowsError('storage-failed', `There is no database at ${path}.`);
  const database = new Database(await sqliteDialect({ path, durability: 'normal', pageSize: 8_192, isReadOnly: true }));
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

async function checkWhole({ handle }: Database, path: string): Promise<void> {
  const { rows } = await sql<{ quick_check: string }>`pragma quick_check(1)`.execute(handle);
  if (rows[0]?.quick_check !== 'ok') throw new NarrowsError('storage-failed', `${path} is damaged (${rows[0]?.quick_check ?? 'it cannot be read'}).`);
}

/** Waits until a file is on disk. */
function sync(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
