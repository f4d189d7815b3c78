import { ASKED, OTHERWISE, type Observations } from './observations.ts';
import { leavingAges, riskSteps, type LeavingAges, type RiskSteps } from './risk-steps.ts';
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
  /** Whether a subject has more than one observation. */
  readonly isClustered: boolean;
  /** Who was at risk at each age; made when first asked for, because few ask. */
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
export function cumulativeIncidence(observations: Observations): IncidenceCurve {
  const leaving = leavingAges(observations);
  const risk = riskSteps(leaving);
  const counts = endings(leaving, risk);
  const incidences = incidencesOf(counts);
  let table: RiskTable | null = null;
  return {
    ages: counts.ages,
    atRisk: counts.atRisk,
    ...incidences,
    isClustered: observations.subjects < observations.n,
    risk,
    get table() {
      return (table ??= riskTable(observations, counts.ages));
    },
  };
}

/** The incidences at the ages of a table alone, which may be a coarser choice from those of the ends. */
export function tabledIncidences(table: RiskTable): Pick<IncidenceCurve, 'asked' | 'otherwise'> {
  const counts = emptyCounts(table);
  countRisks(table, null, counts);
  const { length } = table.ages;
  const by = (cause: number): Float64Array => counts.leaving.subarray(cause * length, (cause + 1) * length);
  return incidencesOf({ ages: table.ages, atRisk: counts.atRisk.subarray(0, length), asked: by(ASKED), otherwise: by(OTHERWISE) });
}

/** At each age at which anything ended: how many were at risk, and how many ended by which cause. */
interface Endings {
  readonly ages: Float64Array;
  readonly atRisk: Float64Array;
  readonly asked: Float64Array;
  readonly otherwise: Float64Array;
}

/** Who enters at an age is at risk only after it, who leaves there still is. One walk along ascending lists. */
function endings({ asked, otherwise }: LeavingAges, { enters, leaves }: RiskSteps): Endings {
  const most = asked.length + otherwise.length;
  const found = { ages: new Float64Array(most), atRisk: new Float64Array(most), asked: new Float64Array(most), otherwise: new Float64Array(most) };
  let [a, o, entered, left, k] = [0, 0, 0, 0, 0];
  while (a < asked.length || o < otherwise.length) {
    const age = Math.min(asked[a] ?? Infinity, otherwise[o] ?? Infinity);
    while (entered < enters.length && (enters[entered] ?? 0) < age) entered += 1;
    while (left < leaves.length && (leaves[left] ?? 0) < age) left += 1;
    const [fromA, fromO] = [a, o];
    while (asked[a] === age) a += 1;
    while (otherwise[o] === age) o += 1;
    found.ages[k] = age;
    found.atRisk[k] = entered - left;
    found.asked[k] = a - fromA;
    found.otherwise[k] = o - fromO;
    k += 1;
  }
  const cut = (column: Float64Array): Float64Array => column.subarray(0, k);
  return { ages: cut(found.ages), atRisk: cut(found.atRisk), asked: cut(found.asked), otherwise: cut(found.otherwise) };
}

/** S and its variance are shared by both causes: they are those just before each age. */
function incidencesOf({ atRisk, asked, otherwise }: Endings): { readonly asked: Incidence; readonly otherwise: Incidence } {
  const standing = { share: new Float64Array(atRisk.length), variance: new Float64Array(atRisk.length) };
  let share = 1;
  let variance = 0;
  for (let k = 0; k < atRisk.length; k += 1) {
    standing.share[k] = share;
    standing.variance[k] = variance;
    const y = atRisk[k] ?? 0;
    const d = (asked[k] ?? 0) + (otherwise[k] ?? 0);
    const stays = 1 - d / y;
    variance = stays * stays * variance + (share * share * d * (y - d)) / (y * y * y);
    share *= stays;
  }
  return { asked: incidenceOf(standing, atRisk, asked, otherwise), otherwise: incidenceOf(standing, atRisk, otherwise, asked) };
}

/** One cause's share F, its variance and its covariance with S, carried from age to age. */
function incidenceOf(standing: Incidence, atRisk: Float64Array, own: Float64Array, other: Float64Array): Incidence {
  const found = { share: new Float64Array(atRisk.length), variance: new Float64Array(atRisk.length) };
  let share = 0;
  let variance = 0;
  let covariance = 0;
  for (let k = 0; k < atRisk.length; k += 1) {
    const y = atRisk[k] ?? 0;
    const dj = own[k] ?? 0;
    const d = dj + (other[k] ?? 0);
    const before = standing.share[k] ?? 0;
    const beforeVariance = standing.variance[k] ?? 0;
    const hazard = dj / y;
    const scale = (before * before) / (y * y * y);
    share += before * hazard;
    variance += 2 * hazard * covariance + hazard * hazard * beforeVariance + scale * dj * (y - dj);
    covariance = (1 - d / y) * (covariance + hazard * beforeVariance) - scale * dj * (y - d);
    // Rounding lifts the sum of many shares by a trace above the whole.
    found.share[k] = share < 1 ? share : 1;
    found.variance[k] = variance;
  }
  return found;
}
