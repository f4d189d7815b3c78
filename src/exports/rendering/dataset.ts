import type { AccountDirectory } from '#src/domain/account.ts';
import type { FactReader, PullRequestQuery } from '#src/domain/store.ts';
import type { Viewer } from '#src/domain/viewer.ts';

/** A value of a row; null is empty in CSV and null in NDJSON, an object is JSON in both. */
export type Cell = string | number | boolean | null | Readonly<Record<string, unknown>>;

/** One row, in the order of the columns. */
export type Row = readonly Cell[];

/** What an export is asked for. */
export interface ExportQuery extends PullRequestQuery {
  readonly viewer: Viewer;
}

/** A set of facts that can be exported: one file under `exports/`, whose name is what the command calls it. */
export interface Dataset {
  readonly description: string;
  readonly columns: readonly string[];
  /** The rows, sorted; read as they are asked for, so that any number fits in memory. */
  rows(reader: FactReader, query: ExportQuery): AsyncIterable<Row>;
}

/** The login of an account reference, empty for nobody. */
export function loginOf(ref: string | null, accounts: AccountDirectory): string | null {
  return ref === null ? null : accounts.account(ref).login;
}

/** Whether a module's default export is a dataset. */
export function isDataset(entry: unknown): entry is Dataset {
  return typeof entry === 'object' && entry !== null && 'columns' in entry && 'rows' in entry && typeof entry.rows === 'function';
}
