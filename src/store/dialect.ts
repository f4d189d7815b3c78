import { closeSync, existsSync, openSync, realpathSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import SqliteFile from 'better-sqlite3';
import {
  CompiledQuery,
  PostgresDialect,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
  type DatabaseConnection,
  type Dialect as KyselyDialect,
  type Driver,
  type Kysely,
  type QueryResult,
  type RawBuilder,
} from 'kysely';
import pg from 'pg';
import { NarrowsError } from '#src/core/errors.ts';
import { placeAfter } from './queue-place.ts';
import type { Schema } from './schema.ts';
import { engineCode, storageError } from './storage-error.ts';

/** Any handle that runs queries: the database's own, or a transaction's. */
export type Handle = Kysely<Schema>;

/** What must not happen in two transactions at once. On SQLite there is one writer anyway. */
export type LockName = 'migrate' | 'fold';

/**
 * All that differs between the engines. Every other file of the store writes one query for both and
 * asks here for the rest, so this is the only file that knows which engine there is.
 */
export interface Dialect {
  /** What stands for the database: two dialects of one file have the same. */
  readonly place: unknown;
  readonly kysely: KyselyDialect;
  /** The types of the two columns that the engines name differently. */
  readonly columns: { readonly sequence: RawBuilder<unknown>; readonly bytes: RawBuilder<unknown> };
  /** The placeholder of the parameter at this place, counted from 1. */
  placeholder(place: number): string;
  /** Whether a column holds one of these; one parameter however many they are, so that the statement stays the same. */
  isOneOf(column: string, values: readonly (string | number)[]): RawBuilder<boolean>;
  /** Whether columns together equal one of these tuples (never empty, no nulls); one parameter a column at most. */
  matches(columns: readonly string[], tuples: readonly (readonly (string | number)[])[]): RawBuilder<boolean>;
  /** The values of a column of all rows as one JSON list, in an order that is the same for every column; `[]` for no rows. */
  listOf(column: string): RawBuilder<string>;
  /** Waits until no other transaction holds this lock, and holds it to the transaction's end. */
  lock(transaction: Handle, name: LockName): Promise<void>;
  /** Tells that this transaction takes numbers from the sequence of deliveries, so that `settledThrough` waits for it. */
  announceInsert(transaction: Handle): Promise<void>;
  /**
   * The greatest id of a delivery below which no further one will appear; null when that cannot be
   * told just now. Infinity where ids are committed in their order.
   */
  settledThrough(handle: Handle): Promise<number | null>;
  /** Takes the turn to fold, so that two processes do not fold the same; resolves to its end. Never refuses: without the turn work is only done twice. */
  takeTurn(): Promise<() => Promise<void>>;
  /** Whether the transaction failed for what another one did, and may succeed when run again. */
  isWorthRetrying(error: unknown): boolean;
}

/** How long a statement waits for another process's transaction before it fails. */
const BUSY_TIMEOUT_MS = 15_000;

/** Statements kept prepared on one connection; the least recently used one goes. */
const PREPARED_STATEMENTS = 300;

/** How a SQLite file is kept. */
export interface SqliteOptions {
  readonly path: string;
  /** `full`: a commit survives a power cut. `normal`: a power cut may undo the last commits, in order. */
  readonly durability: 'full' | 'normal';
  /** The size of a page, bytes; counts when the file is made. */
  readonly pageSize: number;
  /** Whether nothing may be changed through this handle; the file must be there. */
  readonly isReadOnly?: boolean;
}

/** Opens, and where missing makes, a SQLite file readable by its owner alone. */
export async function sqliteDialect(options: SqliteOptions): Promise<Dialect> {
  const file = await openFile(options);
  const place = realpathSync(options.path);
  return {
    place,
    kysely: {
      createAdapter: () => new SqliteAdapter(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
      createDriver: () => new SqliteDriver(file, place),
    },
    columns: { sequence: sql`integer primary key autoincrement`, bytes: sql`blob` },
    placeholder: () => '?',
    isOneOf: (column, values) => sql<boolean>`${sql.ref(column)} in (select value from json_each(${JSON.stringify(values)}))`,
    matches: (columns, tuples) => {
      const parts = columns.map((_, index) => sql`json_extract(value, ${sql.lit(`$[${String(index)}]`)})`);
      return sql<boolean>`(${sql.join(columns.map((column) => sql.ref(column)))}) in (select ${sql.join(parts)} from json_each(${JSON.stringify(tuples)}))`;
    },
    listOf: (column) => sql<string>`json_group_array(${sql.ref(column)})`,
    lock: () => Promise.resolve(),
    announceInsert: () => Promise.resolve(),
    settledThrough: () => Promise.resolve(Infinity),
    takeTurn: () => Promise.resolve(() => Promise.resolve()),
    isWorthRetrying: (error) => engineCode(error)?.startsWith('SQLITE_BUSY') === true,
  };
}

async function openFile({ path, durability, pageSize, isReadOnly = false }: SqliteOptions): Promise<SqliteFile.Database> {
  if (isReadOnly) return unlessBusy(() => new SqliteFile(path, { timeout: BUSY_TIMEOUT_MS, readonly: true, fileMustExist: true }));
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
  const file = await unlessBusy(() => new SqliteFile(path, { timeout: BUSY_TIMEOUT_MS }));
  file.pragma(`page_size = ${String(pageSize)}`);
  await unlessBusy(() => file.pragma('journal_mode = wal'));
  file.pragma(`synchronous = ${durability}`);
  file.pragma('foreign_keys = on');
  return file;
}

/** Two processes that open a new file at once collide while the journal changes, which no busy timeout covers. */
async function unlessBusy<T>(open: () => T): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return open();
    } catch (error) {
      const isBusy = error instanceof SqliteFile.SqliteError && error.code.startsWith('SQLITE_BUSY');
      if (!isBusy || attempt === 100) throw storageError(error);
      await sleep(20);
    }
  }
}

