import { ASKED, STILL_WAITING, type Observations } from './observations.ts';
import { riskTable, type RiskTable } from './risk-table.ts';
import { beyondBothSidesOfT } from './student-t.ts';

/** A test of two groups' waits against each other. */
export interface LogRank {
  /** The robust score statistic. */
  readonly chiSquared: number;
  /** The probability of one at least that large if both wait alike. */
  readonly p: number;
  /** Asked ends in the second group less those expected if both waited alike; above 0: the second is faster. */
  readonly excess: number;
}

/**
 * The cause-specific log-rank test of the asked end, with delayed entry, whose variance is robust to
 * several waits a subject and to a subject in both groups. `isSecond` holds 1 for the observations of
 * the second group. It is the score test of Cox's model with Efron's ties and the grouped sandwich of
 * Lin and Wei (JASA 84, 1989): R's `coxph(Surv(enter, exit, asked) ~ group, cluster = subject)`,
 * `rscore`. Ends of other causes leave the risk set.
 *
 * R refers the statistic to chi-squared with one degree of freedom, which with few subjects calls too
 * many changes, since a sandwich of g terms comes out too small. For p it is therefore shrunk by
 * 1 - 1/g and its root referred to Student's t with g - 1 degrees, g being the subjects of the smaller
 * group (as for few clusters in Cameron and Miller, Journal of Human Resources 50, 2015); with one
 * subject p is 1. Null where nothing can be compared: no age at which someone ended as asked while both
 * groups were at risk.
 */
export function logRank(observations: Observations, isSecond: Uint8Array): LogRank | null {
  const table = riskTable({ ...observations, cause: observations.cause.map((cause) => (cause === ASKED ? ASKED : STILL_WAITING)) });
  const group = table.row.map((row) => isSecond[row] ?? 0);
  const hazards = pooledHazards(table, group);
  const scores = new Float64Array(observations.subjects);
  let excess = 0;
  for (let i = 0; i < table.row.length; i += 1) {
    const score = scoreResidual(hazards, table, i, group[i] ?? 0);
    const subject = table.subject[i] ?? 0;
    scores[subject] = (scores[subject] ?? 0) + score;
    excess += score;
  }
  const fewest = Math.min(subjectsIn(table, group, 0), subjectsIn(table, group, 1));
  const variance = scores.reduce((sum, score) => sum + score * score, 0);
  if (variance <= RANK_ROUNDING * table.row.length) return null;
  const chiSquared = (excess * excess) / variance;
  return { chiSquared, p: fewest < 2 ? 1 : beyondBothSidesOfT(Math.sqrt(chiSquared * (1 - 1 / fewest)), fewest - 1), excess };
}

function subjectsIn({ subject }: RiskTable, group: Uint32Array, which: number): number {
  return new Set(subject.filter((_, i) => group[i] === which)).size;
}

/** Below this a sum of squared residuals is their rounding. */
const RANK_ROUNDING = 1e-20;

/**
 * At each age, by Efron's treatment of d tied ends: as if they left one after the other in every
 * order, after the k-th the risk set has lost k / d of each of them.
 */
interface PooledHazards {
  /** Σ over ages up to here and k of 1 / (Y - k), and of the same times the second group's mean share; entry 0 is before all ages. */
  readonly sum: Float64Array;
  readonly weighted: Float64Array;
  /** At each age: mean over k of the second group's share in the risk set. */
  readonly share: Float64Array;
  /** What one who ends at this age has less of the two sums, having left by k / d. */
  readonly lessSum: Float64Array;
  readonly lessWeighted: Float64Array;
}

function pooledHazards({ ages, first, end, cause }: RiskTable, group: Uint32Array): PooledHazards {
  const count = (): Float64Array => new Float64Array(ages.length + 1);
  const [atRisk, second, ended, endedSecond] = [count(), count(), count(), count()];
  for (let i = 0; i < first.length; i += 1) {
    const [from, to, isSecond] = [first[i] ?? 0, end[i] ?? 0, group[i] ?? 0];
    add(atRisk, from, 1);
    add(atRisk, to, -1);
    add(second, from, isSecond);
    add(second, to, -isSecond);
    if (cause[i] !== ASKED) continue;
    add(ended, to - 1, 1);
    add(endedSecond, to - 1, isSecond);
  }
  const hazards = { sum: count(), weighted: count(), share: count(), lessSum: count(), lessWeighted: count() };
  let y = 0;
  let y2 = 0;
  for (let age = 0; age < ages.length; age += 1) {
    y += atRisk[age] ?? 0;
    y2 += second[age] ?? 0;
    const d = ended[age] ?? 0;
    let [sum, weighted] = [hazards.sum[age] ?? 0, hazards.weighted[age] ?? 0];
    for (let k = 0; k < d; k += 1) {
      const each = 1 / (y - k);
      const share = (y2 - (k / d) * (endedSecond[age] ?? 0)) * each;
      sum += each;
      weighted += share * each;
      add(hazards.share, age, share / d);
      add(hazards.lessSum, age, (k / d) * each);
      add(hazards.lessWeighted, age, (k / d) * share * each);
    }
    hazards.sum[age + 1] = sum;
    hazards.weighted[age + 1] = weighted;
  }
  return hazards;
}

/** One observation's part of the score: what it did, less what it was expected to at every age it was at risk. */
function scoreResidual(hazards: PooledHazards, { first, end, cause }: RiskTable, i: number, isSecond: number): number {
  const [from, to] = [first[i] ?? 0, end[i] ?? 0];
  const at = (sums: Float64Array, index: number): number => sums[index] ?? 0;
  const sum = at(hazards.sum, to) - at(hazards.sum, from);
  const weighted = at(hazards.weighted, to) - at(hazards.weighted, from);
  if (cause[i] !== ASKED) return weighted - isSecond * sum;
  const own = isSecond - at(hazards.share, to - 1);
  return own + (weighted - at(hazards.lessWeighted, to - 1)) - isSecond * (sum - at(hazards.lessSum, to - 1));
}

function add(sums: Float64Array, index: number, amount: number): void {
  sums[index] = (sums[index] ?? 0) + amount;
}
