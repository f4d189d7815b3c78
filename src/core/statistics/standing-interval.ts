import type { Interval } from './estimate.ts';
import { t95 } from './student-t.ts';

/** A sum of what subjects add, and how far it would vary were other subjects drawn. */
export interface SubjectSum {
  readonly total: number;
  /** Variance of log total under Poisson(1) weights: Σ c² / (Σ c)². */
  readonly logVariance: number;
  /** How many subjects of equal size would vary as much (Kish, Survey Sampling, 1965): its inverse. */
  readonly effective: number;
}

/** Below this effective number of subjects a stock has no interval: one would reach over orders of magnitude. */
export const FEWEST_EFFECTIVE = 2;

/** Adds up what subjects add. */
export function subjectSum(amounts: Iterable<number>): SubjectSum {
  let total = 0;
  let squares = 0;
  for (const amount of amounts) {
    total += amount;
    squares += amount * amount;
  }
  return { total, logVariance: squares / (total * total), effective: squares > 0 ? (total * total) / squares : 0 };
}

/**
 * The 95 % interval of a standing stock: L exp(±t sd), symmetric on log L as replicates with Poisson(1)
 * weights are, sd being what their log L tends to and t Student's with as many degrees of freedom as
 * subjects are effective: a stock of a few long stays is known less well than the normal
 * distribution says. Null below `FEWEST_EFFECTIVE`.
 */
export function standingInterval({ total, logVariance, effective }: SubjectSum, per: number): Interval | null {
  // The sum of equal amounts is rounded, so two of them can be effective a trifle below 2.
  if (!(effective > FEWEST_EFFECTIVE - 1e-9)) return null;
  const factor = Math.exp(t95(effective) * Math.sqrt(logVariance));
  return { low: total / per / factor, high: (total / per) * factor };
}
