import { sql } from 'kysely';
import type { StoredVolume, StoreHealth } from '#src/domain/store-health.ts';
import type { Database } from './database.ts';

/** So many faults are named: a damaged file has thousands. */
const NAMED = 5;

/** The store's word about itself. */
export class DatabaseHealth implements StoreHealth {
  readonly #inbox: Database;
  readonly #facts: Database;

  constructor(inbox: Database, facts: Database) {
    this.#inbox = inbox;
    this.#facts = facts;
  }

  async damage(): Promise<readonly string[] | null> {
    if (this.#isOne) return null;
    const found = await Promise.all([damageOf(this.#inbox, 'inbox'), damageOf(this.#facts, 'facts')]);
    return found.flat();
  }

  async size(): Promise<number> {
    if (this.#isOne) return firstNumber(await sql<{ value: number }>`select pg_database_size(current_database()) as value`.execute(this.#inbox.handle));
    const sizes = await Promise.all([sizeOf(this.#inbox), sizeOf(this.#facts)]);
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  async storedSince(at: number): Promise<StoredVolume> {
    const { rows } = await sql<{ deliveries: number; bytes: number | null }>`select count(*) as deliveries, sum(octet_length(body)) as bytes from deliveries where stored_at >= ${at}`.execute(this.#inbox.handle);
    const [row] = rows;
    return { deliveries: row?.deliveries ?? 0, bytes: row?.bytes ?? 0 };
  }

  /** PostgreSQL keeps everything in one database, SQLite in two files. */
  get #isOne(): boolean {
    return this.#inbox === this.#facts;
  }
}

async function damageOf({ handle }: Database, name: string): Promise<string[]> {
  const { rows } = await sql<{ quick_check: string }>`pragma quick_check(${sql.raw(String(NAMED))})`.execute(handle);
  return rows.map((row) => row.quick_check).filter((said) => said !== 'ok').map((said) => `${name}: ${said}`);
}

async function sizeOf({ handle }: Database): Promise<number> {
  return firstNumber(await sql<{ value: number }>`select page_count * page_size as value from pragma_page_count(), pragma_page_size()`.execute(handle));
}

function firstNumber({ rows }: { readonly rows: readonly { readonly value: number }[] }): number {
  return rows[0]?.value ?? 0;
}
