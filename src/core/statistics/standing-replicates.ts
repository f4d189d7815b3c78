import { fillPoissonWeights } from './poisson-weights.ts';
import type { Random } from './random.ts';
import { standardNormal } from './standard-normal.ts';

/** Above this many subjects replicates are drawn from their limiting distribution. */
export const MOST_WEIGHTED = 10_000;

/** What subjects add to each phase, row by row: entry s · `phases` + p is what subject s adds to phase p. */
export interface Contributions {
  readonly amounts: Float64Array;
  readonly phases: number;
  readonly subjects: number;
}

/**
 * Sums by phase in bootstrap replicates, one row of `phases` sums after the other: every subject, with
 * all its phases, stands Poisson(1) times. Such sums have the plain sums for mean and the sums of
 * products of what each subject adds for covariance; with more than `MOST_WEIGHTED` subjects they are
 * drawn from the normal distribution of those, which they then follow closely.
 */
export function standingReplicates(contributions: Contributions, replicates: number, random: Random): Float64Array {
  return contributions.subjects > MOST_WEIGHTED ? limitReplicates(contributions, replicates, random) : weightedReplicates(contributions, replicates, random);
}

/** The replicates by drawing every weight. */
export function weightedReplicates({ amounts, phases, subjects }: Contributions, replicates: number, random: Random): Float64Array {
  // Most subjects stand in few of the phases: only what is not 0 is added up, again and again.
  const filled = Uint32Array.from(amounts.keys()).filter((entry) => amounts[entry] !== 0);
  const subjectOf = filled.map((entry) => Math.floor(entry / phases));
  const phaseOf = filled.map((entry) => entry % phases);
  const amountOf = Float64Array.from(filled, (entry) => amounts[entry] ?? 0);
  const sums = new Float64Array(replicates * phases);
  const weights = new Uint8Array(subjects);
  for (let row = 0; row < sums.length; row += phases) {
    fillPoissonWeights(random, weights);
    for (let i = 0; i < filled.length; i += 1) {
      const sum = row + (phaseOf[i] ?? 0);
      sums[sum] = (sums[sum] ?? 0) + (weights[subjectOf[i] ?? 0] ?? 0) * (amountOf[i] ?? 0);
    }
  }
  return sums;
}

/** The replicates by their limit: the means plus Cholesky's factor of the covariance times normal numbers. No sum is below 0. */
export function limitReplicates(contributions: Contributions, replicates: number, random: Random): Float64Array {
  const { phases } = contributions;
  const means = phaseSums(contributions);
  const factor = choleskyFactor(covariance(contributions), phases);
  const sums = new Float64Array(replicates * phases);
  const draws = new Float64Array(phases);
  for (let row = 0; row < sums.length; row += phases) {
    for (let p = 0; p < phases; p += 1) draws[p] = standardNormal(random);
    for (let p = 0; p < phases; p += 1) {
      let sum = means[p] ?? 0;
      for (let q = 0; q <= p; q += 1) sum += (factor[p * phases + q] ?? 0) * (draws[q] ?? 0);
      sums[row + p] = Math.max(0, sum);
    }
  }
  return sums;
}

/** What all subjects add together, by phase. */
export function phaseSums({ amounts, phases }: Contributions): Float64Array {
  const sums = new Float64Array(phases);
  for (let i = 0; i < amounts.length; i += 1) sums[i % phases] = (sums[i % phases] ?? 0) + (amounts[i] ?? 0);
  return sums;
}

function covariance({ amounts, phases, subjects }: Contributions): Float64Array {
  const products = new Float64Array(phases * phases);
  for (let s = 0; s < subjects; s += 1) {
    for (let p = 0; p < phases; p += 1) {
      const amount = amounts[s * phases + p] ?? 0;
      if (amount === 0) continue;
      for (let q = 0; q <= p; q += 1) products[p * phases + q] = (products[p * phases + q] ?? 0) + amount * (amounts[s * phases + q] ?? 0);
    }
  }
  return products;
}

/** The lower factor of a positive semidefinite matrix given by its lower half; a direction without variance gets none. */
function choleskyFactor(matrix: Float64Array, size: number): Float64Array {
  const factor = new Float64Array(size * size);
  for (let p = 0; p < size; p += 1) {
    for (let q = 0; q <= p; q += 1) {
      let rest = matrix[p * size + q] ?? 0;
      for (let k = 0; k < q; k += 1) rest -= (factor[p * size + k] ?? 0) * (factor[q * size + k] ?? 0);
      const pivot = factor[q * size + q] ?? 0;
      factor[p * size + q] = p === q ? Math.sqrt(Math.max(0, rest)) : pivot > 0 ? rest / pivot : 0;
    }
  }
  return factor;
}
