import type { Observations } from './observations.ts';

/** The ages at which observations enter and leave, each ascending: how many are at risk at every age, not only where something ends. */
export interface RiskSteps {
  readonly enters: Float64Array;
  readonly leaves: Float64Array;
}

/** The steps of the number at risk. */
export function riskSteps({ enter, exit }: Observations): RiskSteps {
  return { enters: enter.slice().sort(), leaves: exit.slice().sort() };
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
