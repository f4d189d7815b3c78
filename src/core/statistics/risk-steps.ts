import { ASKED, FROM_THE_START, OTHERWISE, STILL_WAITING, type Observations } from './observations.ts';

/** The ages at which observations enter and leave, each ascending: how many are at risk at every age, not only where something ends. */
export interface RiskSteps {
  readonly enters: Float64Array;
  readonly leaves: Float64Array;
}

/** The ages at which observations leave by each cause, and those at which they enter; each ascending. */
export interface LeavingAges {
  readonly enters: Float64Array;
  readonly asked: Float64Array;
  readonly otherwise: Float64Array;
  readonly waiting: Float64Array;
}

/** Sorts observations by what they do: everything an incidence needs follows from these. */
export function leavingAges({ n, enter, exit, cause }: Observations): LeavingAges {
  const late = enter.filter((age) => age !== FROM_THE_START).sort();
  const enters = new Float64Array(n).fill(FROM_THE_START);
  enters.set(late, n - late.length);
  const by = (which: number): Float64Array => exit.filter((_, i) => cause[i] === which).sort();
  return { enters, asked: by(ASKED), otherwise: by(OTHERWISE), waiting: by(STILL_WAITING) };
}

/** The steps of the number at risk. */
export function riskSteps({ enters, asked, otherwise, waiting }: LeavingAges): RiskSteps {
  return { enters, leaves: merged(merged(asked, otherwise), waiting) };
}

/** Two ascending lists as one. */
function merged(a: Float64Array, b: Float64Array): Float64Array {
  if (b.length === 0) return a;
  const all = new Float64Array(a.length + b.length);
  let j = 0;
  for (let i = 0, k = 0; k < all.length; k += 1) {
    const next = a[i] ?? Infinity;
    const other = b[j] ?? Infinity;
    all[k] = next <= other ? next : other;
    if (next <= other) i += 1;
    else j += 1;
  }
  return all;
}

/** The greatest age at which at least `fewest` are at risk; null if there is none. */
export function lastAgeWith({ enters, leaves }: RiskSteps, fewest: number): number | null {
  const n = leaves.length;
  let entered = n;
  for (let k = n - 1; k >= 0; k -= 1) {
    const age = leaves[k] ?? 0;
    if (leaves[k - 1] === age) continue;
    while (entered > 0 && (enters[entered - 1] ?? -Infinity) >= age) entered -= 1;
    // k left below this age; `entered` entered below it and so are at risk at it unless they left.
    if (entered - k >= fewest) return age;
  }
  return null;
}

/**
 * The number at risk just after each age at which someone leaves below `until`, and before it at age
 * 0: wherever it is least is among these. In order of age.
 */
export function* lowPoints({ enters, leaves }: RiskSteps, until: number): Generator<{ readonly age: number; readonly atRisk: number }> {
  let entered = 0;
  while (entered < enters.length && (enters[entered] ?? 0) < 0) entered += 1;
  yield { age: 0, atRisk: entered };
  for (let k = 0; k < leaves.length; k += 1) {
    const age = leaves[k] ?? 0;
    if (age >= until) return;
    if (leaves[k + 1] === age) continue;
    while (entered < enters.length && (enters[entered] ?? 0) <= age) entered += 1;
    yield { age, atRisk: entered - k - 1 };
  }
}
