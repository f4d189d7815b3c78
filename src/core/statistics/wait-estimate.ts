import type { Stretch } from '../stretch.ts';
import { cumulativeIncidence, type IncidenceCurve } from './cumulative-incidence.ts';
import type { Estimate, Quantile } from './estimate.ts';
import { finishedOnly, type FinishedOnly } from './finished-only.ts';
import { incidenceAt } from './incidence-at.ts';
import { incidenceBand, type IncidenceBand } from './incidence-band.ts';
import { incidenceQuantile } from './incidence-quantile.ts';
import { ASKED, OTHERWISE, STILL_WAITING, type Observations } from './observations.ts';
import { xoshiro128 } from './random.ts';
import { resampledVariance } from './resampled-variance.ts';
import { waitColumns, type WaitColumns } from './wait-columns.ts';
import type { ObservableWait } from './observable-wait.ts';
import { viewWindow } from './window-observations.ts';

/** Below this many waits an estimate is withheld and the waits are listed instead. */
export const FEWEST_WAITS = 10;

/** How a stage's waits are read. */
export interface EstimateQuestion {
  readonly window: Stretch;
  /** The outcomes that were asked for; every other end competes with them. */
  readonly asked: readonly string[];
  /** The ages of the headline, seconds. */
  readonly agesSeconds: readonly number[];
  /** Seed of the resampling where subjects have several waits. */
  readonly seed: number;
}

/** How the waits of a window end, still waiting ones included. */
export interface WaitEstimate {
  /** Waits that contribute. */
  readonly n: number;
  /** How many subjects they belong to; where these are fewer the variance is one of resampled subjects. */
  readonly subjects: number;
  /** Of `n`: ended inside as asked, ended inside otherwise, and still waiting at the window's end. */
  readonly finished: number;
  readonly endedOtherwise: number;
  readonly stillWaiting: number;
  /** Age of the oldest that still waits; null when none does. */
  readonly oldestSeconds: number | null;
  readonly finishedOnly: FinishedOnly;
  /** Null when withheld: `n` is below `FEWEST_WAITS`. */
  readonly shown: ShownEstimate | null;
}

/** The part of an estimate that needs enough waits. */
export interface ShownEstimate {
  /** The share that has ended as asked by each of the ages asked for, in their order. */
  readonly within: readonly { readonly ageSeconds: number; readonly share: Estimate }[];
  /** The share that ends otherwise. */
  readonly endWithout: Estimate;
  readonly p50: Quantile;
  readonly p75: Quantile;
  readonly p90: Quantile;
  readonly curve: IncidenceCurve;
  /** Null where none can be computed, because all waits are one subject's. */
  readonly band: { readonly asked: IncidenceBand; readonly otherwise: IncidenceBand } | null;
}

/** Estimates how long waits take from all that overlap a window (`definitions.md` 6). The same waits in the same order and the same seed give the same figures. */
export function estimateWaits(waits: readonly ObservableWait[], question: EstimateQuestion): WaitEstimate {
  return estimateColumns(waitColumns(waits), question);
}

/** The same of waits by column; only those at `places` are looked at where they are given. */
export function estimateColumns(waits: WaitColumns, question: EstimateQuestion, places: Uint32Array | null = null): WaitEstimate {
  const { observations, lengths } = viewWindow(waits, question.window, question.asked, places);
  return {
    n: observations.n,
    subjects: observations.subjects,
    ...endings(observations),
    finishedOnly: finishedOnly(lengths),
    shown: observations.n < FEWEST_WAITS ? null : estimateObservations(observations, question.agesSeconds, question.seed),
  };
}

/** How many waits of a window ended as asked, and which share does by one age; null when withheld. */
export interface ShareEstimate {
  readonly n: number;
  /** Waits that ended inside as asked, at any age. */
  readonly ended: number;
  readonly share: Estimate | null;
}

/**
 * The share that ends as asked by one age, as `estimateColumns` gives it: whatever ends later still waits at that age,
 * so nothing beyond it is estimated. Cheap enough for every week of a year.
 */
export function estimateShare(waits: WaitColumns, question: Omit<EstimateQuestion, 'agesSeconds'>, ageSeconds: number, places: Uint32Array | null = null): ShareEstimate {
  const { observations, lengths } = viewWindow(waits, question.window, question.asked, places);
  const { n, exit } = observations;
  if (n < FEWEST_WAITS) return { n, ended: lengths.length, share: null };
  const cause = observations.cause.map((one, i) => ((exit[i] ?? 0) > ageSeconds ? STILL_WAITING : one));
  const { curve, isKnown } = estimatedCurve({ ...observations, cause }, question.seed);
  const band = isKnown ? incidenceBand(curve.asked, curve.atRisk) : null;
  return { n, ended: lengths.length, share: incidenceAt(curve, curve.asked, band, ageSeconds) };
}

/** The estimate of observations, however few they are. */
export function estimateObservations(observations: Observations, agesSeconds: readonly number[], seed: number): ShownEstimate {
  const { curve, isKnown } = estimatedCurve(observations, seed);
  const band = isKnown ? { asked: incidenceBand(curve.asked, curve.atRisk), otherwise: incidenceBand(curve.otherwise, curve.atRisk) } : null;
  const asked = band?.asked ?? null;
  return {
    within: agesSeconds.map((ageSeconds) => ({ ageSeconds, share: incidenceAt(curve, curve.asked, asked, ageSeconds) })),
    endWithout: incidenceAt(curve, curve.otherwise, band?.otherwise ?? null, curve.risk.leaves.at(-1) ?? 0),
    p50: incidenceQuantile(curve, asked, 0.5),
    p75: incidenceQuantile(curve, asked, 0.75),
    p90: incidenceQuantile(curve, asked, 0.9),
    curve,
    band,
  };
}

/** The curve with the variance that fits its observations; `isKnown` says whether there is one. */
function estimatedCurve(observations: Observations, seed: number): { readonly curve: IncidenceCurve; readonly isKnown: boolean } {
  const greenwood = cumulativeIncidence(observations);
  const resampled = greenwood.isClustered ? resampledVariance(greenwood, observations, xoshiro128(seed)) : greenwood;
  return { curve: resampled ?? greenwood, isKnown: resampled !== null };
}

function endings({ n, cause, exit }: Observations): Pick<WaitEstimate, 'finished' | 'endedOtherwise' | 'stillWaiting' | 'oldestSeconds'> {
  const counts = { [STILL_WAITING]: 0, [ASKED]: 0, [OTHERWISE]: 0 };
  let oldestSeconds: number | null = null;
  for (let i = 0; i < n; i += 1) {
    const ending = cause[i] === ASKED ? ASKED : cause[i] === OTHERWISE ? OTHERWISE : STILL_WAITING;
    counts[ending] += 1;
    if (ending === STILL_WAITING) oldestSeconds = Math.max(oldestSeconds ?? 0, exit[i] ?? 0);
  }
  return { finished: counts[ASKED], endedOtherwise: counts[OTHERWISE], stillWaiting: counts[STILL_WAITING], oldestSeconds };
}
