import { AsyncLocalStorage } from 'node:async_hooks';
import { Kysely, type CompiledQuery, type DatabaseConnection, type Driver, type QueryResult, type TransactionSettings } from 'kysely';
import { NarrowsError } from '#src/core/errors.ts';
import type { Dialect, Handle } from './dialect.ts';
import type { Schema } from './schema.ts';
import { storageError } from './storage-error.ts';

/** How often a transaction is run again that failed for what another one did. */
const ATTEMPTS = 5;

/** The database whose transaction the present call runs in. */
const transactionOf = new AsyncLocalStorage<Database>();

/**
 * One database: its handle, and the only way to a transaction. Using the outer handle, or a second
 * transaction, inside `transact` fails at once with `outer-handle`: on SQLite it would wait for itself
 * for ever, on PostgreSQL it would write outside the transaction.
 */
export class Database {
  readonly dialect: Dialect;
  readonly handle: Handle;

  constructor(dialect: Dialect) {
    this.dialect = dialect;
    const { kysely } = dialect;
    this.handle = new Kysely<Schema>({
      dialect: {
        createAdapter: () => kysely.createAdapter(),
        createIntrospector: (db) => kysely.createIntrospector(db),
        createQueryCompiler: () => kysely.createQueryCompiler(),
        createDriver: () => new GuardedDriver(kysely.createDriver(), this),
      },
    });
  }

  /** Runs `work` in one transaction, more than once if it fails for what another transaction did: it must change nothing else. */
  async transact<T>(work: (transaction: Handle) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.handle.transaction().execute((transaction) => transactionOf.run(this, () => work(transaction)));
      } catch (error) {
        if (attempt === ATTEMPTS || !this.dialect.isWorthRetrying(error)) throw error;
      }
    }
  }

  async close(): Promise<void> {
    await this.handle.destroy();
  }
}

/** A driver that refuses connections inside its own transaction, and whose errors are ours. */
class GuardedDriver implements Driver {
  readonly #inner: Driver;
  readonly #database: Database;

  constructor(inner: Driver, database: Database) {
    this.#inner = inner;
    this.#database = database;
  }

  init(): Promise<void> {
    return this.#inner.init();
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    if (transactionOf.getStore()?.dialect.place === this.#database.dialect.place) {
      throw new NarrowsError('outer-handle', 'A query inside a transaction used the outer database handle: use the transaction that was passed in.');
    }
    return new GuardedConnection(await this.#inner.acquireConnection().catch(rethrow));
  }

  beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    return this.#inner.beginTransaction(innerOf(connection), settings).catch(rethrow);
  }

  commitTransaction(connection: DatabaseConnection): Promise<void> {
    return this.#inner.commitTransaction(innerOf(connection)).catch(rethrow);
  }

  rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    return this.#inner.rollbackTransaction(innerOf(connection)).catch(rethrow);
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    return this.#inner.releaseConnection(innerOf(connection));
  }

  destroy(): Promise<void> {
    return this.#inner.destroy();
  }
}

class GuardedConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection;

  constructor(inner: DatabaseConnection) {
    this.inner = inner;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      return await this.inner.executeQuery<R>(query);
    } catch (error) {
      throw storageError(error);
    }
  }

  streamQuery<R>(query: CompiledQuery, chunkSize?: number): AsyncIterableIterator<QueryResult<R>> {
    return this.inner.streamQuery<R>(query, chunkSize);
  }
}

function innerOf(connection: DatabaseConnection): DatabaseConnection {
  return connection instanceof GuardedConnection ? connection.inner : connection;
}

function rethrow(error: unknown): never {
  throw storageError(error);
}
