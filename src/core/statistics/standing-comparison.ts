import { FEWEST_EFFECTIVE, subjectSum } from './standing-interval.ts';
import { beyondBothSidesOfT } from './student-t.ts';

/** What one subject adds to a stock in two windows; 0 where it is not in one. */
export interface TwoWindows {
  readonly now: number;
  readonly before: number;
}

/** A stock in two windows. */
export interface StandingComparison {
  readonly now: number;
  readonly before: number;
  /** The probability of a ratio at least that far from 1, were both stocks alike; null where a stock of too few subjects allows no comparison. */
  readonly p: number | null;
}

/**
 * Compares a phase's standing L of two windows by the log of their ratio, over the standard deviation
 * it has when subjects stand Poisson(1) times in both windows at once: what stands through both
 * windows makes them alike and is no evidence of a change. `perNow` and `perBefore` are the lengths of
 * the windows in the unit of the contributions.
 */
export function compareStanding(subjects: readonly TwoWindows[], perNow: number, perBefore: number): StandingComparison {
  const now = subjectSum(subjects.map((subject) => subject.now));
  const before = subjectSum(subjects.map((subject) => subject.before));
  const stocks = { now: now.total / perNow, before: before.total / perBefore };
  const effective = Math.min(now.effective, before.effective);
  if (!(effective > FEWEST_EFFECTIVE - 1e-9)) return { ...stocks, p: null };
  const shared = subjects.reduce((sum, subject) => sum + subject.now * subject.before, 0) / (now.total * before.total);
  const variance = now.logVariance + before.logVariance - 2 * shared;
  const logRatio = Math.abs(Math.log(stocks.now / stocks.before));
  if (variance <= 1e-15) return { ...stocks, p: logRatio < 1e-9 ? 1 : 0 };
  return { ...stocks, p: beyondBothSidesOfT(logRatio / Math.sqrt(variance), effective) };
}
