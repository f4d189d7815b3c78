import type { Estimate } from './estimate.ts';
import { Z95 } from './log-log-band.ts';
import { fillPoissonWeights } from './poisson-weights.ts';
import type { Random } from './random.ts';

/** Replicates of a standing stock and of its bottleneck (`definitions.md` 5). */
export const STANDING_REPLICATES = 2_000;

/** Named alone with at least this share of the replicates, beside others with at least that one. */
const ALONE = 0.9;
const AMONG = 0.1;

/** What one subject adds to each phase, in the order of the phases asked about: any unit, seconds inside the window as a rule. */
export type Contribution = readonly number[];

/** A stock by phase, and where it is largest. */
export interface StandingEstimate<Phase> {
  /** In the order of the phases asked about. */
  readonly phases: readonly { readonly phase: Phase; readonly standing: Estimate; readonly largestShare: number }[];
  /** One phase, or the several that cannot be told apart, the largest first; empty when nothing stands. */
  readonly bottleneck: readonly Phase[];
}

/**
 * Standing L by phase, the sum of the subjects' contributions over `per` (the window's length in the
 * same unit: Little's law), with 95 % intervals, and the phases where it is largest.
 *
 * Every replicate lets each subject, with all its phases, stand Poisson(1) times: the number of
 * subjects of a window is itself random. The interval is L exp(±1.96 s / L) with s the replicates'
 * standard deviation, that is symmetric on log L, where a stock's distribution nearly is; null where
 * nothing stands. A phase is named alone if it is the largest in 90 % of the replicates, else all
 * that are the largest in 10 % of them; a tie counts for each.
 */
export function estimateStanding<Phase>(
  phases: readonly Phase[],
  contributions: readonly Contribution[],
  per: number,
  random: Random,
  replicates: number = STANDING_REPLICATES,
): StandingEstimate<Phase> {
  const totals = totalsOf(contributions, phases.length, null);
  const squares = new Float64Array(phases.length);
  const largest = new Float64Array(phases.length);
  const weights = new Uint8Array(contributions.length);
  for (let replicate = 0; replicate < replicates; replicate += 1) {
    fillPoissonWeights(random, weights);
    const drawn = totalsOf(contributions, phases.length, weights);
    const most = Math.max(...drawn);
    for (let p = 0; p < phases.length; p += 1) {
      squares[p] = (squares[p] ?? 0) + ((drawn[p] ?? 0) - (totals[p] ?? 0)) ** 2;
      if (most > 0 && drawn[p] === most) largest[p] = (largest[p] ?? 0) + 1;
    }
  }
  const estimates = phases.map((phase, p) => ({
    phase,
    standing: standingOf((totals[p] ?? 0) / per, Math.sqrt((squares[p] ?? 0) / replicates) / per),
    largestShare: (largest[p] ?? 0) / replicates,
  }));
  return { phases: estimates, bottleneck: name(estimates) };
}

function standingOf(value: number, deviation: number): Estimate {
  if (value <= 0) return { value, interval: null };
  const factor = Math.exp((Z95 * deviation) / value);
  return { value, interval: { low: value / factor, high: value * factor } };
}

function name<Phase>(estimates: readonly { readonly phase: Phase; readonly standing: Estimate; readonly largestShare: number }[]): Phase[] {
  const bySize = estimates.filter(({ standing }) => standing.value > 0).sort((a, b) => b.standing.value - a.standing.value);
  const alone = bySize.find(({ largestShare }) => largestShare >= ALONE);
  const named = alone === undefined ? bySize.filter(({ largestShare }) => largestShare >= AMONG) : [alone];
  return named.map(({ phase }) => phase);
}

function totalsOf(contributions: readonly Contribution[], phases: number, weights: Uint8Array | null): Float64Array {
  const totals = new Float64Array(phases);
  contributions.forEach((contribution, i) => {
    const weight = weights === null ? 1 : (weights[i] ?? 0);
    if (weight === 0) return;
    for (let p = 0; p < phases; p += 1) totals[p] = (totals[p] ?? 0) + weight * (contribution[p] ?? 0);
  });
  return totals;
}