/**
 * The end of the last transaction begun on each file in this thread. A second connection of the same
 * thread waits for it here: waiting in SQLite would hold up the very thread that has to finish.
 */
const lastTransactions = new Map<string, Promise<void>>();

/** kysely's own SQLite driver, but with prepared statements kept, writers that wait at the start, and our errors. */
class SqliteDriver implements Driver {
  readonly #file: SqliteFile.Database;
  readonly #place: string;
  readonly #connection: SqliteConnection;
  #free: Promise<void> = Promise.resolve();
  #release: () => void = () => undefined;
  #endTransaction: () => void = () => undefined;

  constructor(file: SqliteFile.Database, place: string) {
    this.#file = file;
    this.#place = place;
    this.#connection = new SqliteConnection(file);
  }

  init(): Promise<void> {
    return Promise.resolve();
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const { before, end, ended } = placeAfter(this.#free);
    this.#free = ended;
    await before;
    this.#release = end;
    return this.#connection;
  }

  releaseConnection(): Promise<void> {
    this.#release();
    return Promise.resolve();
  }

  async beginTransaction(): Promise<void> {
    const { before, end, ended } = placeAfter(lastTransactions.get(this.#place));
    lastTransactions.set(this.#place, ended);
    await before;
    this.#endTransaction = end;
    try {
      await this.#connection.executeQuery(CompiledQuery.raw('begin immediate'));
    } catch (error) {
      end();
      throw error;
    }
  }

  /** A commit that fails is rolled back: kysely asks for it. */
  async commitTransaction(): Promise<void> {
    await this.#connection.executeQuery(CompiledQuery.raw('commit'));
    this.#endTransaction();
  }

  /** SQLite has rolled back by itself after some errors, a full disk among them. */
  async rollbackTransaction(): Promise<void> {
    try {
      if (this.#file.inTransaction) await this.#connection.executeQuery(CompiledQuery.raw('rollback'));
    } finally {
      this.#endTransaction();
    }
  }

  destroy(): Promise<void> {
    this.#file.close();
    return Promise.resolve();
  }
}

class SqliteConnection implements DatabaseConnection {
  readonly #file: SqliteFile.Database;
  readonly #prepared = new Map<string, SqliteFile.Statement<unknown[]>>();

  constructor(file: SqliteFile.Database) {
    this.#file = file;
  }

  executeQuery<R>({ sql: text, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const statement = this.#prepare(text);
    // eslint-disable-next-line no-restricted-syntax -- kysely says what a query yields; the driver cannot know
    if (statement.reader) return Promise.resolve({ rows: statement.all(parameters) as R[] });
    return Promise.resolve({ rows: [], numAffectedRows: BigInt(statement.run(parameters).changes) });
  }

  #prepare(text: string): SqliteFile.Statement<unknown[]> {
    const known = this.#prepared.get(text);
    if (known !== undefined) {
      this.#prepared.delete(text);
      this.#prepared.set(text, known);
      return known;
    }
    const statement = this.#file.prepare<unknown[]>(text);
    const [oldest] = this.#prepared.keys();
    if (oldest !== undefined && this.#prepared.size >= PREPARED_STATEMENTS) this.#prepared.delete(oldest);
    this.#prepared.set(text, statement);
    return statement;
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new NarrowsError('internal', 'The store reads in pages and does not stream.');
  }
}

/** Seconds after which PostgreSQL gives a statement up, and a transaction that does nothing. */
const STATEMENT_TIMEOUT_MS = 30_000;
const IDLE_TRANSACTION_TIMEOUT_MS = 60_000;
const CONNECT_TIMEOUT_MS = 10_000;

/** How long `takeTurn` waits for another process's turn to end. */
const TURN_TIMEOUT_MS = 2_000;

/** Times in a row that `settledThrough` may find inserts under way before it makes others wait for those, and for how long. */
const PATIENCE = 50;
const INSISTENCE_MS = 250;

/** PostgreSQL's word for a lock that was not given in time. */
const LOCK_NOT_AVAILABLE = '55P03';

/** Advisory locks are numbers for the whole database; the first marks ours (`NARR`). */
const LOCK_SPACE = 0x4e415252;
const LOCKS = { migrate: 1, fold: 2, insert: 3, turn: 4 } as const;

/** PostgreSQL's eight-byte integers: ours are instants, counts and sequence numbers, which a double holds. */
const INT8 = 20;

/** How PostgreSQL is used. */
export interface PostgresOptions {
  /** How many connections there are at most. */
  readonly connections: number;
  /** Whether nothing may be changed through them. */
  readonly isReadOnly: boolean;
}

/** Connects to PostgreSQL; connections are made as needed, so an unreachable server shows at the first query. */
export function postgresDialect(databaseUrl: string, options: PostgresOptions = { connections: 10, isReadOnly: false }): Dialect {
  const pool = connectionPool(databaseUrl, options);
  let refused = 0;
  return {
    place: pool,
    kysely: new PostgresDialect({ pool }),
    columns: { sequence: sql`bigint generated by default as identity primary key`, bytes: sql`bytea` },
    placeholder: (place) => `$${String(place)}`,
    isOneOf: (column, values) => sql<boolean>`${sql.ref(column)} = any(${values}::${arrayType(values[0])})`,
    matches: (columns, tuples) => {
      const arrays = columns.map((_, index) => sql`${tuples.map((tuple) => tuple[index])}::${arrayType(tuples[0]?.[index])}`);
      return sql<boolean>`(${sql.join(columns.map((column) => sql.ref(column)))}) in (select * from unnest(${sql.join(arrays)}))`;
    },
    listOf: (column) => sql<string>`coalesce(json_agg(${sql.ref(column)}), '[]')::text`,
    lock: async (transaction, name) => {
      if (name === 'migrate') await sql`set local statement_timeout = 0`.execute(transaction);
      await sql`select pg_advisory_xact_lock(${LOCK_SPACE}::int, ${LOCKS[name]}::int)`.execute(transaction);
    },
    announceInsert: async (transaction) => {
      await sql`select pg_advisory_xact_lock_shared(${LOCK_SPACE}::int, ${LOCKS.insert}::int)`.execute(transaction);
    },
    settledThrough: async (handle) => {
      const isPatient = refused < PATIENCE;
      const reading = handle.transaction().execute(async (transaction) => {
        const isAlone = isPatient ? await tryLock(transaction) : await insistOnLock(transaction);
        return isAlone ? greatestId(transaction) : null;
      });
      const settled = await reading.catch(unlessLocked);
      refused = settled === null && isPatient ? refused + 1 : 0;
      return settled;
    },
    takeTurn: () => takeTurn(pool),
    isWorthRetrying: (error) => ['40001', '40P01', LOCK_NOT_AVAILABLE].includes(engineCode(error) ?? ''),
  };
}

function connectionPool(databaseUrl: string, { connections, isReadOnly }: PostgresOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'narrows',
    max: connections,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_TRANSACTION_TIMEOUT_MS,
    types: { getTypeParser: (type, format): unknown => (type === INT8 ? Number : pg.types.getTypeParser(type, format)) },
  });
  // A connection that the server closes is replaced, and who used it learns of it by the next query; unheard, the event would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  if (isReadOnly) pool.on('connect', (client) => void client.query('set default_transaction_read_only = on').catch(() => undefined));
  return pool;
}

function arrayType(example: string | number | undefined): RawBuilder<unknown> {
  return typeof example === 'number' ? sql`bigint[]` : sql`text[]`;
}

async function tryLock(transaction: Handle): Promise<boolean> {
  const { rows } = await sql<{ alone: boolean }>`select pg_try_advisory_xact_lock(${LOCK_SPACE}::int, ${LOCKS.insert}::int) as alone`.execute(transaction);
  return rows[0]?.alone === true;
}

/** Under a steady stream there is never a moment without an insert: new ones wait until those under way are done, or until this gives up. */
async function insistOnLock(transaction: Handle): Promise<boolean> {
  await sql`set local lock_timeout = ${sql.lit(INSISTENCE_MS)}`.execute(transaction);
  await sql`select pg_advisory_xact_lock(${LOCK_SPACE}::int, ${LOCKS.insert}::int)`.execute(transaction);
  return true;
}

function unlessLocked(error: unknown): null {
  if (engineCode(error) === LOCK_NOT_AVAILABLE) return null;
  throw error;
}

async function greatestId(transaction: Handle): Promise<number> {
  const row = await transaction.selectFrom('deliveries').select((select) => select.fn.max('id').as('id')).executeTakeFirst();
  return row?.id ?? 0;
}

/** A session's lock: a process that dies loses its connection and with it the turn. */
async function takeTurn(pool: pg.Pool): Promise<() => Promise<void>> {
  const client = await pool.connect();
  try {
    await client.query(`set lock_timeout = ${String(TURN_TIMEOUT_MS)}`);
    await client.query(`select pg_advisory_lock(${String(LOCK_SPACE)}, ${String(LOCKS.turn)})`);
  } catch {
    client.release(true);
    return () => Promise.resolve();
  }
  return () => {
    client.release(true);
    return Promise.resolve();
  };
}
