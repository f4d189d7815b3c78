import { CompiledQuery, sql } from 'kysely';
import type { Database } from './database.ts';
import type { Dialect, Handle } from './dialect.ts';
import type { ColumnValue, Schema } from './schema.ts';

/** A row as it is written: columns by name. */
type Row = Readonly<Record<string, ColumnValue>>;

/** What happens to a row whose key is there already: it stays, or it is replaced. */
type OnConflict = { readonly key: readonly string[]; readonly then: 'keep' | 'replace' };

interface InsertInto {
  readonly table: keyof Schema;
  readonly columns: readonly string[];
  readonly onConflict: OnConflict;
  /** A column of the rows that were really inserted or replaced, to be returned. */
  readonly returning?: string;
}

/** Rows of one statement: enough that the statement's own cost vanishes, few enough for every engine's limit of parameters. */
const ROWS_A_STATEMENT = 64;

/** Texts of statements by what they insert: building one costs more than running it. */
const texts = new WeakMap<Dialect, Map<string, string>>();

/** Inserts rows in multi-row statements. Resolves to the values of `returning` of the rows that were written. */
export async function insertRows(
  { dialect }: Pick<Database, 'dialect'>,
  transaction: Handle,
  into: InsertInto,
  rows: readonly object[],
): Promise<ColumnValue[]> {
  const written: ColumnValue[] = [];
  for (const chunk of chunks(rows, ROWS_A_STATEMENT)) {
    const values = chunk.flatMap((row) => into.columns.map((column) => columnValue(row, column)));
    const result = await transaction.executeQuery<Record<string, ColumnValue>>(
      CompiledQuery.raw(insertText(dialect, into, chunk.length), values),
    );
    for (const row of result.rows) written.push(row[into.returning ?? ''] ?? null);
  }
  return written;
}

function columnValue(row: object, column: string): ColumnValue {
  // eslint-disable-next-line no-restricted-syntax -- rows are objects of many types, whose own columns are asked for
  return (row as Row)[column] ?? null;
}

function insertText(dialect: Dialect, into: InsertInto, count: number): string {
  const known = texts.get(dialect) ?? new Map<string, string>();
  texts.set(dialect, known);
  const name = `${into.table} ${into.onConflict.then} ${into.returning ?? ''} ${into.columns.join()} ${String(count)}`;
  const text = known.get(name) ?? writeInsert(dialect, into, count);
  known.set(name, text);
  return text;
}

function writeInsert(dialect: Dialect, { table, columns, onConflict, returning }: InsertInto, count: number): string {
  const width = columns.length;
  const row = (index: number): string => `(${columns.map((_, place) => dialect.placeholder(index * width + place + 1)).join(', ')})`;
  const values = Array.from({ length: count }, (_, index) => row(index)).join(', ');
  const conflict = conflictText(columns, onConflict);
  const end = returning === undefined ? '' : ` returning "${returning}"`;
  return `insert into "${table}" (${names(columns)}) values ${values} on conflict (${names(onConflict.key)}) do ${conflict}${end}`;
}

function conflictText(columns: readonly string[], { key, then }: OnConflict): string {
  switch (then) {
    case 'keep':
      return 'nothing';
    case 'replace':
      return `update set ${columns
        .filter((column) => !key.includes(column))
        .map((column) => `"${column}" = excluded."${column}"`)
        .join(', ')}`;
  }
}

function names(columns: readonly string[]): string {
  return columns.map((column) => `"${column}"`).join(', ');
}

/** Cuts a list into pieces of at most `size`. */
export function chunks<T>(items: readonly T[], size: number): T[][] {
  const pieces: T[][] = [];
  for (let start = 0; start < items.length; start += size) pieces.push(items.slice(start, start + size));
  return pieces;
}

/** A table whose rows are joined with what is stored: `join` is commutative, associative and idempotent over rows of one key. */
export interface JoinedTable<R extends object> {
  readonly table: keyof Schema;
  readonly columns: readonly (keyof R & string)[];
  /** The columns that identify a row; none of them is ever null. */
  readonly key: readonly (keyof R & string)[];
  join(a: R, b: R): R;
}

/** Rows looked up in one statement. */
const KEYS_A_STATEMENT = 500;

/** Joins rows with those stored and writes what changed. Resolves to the rows written, as they are now. */
export async function joinRows<R extends object>(
  database: Pick<Database, 'dialect'>,
  transaction: Handle,
  joined: JoinedTable<R>,
  rows: readonly R[],
): Promise<R[]> {
  const changed: R[] = [];
  for (const chunk of chunks([...byKey(joined, rows)], KEYS_A_STATEMENT)) {
    const tuples = chunk.map(([, row]) => joined.key.map((column) => keyValue(row, column)));
    const query = sql<R>`select ${sql.join(joined.columns.map((column) => sql.ref(column)))} from ${sql.table(joined.table)} where ${database.dialect.matches(joined.key, tuples)}`;
    const stored = byKey(joined, (await query.execute(transaction)).rows);
    for (const [key, row] of chunk) {
      const known = stored.get(key);
      const next = known === undefined ? row : joined.join(known, row);
      if (known === undefined || !equalRows(joined, known, next)) changed.push(next);
    }
  }
  const { table, columns, key } = joined;
  await insertRows(database, transaction, { table, columns, onConflict: { key, then: 'replace' } }, changed);
  return changed;
}

/** Rows by their key, in its order, those of one key joined: two transactions take their rows in one order. */
function byKey<R extends object>(joined: JoinedTable<R>, rows: readonly R[]): Map<string, R> {
  const found = new Map<string, R>();
  for (const row of rows) {
    const key = JSON.stringify(joined.key.map((column) => row[column]));
    const known = found.get(key);
    found.set(key, known === undefined ? row : joined.join(known, row));
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function keyValue(row: object, column: string): string | number {
  const value = columnValue(row, column);
  return typeof value === 'number' ? value : String(value);
}

function equalRows<R extends object>({ columns }: JoinedTable<R>, a: R, b: R): boolean {
  return columns.every((column) => a[column] === b[column]);
}
