import { OTHERWISE, STILL_WAITING, type Observations } from './observations.ts';

/**
 * Where observations are at risk among the ages at which anything ended: at `ages[first[i]]` up to
 * but without `ages[end[i]]`. Those at risk at none of them are left out; `row` says which
 * observation is meant, `subject` and `cause` are its own.
 */
export interface RiskTable {
  /** Ascending, seconds. */
  readonly ages: Float64Array;
  readonly first: Uint32Array;
  /** Greater than `first`; one that ended is counted as ending at `ages[end[i] - 1]`. */
  readonly end: Uint32Array;
  readonly cause: Uint8Array;
  readonly subject: Uint32Array;
  readonly row: Uint32Array;
}

/** How many are at risk at each age of a risk table, and how many leave there by cause; weighted where weights are given. */
export interface RiskCounts {
  /** One longer than the ages: what leaves after the last of them is counted there. */
  readonly atRisk: Float64Array;
  /** The count of cause c at age k stands at c · (number of ages) + k. */
  readonly leaving: Float64Array;
}

/**
 * Places observations among the ages of their ends. At equal ages one who enters there is not yet at
 * risk, one who leaves there still is. `ages` may be a coarser choice from those of the ends, the
 * greatest among them: an end counts at the next age of that choice.
 */
export function riskTable(observations: Observations, ages: Float64Array = endAges(observations)): RiskTable {
  const { n, enter, exit } = observations;
  const first = new Uint32Array(n);
  const end = new Uint32Array(n);
  const cause = new Uint8Array(n);
  const subject = new Uint32Array(n);
  const row = new Uint32Array(n);
  let count = 0;
  for (let i = 0; i < n; i += 1) {
    const enters = enter[i] ?? 0;
    const leaves = exit[i] ?? 0;
    const ended = observations.cause[i] !== STILL_WAITING;
    const from = enters < 0 ? 0 : countUpTo(ages, enters);
    const to = ended ? countBelow(ages, leaves) + 1 : countUpTo(ages, leaves);
    if (from >= to) continue;
    first[count] = from;
    end[count] = to;
    cause[count] = observations.cause[i] ?? STILL_WAITING;
    subject[count] = observations.subject[i] ?? 0;
    row[count] = i;
    count += 1;
  }
  return { ages, first: first.subarray(0, count), end: end.subarray(0, count), cause: cause.subarray(0, count), subject: subject.subarray(0, count), row: row.subarray(0, count) };
}

/** An empty set of counts for a risk table, to be filled by `countRisks`. */
export function emptyCounts({ ages }: RiskTable): RiskCounts {
  return { atRisk: new Float64Array(ages.length + 1), leaving: new Float64Array(ages.length * (OTHERWISE + 1)) };
}

/** Fills counts afresh. `weights` are by subject; null counts each observation once. Without a branch per observation: a resampling calls it hundreds of times. */
export function countRisks({ ages, first, end, cause, subject }: RiskTable, weights: Uint8Array | null, { atRisk, leaving }: RiskCounts): void {
  const all = weights ?? new Uint8Array(subject.reduce((most, s) => Math.max(most, s + 1), 0)).fill(1);
  atRisk.fill(0);
  leaving.fill(0);
  // Differences first, their running sum after: linear in observations and ages together.
  for (let i = 0; i < first.length; i += 1) {
    const weight = all[subject[i] ?? 0] ?? 0;
    const from = first[i] ?? 0;
    const to = end[i] ?? 0;
    const leaves = (cause[i] ?? 0) * ages.length + to - 1;
    atRisk[from] = (atRisk[from] ?? 0) + weight;
    atRisk[to] = (atRisk[to] ?? 0) - weight;
    leaving[leaves] = (leaving[leaves] ?? 0) + weight;
  }
  let running = 0;
  for (let k = 0; k < ages.length; k += 1) {
    running += atRisk[k] ?? 0;
    atRisk[k] = running;
  }
}

/** How many subjects have anything at risk at the k-th age. */
export function subjectsAtRisk({ first, end, subject }: RiskTable, k: number): number {
  const subjects = new Set<number>();
  for (let i = 0; i < first.length; i += 1) if ((first[i] ?? 0) <= k && k < (end[i] ?? 0)) subjects.add(subject[i] ?? 0);
  return subjects.size;
}

/** The distinct ages at which anything ended, ascending. */
function endAges({ n, exit, cause }: Observations): Float64Array {
  const ended = new Float64Array(n);
  let count = 0;
  for (let i = 0; i < n; i += 1) {
    if (cause[i] === STILL_WAITING) continue;
    ended[count] = exit[i] ?? 0;
    count += 1;
  }
  const sorted = ended.subarray(0, count).sort();
  return sorted.filter((age, k) => k === 0 || sorted[k - 1] !== age);
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

/** How many of ascending numbers are below x. */
function countBelow(ascending: Float64Array, x: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? Infinity) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
