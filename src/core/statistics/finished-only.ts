import { quantileSorted } from 'simple-statistics';
import type { Stretch } from '../stretch.ts';
import { ageSeconds, type ObservableWait } from './window-observations.ts';

/** The lengths of the waits that ended in a window as asked. Quantiles in seconds, null when none did. */
export interface FinishedOnly {
  readonly n: number;
  readonly p50: number | null;
  readonly p75: number | null;
  readonly p90: number | null;
}

/**
 * The naive figure that stands beside an estimate: waits that ended in [fromAt, toAt) with an asked
 * outcome, their whole length less pauses, type-7 quantiles (Hyndman and Fan, The American
 * Statistician 50, 1996; the default of R and numpy). It leaves out all that still wait, so it
 * flatters wherever something does.
 */
export function finishedOnly(waits: readonly ObservableWait[], window: Stretch, asked: readonly string[]): FinishedOnly {
  const lengths: number[] = [];
  for (const wait of waits) {
    const { endedAt, outcome } = wait;
    if (endedAt === null || outcome === null || !asked.includes(outcome)) continue;
    if (endedAt >= window.fromAt && endedAt < window.toAt) lengths.push(ageSeconds(wait, endedAt, window.toAt));
  }
  const sorted = Array.from(Float64Array.from(lengths).sort());
  return { n: lengths.length, p50: quantileOf(sorted, 0.5), p75: quantileOf(sorted, 0.75), p90: quantileOf(sorted, 0.9) };
}

function quantileOf(sorted: readonly number[], p: number): number | null {
  return sorted.length === 0 ? null : quantileSorted(sorted, p);
}
