import { tabledIncidences, type Incidence, type IncidenceCurve } from './cumulative-incidence.ts';
import { ASKED, OTHERWISE, type Observations } from './observations.ts';
import { fillPoissonWeights } from './poisson-weights.ts';
import type { Random } from './random.ts';
import { countRisks, emptyCounts, riskTable, type RiskCounts } from './risk-table.ts';

/**
 * How many replicates a variance of n observations gets. The standard error it gives is itself known
 * to 1 / sqrt(2 · replicates): 3.5 % with 400. Where there are so many observations that the interval
 * is narrow anyway, 7 % of its width (100 replicates) buys bounded work.
 */
export function varianceReplicates(n: number): number {
  return Math.max(100, Math.min(400, Math.round(1_000_000 / n)));
}

/** Ages at which a variance is resampled at most; between them it is interpolated. */
export const MOST_AGES = 1_000;

/**
 * The curve with the variances of both incidences replaced by those over `replicates` in which every
 * subject, with all its waits, stands Poisson(1) times: right where a subject's waits depend on each
 * other. Without the correction g / (g - 1) for g subjects, since the replicates' varying number of
 * subjects adds as much already. Null for fewer than two subjects, which say nothing about how subjects
 * differ.
 */
export function resampledVariance(
  curve: IncidenceCurve,
  observations: Observations,
  random: Random,
  replicates: number = varianceReplicates(observations.n),
): IncidenceCurve | null {
  const { subjects } = observations;
  if (subjects < 2) return null;
  const every = Math.ceil(curve.ages.length / MOST_AGES);
  const table = every === 1 ? curve.table : riskTable(observations, everyNth(curve.ages, every));
  const estimate = tabledIncidences(table);
  const asked = new Spread(estimate.asked);
  const otherwise = new Spread(estimate.otherwise);
  const weights = new Uint8Array(subjects);
  const counts = emptyCounts(table);
  for (let replicate = 0; replicate < replicates; replicate += 1) {
    fillPoissonWeights(random, weights);
    countRisks(table, weights, counts);
    addReplicate(counts, asked, otherwise);
  }
  const varianceOf = (spread: Spread): Float64Array => interpolated(spread.variance(replicates), every, curve.ages.length);
  return {
    ...curve,
    asked: { share: curve.asked.share, variance: varianceOf(asked) },
    otherwise: { share: curve.otherwise.share, variance: varianceOf(otherwise) },
  };
}

/** Sums of deviations from the estimate and of their squares, age by age. */
class Spread {
  readonly #estimate: Incidence;
  readonly #sum: Float64Array;
  readonly #squares: Float64Array;

  constructor(estimate: Incidence) {
    this.#estimate = estimate;
    this.#sum = new Float64Array(estimate.share.length);
    this.#squares = new Float64Array(estimate.share.length);
  }

  add(k: number, share: number): void {
    const deviation = share - (this.#estimate.share[k] ?? 0);
    this.#sum[k] = (this.#sum[k] ?? 0) + deviation;
    this.#squares[k] = (this.#squares[k] ?? 0) + deviation * deviation;
  }

  variance(replicates: number): Float64Array {
    return this.#squares.map((squares, k) => Math.max(0, squares - (this.#sum[k] ?? 0) ** 2 / replicates) / (replicates - 1));
  }
}

/** Aalen-Johansen in one replicate; an age at which none of its subjects is at risk changes nothing. */
function addReplicate(counts: RiskCounts, asked: Spread, otherwise: Spread): void {
  let standing = 1;
  let first = 0;
  let second = 0;
  const { atRisk, leaving } = counts;
  const length = atRisk.length - 1;
  for (let k = 0; k < length; k += 1) {
    const y = atRisk[k] ?? 0;
    if (y > 0) {
      const each = standing / y;
      const d1 = each * (leaving[ASKED * length + k] ?? 0);
      const d2 = each * (leaving[OTHERWISE * length + k] ?? 0);
      first += d1;
      second += d2;
      standing -= d1 + d2;
    }
    asked.add(k, first);
    otherwise.add(k, second);
  }
}

/** Every n-th entry, counted so that the last is among them. */
function everyNth(values: Float64Array, n: number): Float64Array {
  const skipped = (values.length - 1) % n;
  return values.filter((_, k) => (k - skipped) % n === 0 && k >= skipped);
}

/** Back from every n-th entry to all, linear between them and from 0 before the first. */
function interpolated(coarse: Float64Array, n: number, length: number): Float64Array {
  if (n === 1) return coarse;
  const skipped = (length - 1) % n;
  return Float64Array.from({ length }, (_, k) => {
    const position = (k - skipped) / n;
    const below = Math.floor(position);
    const low = coarse[below] ?? 0;
    return low + ((coarse[below + 1] ?? low) - low) * (position - below);
  });
}
