import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '#src/core/clock.ts';
import { NarrowsError } from '#src/core/errors.ts';
import type { ReadingStore, Store } from '#src/domain/store.ts';
import { DatabaseCollection } from './collection.ts';
import { DatabaseCompleteness } from './completeness.ts';
import { DatabaseCompletenessAudit } from './completeness-audit.ts';
import { DatabaseCompletenessWriter } from './completeness-writer.ts';
import { Database } from './database.ts';
import { postgresDialect, sqliteDialect, type SqliteOptions } from './dialect.ts';
import { GroupedInbox } from './grouped-inbox.ts';
import { DatabaseHealth } from './health.ts';
import { DatabaseHealing } from './healing.ts';
import { DatabaseInbox } from './inbox.ts';
import { DatabaseLeases } from './leases.ts';
import { migrate } from './migrations/migrate.ts';
import type { Part } from './migrations/step.ts';
import { DatabaseOutbox } from './outbox.ts';
import { DatabaseFactReader } from './reader.ts';
import { DatabaseScheduleMarks } from './schedule-marks.ts';
import { DatabaseUpkeep } from './upkeep.ts';
import { DatabaseWaitReader } from './wait-reader.ts';
import { DatabaseWaitWriter } from './wait-writer.ts';
import { DatabaseFactWriter } from './writer.ts';

/** Where the store is, and what time it is. */
export interface StoreOptions {
  /** The directory of the SQLite files; made, for its owner alone, where it is missing. Not touched when `databaseUrl` is given. */
  readonly dataDir: string;
  /** A PostgreSQL database that holds everything; null: two SQLite files in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly clock: Clock;
}

/** SQLite's pages in the inbox: a delivery of the usual size takes few of them. */
const INBOX_PAGE_SIZE = 16_384;

const FACTS_PAGE_SIZE = 8_192;

/**
 * Opens the store in this thread and brings its schema up to date. On SQLite the inbox is a file of
 * its own whose commits survive a power cut; those of the facts may be undone by one, with their
 * marks, and are then made again from the inbox. Rejects with `storage-failed` when the database
 * cannot be opened and with `schema-newer` when a newer program has changed it.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  if (options.databaseUrl !== null) {
    const database = await openDatabase(options, ['inbox', 'facts']);
    return assemble({ inbox: database, facts: database, swift: { open: () => Promise.resolve(database), close: () => Promise.resolve() } }, options.clock);
  }
  const inbox = await openDatabase(options, ['inbox']);
  try {
    return assemble({ inbox, facts: await openDatabase(options, ['facts']), swift: swiftInbox(options) }, options.clock);
  } catch (error) {
    await inbox.close();
    throw error;
  }
}

/** Opens the inbox alone, and not grouped: what a thread of its own runs. */
export async function openDatabaseInbox(options: StoreOptions): Promise<DatabaseInbox> {
  const parts: Part[] = options.databaseUrl === null ? ['inbox'] : ['inbox', 'facts'];
  return new DatabaseInbox(await openDatabase(options, parts), options.clock);
}

/**
 * Opens what figures read, for reading alone, after its schema was brought up to date: whoever asks first may come
 * before those who write. Rejects like `openStore`.
 */
export async function openReadingStore(options: StoreOptions): Promise<ReadingStore> {
  const { databaseUrl, dataDir } = options;
  const kept: readonly Part[][] = databaseUrl === null ? [['inbox'], ['facts']] : [['inbox', 'facts']];
  for (const parts of kept) await (await openDatabase(options, parts)).close();
  const open = async (file: SqliteOptions): Promise<Database> => new Database(await sqliteDialect({ ...file, isReadOnly: true }));
  const inbox = databaseUrl === null ? await open(inboxFile(dataDir)) : new Database(postgresDialect(databaseUrl, READING));
  const facts = databaseUrl === null ? await open(factsFile(dataDir)) : inbox;
  return {
    reader: new DatabaseFactReader(inbox, facts),
    waitReader: new DatabaseWaitReader(facts),
    completeness: new DatabaseCompleteness(inbox, facts),
    close: async () => {
      await facts.close();
      if (inbox !== facts) await inbox.close();
    },
  };
}

/** A reader asks a few things at once at most, and changes nothing. */
const READING = { connections: 2, isReadOnly: true } as const;

/** The databases of a store. `swift` is the inbox by commits that do not wait for the disk, opened when first needed. */
interface Databases {
  readonly inbox: Database;
  readonly facts: Database;
  readonly swift: { open(): Promise<Database>; close(): Promise<void> };
}

function assemble({ inbox, facts, swift }: Databases, clock: Clock): Store {
  const writer = new DatabaseFactWriter(inbox, facts, clock);
  const grouped = new GroupedInbox(new DatabaseInbox(inbox, clock));
  return {
    inbox: grouped,
    writer,
    reader: new DatabaseFactReader(inbox, facts),
    upkeep: new DatabaseUpkeep(inbox, facts),
    waitWriter: new DatabaseWaitWriter(facts),
    waitReader: new DatabaseWaitReader(facts),
    outbox: new DatabaseOutbox(inbox, () => swift.open(), clock),
    leases: new DatabaseLeases(inbox, clock),
    scheduleMarks: new DatabaseScheduleMarks(inbox),
    collection: new DatabaseCollection(inbox),
    completeness: new DatabaseCompleteness(inbox, facts),
    completenessWriter: new DatabaseCompletenessWriter(inbox),
    completenessAudit: new DatabaseCompletenessAudit(inbox, facts),
    healing: new DatabaseHealing(inbox),
    health: new DatabaseHealth(inbox, facts),
    close: async () => {
      await writer.close();
      await grouped.close();
      await swift.close();
      if (facts !== inbox) await facts.close();
    },
  };
}

function swiftInbox({ dataDir }: StoreOptions): Databases['swift'] {
  let opening: Promise<Database> | null = null;
  const open = async (): Promise<Database> => new Database(await sqliteDialect({ ...inboxFile(dataDir), durability: 'normal' }));
  return {
    open: () => (opening ??= open()),
    close: async () => {
      if (opening !== null) await (await opening).close();
    },
  };
}

async function openDatabase({ dataDir, databaseUrl, clock }: StoreOptions, parts: readonly Part[]): Promise<Database> {
  const dialect = databaseUrl === null ? await openFile(dataDir, parts) : postgresDialect(databaseUrl);
  const database = new Database(dialect);
  try {
    await migrate(database, parts, clock);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}

async function openFile(dataDir: string, parts: readonly Part[]): ReturnType<typeof sqliteDialect> {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new NarrowsError('storage-failed', `The data directory ${dataDir} cannot be made: create it, or let it be made where Narrows may write.`, { cause: error });
  }
  if (parts.includes('inbox')) return sqliteDialect(inboxFile(dataDir));
  return sqliteDialect(factsFile(dataDir));
}

function inboxFile(dataDir: string): SqliteOptions {
  return { path: join(dataDir, 'inbox.sqlite'), durability: 'full', pageSize: INBOX_PAGE_SIZE };
}

function factsFile(dataDir: string): SqliteOptions {
  return { path: join(dataDir, 'facts.sqlite'), durability: 'normal', pageSize: FACTS_PAGE_SIZE };
}
