import type { Incidence, IncidenceCurve } from './cumulative-incidence.ts';
import type { Estimate, Interval } from './estimate.ts';
import { ROUNDING, type IncidenceBand } from './incidence-band.ts';
import { noneOf } from './log-log-band.ts';
import { lowPoints } from './risk-steps.ts';
import { countUpTo } from './risk-table.ts';

/**
 * The share that has ended by an age, `incidence` being one of the curve's two, with the interval of
 * its band (null: none can be computed). Always defined. While it is 0 the interval is an exact upper
 * bound. Beyond the greatest age at which anyone was observed, with some still waiting there, the
 * share is what was reached until then and the interval is open above.
 */
export function incidenceAt(curve: IncidenceCurve, incidence: Incidence, band: IncidenceBand | null, age: number): Estimate {
  const k = countUpTo(curve.ages, age) - 1;
  const value = withoutRounding(incidence.share[k] ?? 0);
  if (band === null) return { value, interval: null };
  const interval: Interval = value === 0 ? { low: 0, high: boundOfNone(curve, age) } : { low: band.low[k] ?? 0, high: band.high[k] ?? 1 };
  const isBeyond = age > (curve.risk.leaves.at(-1) ?? 0) && standingAt(curve, k) > ROUNDING;
  return { value, interval: isBeyond ? { ...interval, openAbove: true } : interval };
}

function withoutRounding(share: number): number {
  if (share <= ROUNDING) return 0;
  return share >= 1 - ROUNDING ? 1 : share;
}

/**
 * The upper 97.5 % bound of an incidence of which no case was seen up to an age. If A is the hazard's
 * integral and Y at risk, none is seen with probability exp(-∫Y dA), while F = ∫S dA: so F is bounded
 * as by none of min Y / S cases. Where few are left the rest that still stands may bound it better:
 * what happens beyond u adds at most S(u).
 */
function boundOfNone(curve: IncidenceCurve, age: number): number {
  let least = Infinity;
  let bound = 1;
  for (const point of lowPoints(curve.risk, age)) {
    const standing = standingAt(curve, countUpTo(curve.ages, point.age) - 1);
    bound = Math.min(bound, (least === Infinity ? 0 : noneOf(least)) + standing);
    if (standing <= ROUNDING) return bound;
    least = Math.min(least, point.atRisk / standing);
  }
  return Math.min(bound, noneOf(least));
}

/** The share still waiting after the k-th end. */
function standingAt({ asked, otherwise }: IncidenceCurve, k: number): number {
  return 1 - (asked.share[k] ?? 0) - (otherwise.share[k] ?? 0);
}
