import { DateTime } from 'luxon';
import type { Stretch } from './stretch.ts';

/** A week of ISO 8601 in a zone: Monday 00:00 to Monday 00:00 of its own clocks, so it may be an hour longer or shorter than 168. */
export interface IsoWeek extends Stretch {
  /** `2025-W47`; the year is the week's, which around New Year is not the day's. */
  readonly id: string;
  readonly number: number;
  readonly year: number;
}

/** The week that an instant lies in. */
export function isoWeekOf(at: number, zone: string): IsoWeek {
  return weekFrom(DateTime.fromMillis(at, { zone }).startOf('week'));
}

/** The week so many weeks after another; before it for a negative number. */
export function weekAfter(week: IsoWeek, count: number, zone: string): IsoWeek {
  return weekFrom(DateTime.fromMillis(week.fromAt, { zone }).plus({ weeks: count }));
}

/** Reads `2025-W47`; null for anything else, and for a week that its year does not have. */
export function parseIsoWeek(text: string, zone: string): IsoWeek | null {
  const [, year, number] = /^(\d{4})-W(\d{2})$/.exec(text) ?? [];
  if (year === undefined || number === undefined) return null;
  const start = DateTime.fromObject({ weekYear: Number(year), weekNumber: Number(number), weekday: 1 }, { zone });
  return start.isValid ? weekFrom(start) : null;
}

function weekFrom(start: DateTime): IsoWeek {
  const { weekYear, weekNumber } = start;
  return {
    id: `${String(weekYear).padStart(4, '0')}-W${String(weekNumber).padStart(2, '0')}`,
    number: weekNumber,
    year: weekYear,
    fromAt: start.toMillis(),
    toAt: start.plus({ weeks: 1 }).toMillis(),
  };
}
