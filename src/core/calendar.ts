import { intersection, type Stretch } from './stretch.ts';
import { ZoneOffsets } from './zone-offsets.ts';

/** The days of a week, Monday first, as ISO counts them. */
export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

export type Weekday = (typeof WEEKDAYS)[number];

/** When people work. */
export interface WorkingTimes {
  /** A name of the zone database. */
  readonly zone: string;
  /** The hours of each day in minutes since its midnight, in order, the ends not included; a day off has none. */
  readonly hours: Readonly<Record<Weekday, readonly { readonly startMinute: number; readonly endMinute: number }[]>>;
  /** Days on which nobody works, `YYYY-MM-DD` in the zone. */
  readonly holidays: readonly string[];
}

const DAY_MS = 86_400_000;

/** One local day: when people work in it, as instants, and how long that is. */
interface WorkingDay {
  readonly stretches: readonly Stretch[];
  readonly totalMs: number;
}

/**
 * Working times laid on the time line. It is working time whenever the wall clock of the zone shows a
 * working hour of a day that is no holiday: where clocks go forward that hour is missing from the day,
 * where they go back it is worked twice. Days are reckoned once and kept, so build one calendar for
 * many questions. Building throws `NarrowsError('bad-policy')` for a zone that does not exist.
 */
export class Calendar {
  readonly #hours: readonly WorkingTimes['hours'][Weekday][];
  readonly #holidays: ReadonlySet<number>;
  readonly #offsets: ZoneOffsets;
  readonly #days = new Map<number, WorkingDay>();

  constructor(times: WorkingTimes) {
    this.#hours = WEEKDAYS.map((weekday) => times.hours[weekday]);
    this.#holidays = new Set(times.holidays.map((date) => Date.parse(`${date}T00:00:00Z`) / DAY_MS));
    this.#offsets = new ZoneOffsets(times.zone);
  }

  /** The days of the local calendar, each by its number since 1970, that a stretch of time may touch. */
  daysOf(stretch: Stretch): readonly WorkingDay[] {
    const days: WorkingDay[] = [];
    const last = Math.floor((stretch.toAt - 1) / DAY_MS) + 1;
    for (let day = Math.floor(stretch.fromAt / DAY_MS) - 1; day <= last; day += 1) {
      const known = this.#days.get(day) ?? this.#reckon(day);
      if (known.totalMs > 0) days.push(known);
    }
    return days;
  }

  #reckon(day: number): WorkingDay {
    const hours = this.#holidays.has(day) ? [] : (this.#hours[weekdayOf(day)] ?? []);
    const stretches: Stretch[] = [];
    for (const utcDay of hours.length === 0 ? [] : [day - 1, day, day + 1]) {
      for (const { fromAt, toAt, offsetMs } of this.#offsets.ofDay(utcDay)) {
        const midnight = day * DAY_MS - offsetMs;
        const worked = hours.map(({ startMinute, endMinute }) => ({ fromAt: midnight + startMinute * 60_000, toAt: midnight + endMinute * 60_000 }));
        stretches.push(...intersection(worked, [{ fromAt, toAt }]));
      }
    }
    const reckoned = { stretches, totalMs: stretches.reduce((sum, { fromAt, toAt }) => sum + toAt - fromAt, 0) };
    this.#days.set(day, reckoned);
    return reckoned;
  }
}

/** 0 for Monday; the first of January 1970 was a Thursday. */
function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** How long people work in [startedAt, endedAt), seconds. 0 where the end is not after the start. */
export function workingSeconds(startedAt: number, endedAt: number, calendar: Calendar): number {
  if (!(startedAt < endedAt)) return 0;
  let worked = 0;
  for (const day of calendar.daysOf({ fromAt: startedAt, toAt: endedAt })) worked += workedMs(day, startedAt, endedAt);
  return worked / 1000;
}

/**
 * How many working days lie in [startedAt, endedAt): each day counts by the part of its own working
 * time that does, so a short Friday worked through is one day like any other. 0 where the end is not after the start.
 */
export function workingDays(startedAt: number, endedAt: number, calendar: Calendar): number {
  if (!(startedAt < endedAt)) return 0;
  let days = 0;
  for (const day of calendar.daysOf({ fromAt: startedAt, toAt: endedAt })) days += workedMs(day, startedAt, endedAt) / day.totalMs;
  return days;
}

/** The working time within [fromAt, toAt), in order. */
export function workingStretches(fromAt: number, toAt: number, calendar: Calendar): Stretch[] {
  if (!(fromAt < toAt)) return [];
  const within = [{ fromAt, toAt }];
  return calendar.daysOf({ fromAt, toAt }).flatMap(({ stretches }) => intersection(stretches, within));
}

function workedMs({ stretches, totalMs }: WorkingDay, startedAt: number, endedAt: number): number {
  const first = stretches[0];
  const last = stretches.at(-1);
  if (first === undefined || last === undefined || first.fromAt >= endedAt || last.toAt <= startedAt) return 0;
  if (first.fromAt >= startedAt && last.toAt <= endedAt) return totalMs;
  let worked = 0;
  for (const { fromAt, toAt } of stretches) worked += Math.max(0, Math.min(toAt, endedAt) - Math.max(fromAt, startedAt));
  return worked;
}
