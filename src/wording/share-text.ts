import type { Interval } from '#src/domain/figure.ts';
import { NBSP } from './characters.ts';
import { intervalText } from './interval-text.ts';

/**
 * A share (0 to 1) in per cent: `70 %`. What is there but rounds to none is `under 1 %`, what is
 * not all but rounds to all is `over 99 %`.
 */
export function shareText(share: number): string {
  if (share > 0 && share < 0.005) return `under${NBSP}1${NBSP}%`;
  if (share < 1 && share >= 0.995) return `over${NBSP}99${NBSP}%`;
  return `${percent(share)}${NBSP}%`;
}

/** The interval of a share: `66–74`; the sign is written where the place has none of its own. */
export function shareInterval(interval: Interval): string {
  return intervalText(interval, percent);
}

/** A share with its interval in a sentence: `70 % (66–74 %)`. */
export function shareEstimate(share: number, interval: Interval | null): string {
  return interval === null ? shareText(share) : `${shareText(share)} (${shareInterval(interval)}${NBSP}%)`;
}

/** How many percentage points lie between two shares as they are shown, so that the text adds up. */
export function pointsBetween(a: number, b: number): number {
  return Math.abs(Math.round(a * 100) - Math.round(b * 100));
}

function percent(share: number): string {
  return String(Math.round(share * 100));
}
