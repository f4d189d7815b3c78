import { DateTime, type DurationLikeObject } from 'luxon';

import { NBSP } from './characters.ts';

/** A tick of a time axis: where its line stands, where its word stands, and the word in two lengths. */
export interface TimeTick {
  readonly at: number;
  /** The middle of the day for a tick that is one day, else the tick itself. */
  readonly wordAt: number;
  readonly text: string;
  /** Where space is short: `Mo`, `3`. */
  readonly short: string;
  readonly isWeekend: boolean;
}

interface Step {
  readonly every: DurationLikeObject;
  readonly unit: 'hour' | 'day' | 'week' | 'month' | 'year';
  readonly milliseconds: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const STEPS: readonly Step[] = [
  { every: { minutes: 5 }, unit: 'hour', milliseconds: HOUR / 12 },
  { every: { minutes: 15 }, unit: 'hour', milliseconds: HOUR / 4 },
  { every: { hours: 1 }, unit: 'hour', milliseconds: HOUR },
  { every: { hours: 3 }, unit: 'day', milliseconds: 3 * HOUR },
  { every: { hours: 6 }, unit: 'day', milliseconds: 6 * HOUR },
  { every: { days: 1 }, unit: 'day', milliseconds: DAY },
  { every: { weeks: 1 }, unit: 'week', milliseconds: 7 * DAY },
  { every: { weeks: 2 }, unit: 'week', milliseconds: 14 * DAY },
  { every: { months: 1 }, unit: 'month', milliseconds: 30.4 * DAY },
  { every: { months: 3 }, unit: 'year', milliseconds: 91.3 * DAY },
  { every: { years: 1 }, unit: 'year', milliseconds: 365.25 * DAY },
  { every: { years: 5 }, unit: 'year', milliseconds: 5 * 365.25 * DAY },
];

/** Ticks of `[fromAt, toAt)` on the zone's own clock, as fine as fits into `most`. */
export function timeTicks(fromAt: number, toAt: number, zone: string, most: number): readonly TimeTick[] {
  const span = toAt - fromAt;
  const step = STEPS.find((candidate) => span / candidate.milliseconds <= most) ?? STEPS.at(-1);
  if (step === undefined || span <= 0) return [];
  const isDay = step.milliseconds === DAY;
  const ticks: TimeTick[] = [];
  let tick: DateTime = DateTime.fromMillis(fromAt, { zone, locale: 'en-US' }).startOf(step.unit);
  for (; tick.toMillis() < toAt; tick = next(tick, step)) {
    const at = tick.toMillis();
    const end = Math.min(toAt, next(tick, step).toMillis());
    if (isDay ? end <= fromAt : at < fromAt) continue;
    const isFirst = ticks.length === 0;
    ticks.push({ at, wordAt: isDay ? (Math.max(at, fromAt) + end) / 2 : at, ...words(tick, step, isFirst), isWeekend: isDay && tick.weekday > 5 });
  }
  return ticks;
}

function next(tick: DateTime, step: Step): DateTime {
  const later = tick.plus(step.every);
  return step.milliseconds >= DAY ? later.startOf('day') : later;
}

function words(tick: DateTime, step: Step, isFirst: boolean): { text: string; short: string } {
  const day = tick.toFormat(`d'${NBSP}'LLL`);
  if (step.milliseconds < DAY) {
    const isMidnight = tick.hour === 0 && tick.minute === 0;
    const time = tick.toFormat('HH:mm');
    return isFirst || isMidnight ? { text: isMidnight ? day : `${day}${NBSP}${time}`, short: isMidnight ? day : time } : { text: time, short: time };
  }
  if (step.milliseconds === DAY) {
    const named = isFirst || tick.day === 1;
    return { text: tick.toFormat(named ? `ccc'${NBSP}'d'${NBSP}'LLL` : `ccc'${NBSP}'d`), short: tick.toFormat('ccc').slice(0, 2) };
  }
  if (step.milliseconds < 31 * DAY && step.unit === 'week') return { text: day, short: day };
  return tick.month === 1 || isFirst || step.milliseconds > 100 * DAY
    ? { text: tick.toFormat(`LLL'${NBSP}'yyyy`), short: tick.toFormat('yyyy') }
    : { text: tick.toFormat('LLL'), short: tick.toFormat('LLL') };
}
