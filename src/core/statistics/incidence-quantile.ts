import type { IncidenceCurve } from './cumulative-incidence.ts';
import type { Interval, Quantile } from './estimate.ts';
import { ROUNDING, type IncidenceBand } from './incidence-band.ts';
import { subjectsAtRisk } from './risk-table.ts';
import { lastAgeWith } from './risk-steps.ts';

/** Where fewer are at risk an age says too little to read a quantile from (`definitions.md` 6). */
export const FEWEST_AT_RISK = 5;

/** Where fewer subjects are at risk an interval's upper edge is not read either: it is open then. */
export const FEWEST_AT_EDGE = 3;

/**
 * The age by which a share p of the waits has ended as asked: the smallest with incidence >= p.
 * `band` (null: none can be computed) gives its interval, the ages at which the two edges reach p. It
 * is open above where the lower edge does not, or only where fewer than `FEWEST_AT_EDGE` subjects are at
 * risk: quantiles are shown when they come out small, and without that such intervals would hold the
 * truth too seldom.
 *
 * In this order (`definitions.md` 6): `never` where the other ends exceed 1 - p at ages with at least
 * `FEWEST_AT_RISK` at risk, since the asked one cannot reach p then; `thin` where something ended at
 * an age up to the quantile with fewer at risk (where p is not reached, at any age: the quantile lies
 * beyond every end); the age; else `not-yet`, more than the greatest age with that many at risk.
 */
export function incidenceQuantile(curve: IncidenceCurve, band: IncidenceBand | null, p: number): Quantile {
  const { ages, atRisk, asked, otherwise, risk } = curve;
  const thinFrom = atRisk.findIndex((y) => y < FEWEST_AT_RISK);
  const supported = thinFrom === -1 ? ages.length : thinFrom;

  const endWithout = otherwise.share[supported - 1] ?? 0;
  if (endWithout > 1 - p + ROUNDING) return { kind: 'never', endWithout };

  const index = firstReaching(asked.share, p);
  const seconds = ages[index];
  if (seconds !== undefined && index < supported) {
    return { kind: 'age', seconds, interval: band === null ? null : quantileInterval(curve, band, p, seconds) };
  }
  if (supported < ages.length) return { kind: 'thin', fewest: FEWEST_AT_RISK };
  const moreThanSeconds = lastAgeWith(risk, FEWEST_AT_RISK);
  return moreThanSeconds === null ? { kind: 'thin', fewest: FEWEST_AT_RISK } : { kind: 'not-yet', moreThanSeconds };
}

/** Where it is open `high` is the age up to which its upper edge is known not to lie. */
function quantileInterval(curve: IncidenceCurve, { low, high }: IncidenceBand, p: number, seconds: number): Interval {
  const { ages, risk, atRisk } = curve;
  const fromSeconds = ages[firstReaching(high, p)] ?? seconds;
  const toIndex = firstReaching(low, p);
  const toSeconds = ages[toIndex];
  if (toSeconds === undefined) return { low: fromSeconds, high: lastAgeWith(risk, FEWEST_AT_RISK) ?? seconds, openAbove: true };
  const isOpen = (curve.isClustered ? subjectsAtRisk(curve.table, toIndex) : (atRisk[toIndex] ?? 0)) < FEWEST_AT_EDGE;
  return { low: fromSeconds, high: toSeconds, ...(isOpen ? { openAbove: true } : {}) };
}

function firstReaching(shares: Float64Array, p: number): number {
  return shares.findIndex((share) => share >= p - ROUNDING);
}
