import { sql, type RawBuilder } from 'kysely';
import { classRanges, lengthClass } from './length-class.ts';

/** A table whose rows are stretches of time, with an index on their length's class and their ends (`0009-wait-indices`). */
export interface StretchTable {
  readonly table: 'waits' | 'pull_request_lives';
  readonly start: 'started_at' | 'opened_at';
  /** What the index leaves out, as its condition says it. */
  readonly counted: RawBuilder<boolean>;
}

/** Waits that count. */
export const COUNTED_WAITS: StretchTable = { table: 'waits', start: 'started_at', counted: sql<boolean>`ignored = 0` };

/** Lives that count. */
export const COUNTED_LIVES: StretchTable = { table: 'pull_request_lives', start: 'opened_at', counted: sql<boolean>`ignored_for is null` };

/** The rows of a table that count, meet conditions and overlap [fromAt, toAt), to be selected from: a query for each class of length, so that each is one piece of the index. */
export function overlapping(
  { table, start, counted }: StretchTable,
  columns: readonly string[],
  conditions: readonly RawBuilder<boolean>[],
  window: { readonly fromAt: number; readonly toAt: number },
): RawBuilder<unknown> {
  const pieces = classRanges(window).map((range) => {
    const where = [
      ...conditions,
      counted,
      sql<boolean>`${lengthClass(start, 'ended_at')} = ${sql.lit(range.class)}`,
      ...(range.endsFromAt === null ? [] : [sql<boolean>`ended_at >= ${range.endsFromAt}`]),
      ...(range.endsBeforeAt === null ? [] : [sql<boolean>`ended_at < ${range.endsBeforeAt}`]),
      sql<boolean>`${sql.ref(start)} < ${window.toAt}`,
    ];
    return sql`select ${sql.join(columns.map((column) => sql.ref(column)))} from ${sql.table(table)} where ${sql.join(where, sql` and `)}`;
  });
  return sql`(${sql.join(pieces, sql` union all `)}) as overlapping`;
}
