import { DateTime } from 'luxon';
import type { Stretch } from '#src/core/stretch.ts';

/** The last full ISO weeks before an instant, Monday 00:00 to Monday 00:00 in a zone, as one stretch. */
export function lastFullWeeks(weeks: number, at: number, zone: string): Stretch {
  const toAt = DateTime.fromMillis(at, { zone }).startOf('week');
  return { fromAt: toAt.minus({ weeks }).toMillis(), toAt: toAt.toMillis() };
}

/** The ISO weeks that a stretch touches, each cut to it, oldest first: a week is 167 or 169 hours where clocks change. */
export function weeksWithin({ fromAt, toAt }: Stretch, zone: string): Stretch[] {
  const weeks: Stretch[] = [];
  for (let start = DateTime.fromMillis(fromAt, { zone }).startOf('week'); start.toMillis() < toAt; start = start.plus({ weeks: 1 })) {
    weeks.push({ fromAt: Math.max(fromAt, start.toMillis()), toAt: Math.min(toAt, start.plus({ weeks: 1 }).toMillis()) });
  }
  return weeks;
}
