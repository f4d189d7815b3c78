import { sql, type RawBuilder } from 'kysely';

const DAY_MS = 86_400_000;

/** What has not ended. */
export const OPEN_CLASS = 0;

/** Below so many ms something is of the first class, below the next of the second, … */
const LENGTHS_MS = [DAY_MS, 8 * DAY_MS, 64 * DAY_MS, 512 * DAY_MS] as const;

/** A stretch of ends among which all stretches of a class lie that overlap a window. */
export interface ClassRange {
  readonly class: number;
  /** Both null for what has not ended. */
  readonly endsFromAt: number | null;
  /** Null where lengths have no bound. */
  readonly endsBeforeAt: number | null;
}

/**
 * The class of a stretch by its length, as SQL. What overlaps a window has started before its end and not ended before
 * its start, and no order of rows brings all of that together: ordered by their ends, everything that came after the
 * window would be read too. But what is no longer than L and has started before the window's end has ended before that
 * plus L. So rows are kept by class, and within one by their ends; each class is read in one piece, of which at most
 * eight times as much is in vain as is long to that class. An index is found only where a query says exactly the same.
 */
export function lengthClass(from: string, to: string): RawBuilder<number> {
  const [start, end] = [sql.ref(from), sql.ref(to)];
  const classes = LENGTHS_MS.map((length, place) => sql`when ${end} - ${start} < ${sql.lit(length)} then ${sql.lit(place + 1)}`);
  return sql<number>`(case when ${end} is null then ${sql.lit(OPEN_CLASS)} ${sql.join(classes, sql` `)} else ${sql.lit(LENGTHS_MS.length + 1)} end)`;
}

/** Where the stretches lie that overlap [fromAt, toAt), class by class. */
export function classRanges({ fromAt, toAt }: { readonly fromAt: number; readonly toAt: number }): ClassRange[] {
  return [
    { class: OPEN_CLASS, endsFromAt: null, endsBeforeAt: null },
    ...LENGTHS_MS.map((length, place) => ({ class: place + 1, endsFromAt: fromAt, endsBeforeAt: toAt + length })),
    { class: LENGTHS_MS.length + 1, endsFromAt: fromAt, endsBeforeAt: null },
  ];
}
