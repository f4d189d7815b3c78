import { ASKED, OTHERWISE, type Observations } from './observations.ts';
import { riskSteps, type RiskSteps } from './risk-steps.ts';
import { countRisks, emptyCounts, riskTable, type RiskTable } from './risk-table.ts';

/** The share that has ended by each age of a curve, 0 to 1 and never falling, and the variance of that share. */
export interface Incidence {
  readonly share: Float64Array;
  readonly variance: Float64Array;
}

/**
 * What became of waits by age: the incidence of the asked end and of all others, as steps at the
 * distinct ages at which anything ended; both are 0 before the first. They sum to at most 1, what is
 * missing still waits.
 */
export interface IncidenceCurve {
  /** Ascending, seconds. */
  readonly ages: Float64Array;
  /** How many were at risk at each age. */
  readonly atRisk: Float64Array;
  readonly asked: Incidence;
  readonly otherwise: Incidence;
  /** Who was at risk at each age. */
  readonly table: RiskTable;
  /** How many were at risk between those ages too. */
  readonly risk: RiskSteps;
}

/**
 * Cumulative incidence by Aalen and Johansen with delayed entry: at each age, F_j grows by
 * S(t-) d_j / Y and S shrinks by the factor 1 - d / Y, where Y are at risk, d end and d_j of them by
 * cause j. Without competing ends it is 1 - Kaplan-Meier. The variance is the Greenwood-type one of
 * Andersen, Borgan, Gill and Keiding, Statistical Models Based on Counting Processes (1993), (4.4.19),
 * with the multinomial covariance of the increments: what R's `etm` reports. It takes observations
 * for independent; where subjects have several, `resampledVariance` replaces it.
 *
 * Where everyone at risk ends while others enter later, S is 0 from there on and the shares stay;
 * `incidenceQuantile` calls that `thin`.
 */
export function cumulativeIncidence(observations: Observations, table: RiskTable = riskTable(observations)): IncidenceCurve {
  const counts = emptyCounts(table);
  countRisks(table, null, counts);
  const atRisk = counts.atRisk.subarray(0, table.ages.length);
  return { ages: table.ages, atRisk, ...incidencesOf(atRisk, counts.leaving), table, risk: riskSteps(observations) };
}

function incidencesOf(atRisk: Float64Array, leaving: Float64Array): { readonly asked: Incidence; readonly otherwise: Incidence } {
  const standing = { share: 1, variance: 0 };
  const first = new CauseRecursion(atRisk.length, standing);
  const second = new CauseRecursion(atRisk.length, standing);
  for (let k = 0; k < atRisk.length; k += 1) {
    const y = atRisk[k] ?? 0;
    const d1 = leaving[ASKED * atRisk.length + k] ?? 0;
    const d2 = leaving[OTHERWISE * atRisk.length + k] ?? 0;
    const d = d1 + d2;
    first.step(k, y, d, d1);
    second.step(k, y, d, d2);
    const stays = 1 - d / y;
    standing.variance = stays * stays * standing.variance + (standing.share * standing.share * d * (y - d)) / (y * y * y);
    standing.share *= stays;
  }
  return { asked: { share: first.share, variance: first.variance }, otherwise: { share: second.share, variance: second.variance } };
}

/** One cause's share F, its variance and its covariance with S, carried from age to age; S and its variance are shared by all causes. */
class CauseRecursion {
  readonly share: Float64Array;
  readonly variance: Float64Array;
  readonly #standing: { readonly share: number; readonly variance: number };
  #share = 0;
  #variance = 0;
  #covariance = 0;

  constructor(length: number, standing: { readonly share: number; readonly variance: number }) {
    this.share = new Float64Array(length);
    this.variance = new Float64Array(length);
    this.#standing = standing;
  }

  /** y at risk, d end, dj of them by this cause; S and its variance are those just before this age. */
  step(k: number, y: number, d: number, dj: number): void {
    const { share, variance } = this.#standing;
    const hazard = dj / y;
    const scale = (share * share) / (y * y * y);
    this.#share += share * hazard;
    this.#variance += 2 * hazard * this.#covariance + hazard * hazard * variance + scale * dj * (y - dj);
    this.#covariance = (1 - d / y) * (this.#covariance + hazard * variance) - scale * dj * (y - d);
    // Rounding lifts the sum of many shares by a trace above the whole.
    this.share[k] = Math.min(1, this.#share);
    this.variance[k] = this.#variance;
  }
}
