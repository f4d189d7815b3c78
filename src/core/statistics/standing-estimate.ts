import type { Estimate } from './estimate.ts';
import type { Random } from './random.ts';
import { standingInterval, subjectSum } from './standing-interval.ts';
import { standingReplicates, type Contributions } from './standing-replicates.ts';

/** Replicates of a bottleneck (`definitions.md` 5). */
export const STANDING_REPLICATES = 2_000;

/** Named alone with at least this share of the replicates, beside others with at least that one. */
const ALONE = 0.9;
const AMONG = 0.1;

/** A phase's stock. */
export interface PhaseStanding<Phase> {
  readonly phase: Phase;
  readonly standing: Estimate;
  /** The share of replicates in which no other phase's stock is larger. */
  readonly largestShare: number;
}

/** A stock by phase, and where it is largest. */
export interface StandingEstimate<Phase> {
  /** In the order of the phases asked about. */
  readonly phases: readonly PhaseStanding<Phase>[];
  /** One phase, or the several that cannot be told apart, the largest first; empty when nothing stands. */
  readonly bottleneck: readonly Phase[];
}

/**
 * Standing L by phase and the bottleneck. `rows` say what each subject adds to each phase, in the
 * order of `phases`: the time it stood there inside the window; `per` is the window's length in the
 * same unit, so that L is how many stand there on average (Little's law). A phase is named alone if it
 * is the largest in 90 % of the replicates, else all that are the largest in 10 % of them; a tie
 * counts for each.
 */
export function estimateStanding<Phase>(
  phases: readonly Phase[],
  rows: readonly (readonly number[])[],
  per: number,
  random: Random,
  replicates: number = STANDING_REPLICATES,
): StandingEstimate<Phase> {
  const contributions = toContributions(rows, phases.length);
  const largest = largestShares(standingReplicates(contributions, replicates, random), phases.length, replicates);
  const estimates = phases.map((phase, p) => {
    const sum = subjectSum(rows.map((row) => row[p] ?? 0));
    return { phase, standing: { value: sum.total / per, interval: standingInterval(sum, per) }, largestShare: largest[p] ?? 0 };
  });
  return { phases: estimates, bottleneck: named(estimates) };
}

function toContributions(rows: readonly (readonly number[])[], phases: number): Contributions {
  const amounts = new Float64Array(rows.length * phases);
  rows.forEach((row, s) => row.forEach((amount, p) => (amounts[s * phases + p] = amount)));
  return { amounts, phases, subjects: rows.length };
}

function largestShares(sums: Float64Array, phases: number, replicates: number): Float64Array {
  const counts = new Float64Array(phases);
  for (let row = 0; row < sums.length; row += phases) {
    let most = 0;
    for (let p = 0; p < phases; p += 1) most = Math.max(most, sums[row + p] ?? 0);
    if (most === 0) continue;
    for (let p = 0; p < phases; p += 1) if (sums[row + p] === most) counts[p] = (counts[p] ?? 0) + 1;
  }
  return counts.map((count) => count / replicates);
}

function named<Phase>(estimates: readonly PhaseStanding<Phase>[]): Phase[] {
  const bySize = estimates.filter(({ standing }) => standing.value > 0).sort((a, b) => b.standing.value - a.standing.value);
  const clear = bySize.filter(({ largestShare }) => largestShare >= ALONE);
  const among = clear.length > 0 ? clear : bySize.filter(({ largestShare }) => largestShare >= AMONG);
  return among.map(({ phase }) => phase);
}
