import type { Quantile } from '#src/domain/figure.ts';
import { NBSP } from './characters.ts';
import { ageText, durationEstimate, durationInterval, durationText, durationUnit } from './duration-text.ts';
import { shareText } from './share-text.ts';

/** The shares whose age is asked for. */
export type QuantileLevel = 50 | 75 | 90;

/** A level as a sentence begins with it: `Half`, `75 %`. */
function levelName(level: QuantileLevel): string {
  return level === 50 ? 'Half' : `${String(level)}${NBSP}%`;
}

/**
 * A quantile as a sentence without its stop: `Half within 5.2 h (4.5–6.0)`, `Half: more than 45 d`,
 * `90 %: not reached, 12 % end without one`, `90 %: withheld: fewer than 5 were left at that age`.
 */
export function quantileText(level: QuantileLevel, quantile: Quantile): string {
  const name = levelName(level);
  switch (quantile.kind) {
    case 'age':
      return `${name} within ${durationEstimate(quantile.seconds, quantile.interval)}`;
    case 'not-yet':
      return `${name}: more than ${ageText(quantile.moreThanSeconds)}`;
    case 'never':
      return `${name}: not reached, ${shareText(quantile.endWithout)} end without one`;
    case 'thin':
      return `${name}: withheld: fewer than ${String(quantile.fewest)} were left at that age`;
  }
}

/** A quantile as the cell of a table shows it: the value, and under it the interval or the reason. */
export interface QuantileCell {
  readonly value: string;
  readonly under: string | null;
}

/** The cell of a quantile whose level stands in the head of its column. */
export function quantileCell(quantile: Quantile | null): QuantileCell {
  if (quantile === null) return { value: 'not known', under: null };
  switch (quantile.kind) {
    case 'age': {
      const unit = durationUnit(quantile.seconds);
      const under = quantile.interval === null ? null : durationInterval(quantile.interval, unit);
      return { value: durationText(quantile.seconds, unit), under };
    }
    case 'not-yet':
      return { value: `more than ${ageText(quantile.moreThanSeconds)}`, under: null };
    case 'never':
      return { value: 'not reached', under: `${shareText(quantile.endWithout)} end without` };
    case 'thin':
      return { value: 'withheld', under: `fewer than ${String(quantile.fewest)} left` };
  }
}
