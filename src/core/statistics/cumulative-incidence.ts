import type { Observations } from './observations.ts';
import { riskSteps, type RiskSteps } from './risk-steps.ts';
import { countRisks, emptyCounts, riskTable, type RiskCounts, type RiskTable } from './risk-table.ts';

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
  countRisks(table, observations, null, counts);
  return { ages: table.ages, atRisk: counts.atRisk, ...incidencesOf(counts), risk: riskSteps(observations) };
}

function incidencesOf({ atRisk, asked, otherwise }: RiskCounts): { readonly asked: Incidence; readonly otherwise: Incidence } {
  const first = new CauseRecursion(atRisk.length);
  const second = new CauseRecursion(atRisk.length);
  let standing = 1;
  let standingVariance = 0;
  for (let k = 0; k < atRisk.length; k += 1) {
    const y = atRisk[k] ?? 0;
    const d1 = asked[k] ?? 0;
    const d2 = otherwise[k] ?? 0;
    const d = d1 + d2;
    first.step(k, y, d, d1, standing, standingVariance);
    second.step(k, y, d, d2, standing, standingVariance);
    const stays = 1 - d / y;
    standingVariance = stays * stays * standingVariance + (standing * standing * d * (y - d)) / (y * y * y);
    standing *= stays;
  }
  return { asked: { share: first.share, variance: first.variance }, otherwise: { share: second.share, variance: second.variance } };
}

/** One cause's share F, its variance, and its covariance with S, carried from age to age. */
class CauseRecursion {
  readonly share: Float64Array;
  readonly variance: Float64Array;
  #share = 0;
  #variance = 0;
  #covariance = 0;

  constructor(length: number) {
    this.share = new Float64Array(length);
    this.variance = new Float64Array(length);
  }

  /** y at risk, d end, dj of them by this cause; S just before this age and its variance. */
  step(k: number, y: number, d: number, dj: number, standing: number, standingVariance: number): void {
    const hazard = dj / y;
    const scale = (standing * standing) / (y * y * y);
    this.#share += standing * hazard;
    this.#variance += 2 * hazard * this.#covariance + hazard * hazard * standingVariance + scale * dj * (y - dj);
    this.#covariance = (1 - d / y) * (this.#covariance + hazard * standingVariance) - scale * dj * (y - d);
    this.share[k] = this.#share;
    this.variance[k] = this.#variance;
  }
}
