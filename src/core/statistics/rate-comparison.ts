import { fillPoissonWeights } from './poisson-weights.ts';
import type { Random } from './random.ts';
import { beyondBothSides } from './standard-normal.ts';
import { MOST_WEIGHTED } from './standing-replicates.ts';

/** What one subject adds to a rate in one window: its failures and its runs. */
export interface RatePart {
  readonly count: number;
  readonly exposure: number;
}

/** A rate, Σ count / Σ exposure, in two windows. */
export interface RateComparison {
  readonly now: number;
  readonly before: number;
  /** The probability of a difference at least that large, were both rates alike. */
  readonly p: number;
}

/** Replicates of a comparison; the least p is 1 over one more. */
export const RATE_REPLICATES = 2_000;

/**
 * Compares a rate of two windows by a bootstrap over subjects under the hypothesis that nothing
 * changed: the subjects of both windows are pooled, each stands Poisson(1) times and every time in a
 * window drawn by chance, as often in each as it has subjects (Efron and Tibshirani, An Introduction to
 * the Bootstrap, 1993, 16.2). p is the share of replicates that differ at least as much as the windows
 * do, the windows themselves counted in. With more than `MOST_WEIGHTED` subjects it is taken from the normal
 * distribution that the replicates tend to. Null where a window has no exposure: no rate is no rate of 0.
 */
export function compareRates(now: readonly RatePart[], before: readonly RatePart[], random: Random, replicates: number = RATE_REPLICATES): RateComparison | null {
  const rates = { now: rateOf(now), before: rateOf(before) };
  if (rates.now === null || rates.before === null) return null;
  const difference = Math.abs(rates.now - rates.before);
  const pooled = [...now, ...before];
  const share = now.length / pooled.length;
  const p = pooled.length > MOST_WEIGHTED ? limitP(pooled, share, difference) : replicatesP(pooled, share, difference, random, replicates);
  return { now: rates.now, before: rates.before, p };
}

function replicatesP(pooled: readonly RatePart[], share: number, difference: number, random: Random, replicates: number): number {
  const counts = Float64Array.from(pooled, (part) => part.count);
  const exposures = Float64Array.from(pooled, (part) => part.exposure);
  const weights = new Uint8Array(pooled.length);
  const toNow = share * 2 ** 32;
  let asFar = 1;
  for (let replicate = 0; replicate < replicates; replicate += 1) {
    fillPoissonWeights(random, weights);
    let [count, exposure, countNow, exposureNow] = [0, 0, 0, 0];
    for (let i = 0; i < weights.length; i += 1) {
      const weight = weights[i] ?? 0;
      if (weight === 0) continue;
      let timesNow = 0;
      for (let time = 0; time < weight; time += 1) timesNow += random.next() < toNow ? 1 : 0;
      count += weight * (counts[i] ?? 0);
      exposure += weight * (exposures[i] ?? 0);
      countNow += timesNow * (counts[i] ?? 0);
      exposureNow += timesNow * (exposures[i] ?? 0);
    }
    const exposureBefore = exposure - exposureNow;
    // A replicate that leaves a window without exposure cannot differ less: it speaks for no change.
    const drawn = exposureNow > 0 && exposureBefore > 0 ? Math.abs(countNow / exposureNow - (count - countNow) / exposureBefore) : Infinity;
    if (drawn >= difference * (1 - 1e-9)) asFar += 1;
  }
  return asFar / (replicates + 1);
}

/** The variance of the replicates' difference by linearisation: what each subject has beyond the common rate, squared, over each side's expected exposure squared. */
function limitP(pooled: readonly RatePart[], share: number, difference: number): number {
  const exposure = pooled.reduce((sum, part) => sum + part.exposure, 0);
  const rate = pooled.reduce((sum, part) => sum + part.count, 0) / exposure;
  const squares = pooled.reduce((sum, part) => sum + (part.count - rate * part.exposure) ** 2, 0);
  const variance = (squares / exposure ** 2) * (1 / share + 1 / (1 - share));
  return variance > 0 ? beyondBothSides(difference / Math.sqrt(variance)) : 1;
}

function rateOf(parts: readonly RatePart[]): number | null {
  const exposure = parts.reduce((sum, part) => sum + part.exposure, 0);
  return exposure > 0 ? parts.reduce((sum, part) => sum + part.count, 0) / exposure : null;
}
