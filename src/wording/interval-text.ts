import type { Interval } from '#src/domain/figure.ts';
import { EN_DASH } from './characters.ts';

/** How the two ends of an interval stand in a text: `4.5–6.0`, or `8.1 to more than 45` where it is open above. */
export function intervalText(interval: Interval, end: (value: number) => string): string {
  const low = end(interval.low);
  const high = end(interval.high);
  return interval.openAbove === true ? `${low} to more than ${high}` : `${low}${EN_DASH}${high}`;
}
