import type { CsvCell } from '#src/core/csv.ts';
import type { AccountDirectory } from '#src/domain/account.ts';
import type { FactReader, PullRequestQuery } from '#src/domain/store.ts';
import type { PullRequestLife, SubjectWait, WaitReader } from '#src/domain/subject.ts';
import type { Viewer } from '#src/domain/viewer.ts';
import type { Stage } from '#src/domain/wait.ts';

/** One row, in the order of the columns; null is empty in CSV and null in NDJSON, an object is JSON in both. */
export type Row = readonly CsvCell[];

/** What an export is asked for; each set reads the parts that concern it. */
export interface ExportQuery extends PullRequestQuery {
  readonly viewer: Viewer;
  readonly stage?: Stage;
  /** Only what overlaps [fromAt, toAt), epoch ms. */
  readonly fromAt?: number;
  readonly toAt?: number;
  /** Waits as they stood at this instant, epoch ms. */
  readonly asOf?: number;
}

/** Where an export reads. */
export interface ExportSources {
  readonly reader: FactReader;
  readonly waitReader: WaitReader;
  /** Waits and lives computed from the facts as they stood at an instant. */
  subjectsAsOf(viewer: Viewer, at: number): AsyncIterable<{ readonly waits: readonly SubjectWait[]; readonly life: PullRequestLife }>;
}

/** A set of facts that can be exported: one file under `exports/`, whose name is what the command calls it. */
export interface Dataset {
  /** Facts are called by `narrows export facts NAME`, what is computed from them by `narrows export NAME`. */
  readonly of: 'facts' | 'waits';
  readonly description: string;
  readonly columns: readonly string[];
  /** The rows, sorted; read as they are asked for, so that any number fits in memory. */
  rows(sources: ExportSources, query: ExportQuery): AsyncIterable<Row>;
}

/** The login of an account reference, empty for nobody. */
export function loginOf(ref: string | null, accounts: AccountDirectory): string | null {
  return ref === null ? null : accounts.account(ref).login;
}

/** Whether a module's default export is a dataset. */
export function isDataset(entry: unknown): entry is Dataset {
  return typeof entry === 'object' && entry !== null && 'columns' in entry && 'rows' in entry && typeof entry.rows === 'function';
}
