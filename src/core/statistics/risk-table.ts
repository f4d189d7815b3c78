import { ASKED, OTHERWISE, STILL_WAITING, type Observations } from './observations.ts';

/**
 * Where each observation is at risk among the distinct ages at which anything ended: at
 * `ages[first[i]]` up to but without `ages[end[i]]`. One that ended did so at `ages[end[i] - 1]`.
 */
export interface RiskTable {
  /** Ascending, seconds. */
  readonly ages: Float64Array;
  readonly first: Uint32Array;
  readonly end: Uint32Array;
}

/** How many are at risk at each age of a risk table, and how many end there as asked or otherwise; weighted where weights are given. */
export interface RiskCounts {
  readonly atRisk: Float64Array;
  readonly asked: Float64Array;
  readonly otherwise: Float64Array;
}

/** Places observations among the ages of their ends. At equal ages one who enters there is not yet at risk, one who leaves there still is. */
export function riskTable(observations: Observations): RiskTable {
  const { n, enter, exit } = observations;
  const ages = distinctEndAges(observations);
  const first = new Uint32Array(n);
  const end = new Uint32Array(n);
  for (let i = 0; i < n; i += 1) {
    const enters = enter[i] ?? 0;
    first[i] = enters < 0 ? 0 : countUpTo(ages, enters);
    end[i] = countUpTo(ages, exit[i] ?? 0);
  }
  return { ages, first, end };
}

/** An empty set of counts for a risk table, to be filled by `countRisks`. */
export function emptyCounts({ ages }: RiskTable): RiskCounts {
  return { atRisk: new Float64Array(ages.length), asked: new Float64Array(ages.length), otherwise: new Float64Array(ages.length) };
}

/** Fills counts afresh. `weights` are by subject; null counts each observation once. */
export function countRisks(table: RiskTable, { n, cause, subject }: Observations, weights: Uint8Array | null, counts: RiskCounts): void {
  const { atRisk, asked, otherwise } = counts;
  const { first, end } = table;
  atRisk.fill(0);
  asked.fill(0);
  otherwise.fill(0);
  // Differences first, their running sum after: linear in observations and ages together.
  for (let i = 0; i < n; i += 1) {
    const weight = weights === null ? 1 : (weights[subject[i] ?? 0] ?? 0);
    if (weight === 0) continue;
    const from = first[i] ?? 0;
    const to = end[i] ?? 0;
    if (from >= to) continue;
    atRisk[from] = (atRisk[from] ?? 0) + weight;
    if (to < atRisk.length) atRisk[to] = (atRisk[to] ?? 0) - weight;
    if (cause[i] === ASKED) asked[to - 1] = (asked[to - 1] ?? 0) + weight;
    if (cause[i] === OTHERWISE) otherwise[to - 1] = (otherwise[to - 1] ?? 0) + weight;
  }
  let running = 0;
  for (let k = 0; k < atRisk.length; k += 1) {
    running += atRisk[k] ?? 0;
    atRisk[k] = running;
  }
}

function distinctEndAges({ n, exit, cause }: Observations): Float64Array {
  const ended = new Float64Array(n);
  let count = 0;
  for (let i = 0; i < n; i += 1) {
    if (cause[i] === STILL_WAITING) continue;
    ended[count] = exit[i] ?? 0;
    count += 1;
  }
  const sorted = ended.subarray(0, count).sort();
  let distinct = 0;
  for (let k = 0; k < count; k += 1) {
    const age = sorted[k] ?? 0;
    if (distinct > 0 && sorted[distinct - 1] === age) continue;
    sorted[distinct] = age;
    distinct += 1;
  }
  return sorted.slice(0, distinct);
}

/** How many of ascending numbers are at most x. */
export function countUpTo(ascending: Float64Array, x: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? Infinity) <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}
