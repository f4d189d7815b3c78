import type { Interval } from '#src/domain/figure.ts';
import { NBSP } from './characters.ts';
import { intervalText } from './interval-text.ts';
import { countText, twoDigits } from './number-text.ts';

/** A unit of duration as it is written, and its seconds. */
export interface DurationUnit {
  readonly name: 's' | 'min' | 'h' | 'd';
  readonly seconds: number;
}

const SECOND: DurationUnit = { name: 's', seconds: 1 };
const MINUTE: DurationUnit = { name: 'min', seconds: 60 };
const HOUR: DurationUnit = { name: 'h', seconds: 3_600 };
const DAY: DurationUnit = { name: 'd', seconds: 86_400 };

/** The unit of a duration: seconds below 90 s, minutes below 90 min, hours below 36 h, else days. */
export function durationUnit(seconds: number): DurationUnit {
  if (seconds < 90) return SECOND;
  if (seconds < 90 * 60) return MINUTE;
  if (seconds < 36 * 3_600) return HOUR;
  return DAY;
}

/** An estimated duration in its unit, two significant digits: `5.2 h`. */
export function durationText(seconds: number, unit: DurationUnit = durationUnit(seconds)): string {
  return `${twoDigits(seconds / unit.seconds)}${NBSP}${unit.name}`;
}

/**
 * How long something has lasted: a fact, so whole days are kept where two digits would round them
 * away (`146 d`, not `150 d`).
 */
export function ageText(seconds: number): string {
  const unit = durationUnit(seconds);
  const value = seconds / unit.seconds;
  return value < 99.5 ? durationText(seconds, unit) : `${countText(value)}${NBSP}${unit.name}`;
}

/** The interval of a duration in the unit of its estimate: `4.5–6.0`, without the unit. */
export function durationInterval(interval: Interval, unit: DurationUnit): string {
  return intervalText(interval, (seconds) => twoDigits(seconds / unit.seconds));
}

/** A duration with its interval, one unit for all three: `5.2 h (4.5–6.0)`, `11 d (8.1 to more than 45)`. */
export function durationEstimate(seconds: number, interval: Interval | null): string {
  const unit = durationUnit(seconds);
  const text = durationText(seconds, unit);
  return interval === null ? text : `${text} (${durationInterval(interval, unit)})`;
}
