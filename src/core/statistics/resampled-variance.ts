import type { Incidence, IncidenceCurve } from './cumulative-incidence.ts';
import type { Observations } from './observations.ts';
import { fillPoissonWeights } from './poisson-weights.ts';
import type { Random } from './random.ts';
import { countRisks, emptyCounts, type RiskCounts, type RiskTable } from './risk-table.ts';

/** Replicates of a variance: its own standard error is then 5 % of it, 2.5 % of the interval's width. */
export const VARIANCE_REPLICATES = 800;

/**
 * The curve with the variances of both incidences replaced by those over `replicates` in which every
 * subject, with all its waits, stands Poisson(1) times: right where a subject's waits depend on each
 * other. Times g / (g - 1) for g subjects, since replicates vary around the sample and not the truth.
 * Null for a single subject, which says nothing about how subjects differ.
 */
export function resampledVariance(
  curve: IncidenceCurve,
  observations: Observations,
  table: RiskTable,
  random: Random,
  replicates: number = VARIANCE_REPLICATES,
): IncidenceCurve | null {
  const { subjects } = observations;
  if (subjects < 2) return null;
  const weights = new Uint8Array(subjects);
  const counts = emptyCounts(table);
  const asked = new Spread(curve.asked);
  const otherwise = new Spread(curve.otherwise);
  for (let replicate = 0; replicate < replicates; replicate += 1) {
    fillPoissonWeights(random, weights);
    countRisks(table, observations, weights, counts);
    addReplicate(counts, asked, otherwise);
  }
  const correction = subjects / (subjects - 1);
  return { ...curve, asked: asked.incidence(replicates, correction), otherwise: otherwise.incidence(replicates, correction) };
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

  incidence(replicates: number, correction: number): Incidence {
    const variance = this.#squares.map((squares, k) => (correction * (squares - (this.#sum[k] ?? 0) ** 2 / replicates)) / (replicates - 1));
    return { share: this.#estimate.share, variance };
  }
}

function addReplicate(counts: RiskCounts, asked: Spread, otherwise: Spread): void {
  let standing = 1;
  let first = 0;
  let second = 0;
  for (let k = 0; k < counts.atRisk.length; k += 1) {
    const y = counts.atRisk[k] ?? 0;
    if (y > 0) {
      const d1 = counts.asked[k] ?? 0;
      const d2 = counts.otherwise[k] ?? 0;
      first += (standing * d1) / y;
      second += (standing * d2) / y;
      standing *= 1 - (d1 + d2) / y;
    }
    asked.add(k, first);
    otherwise.add(k, second);
  }
}
