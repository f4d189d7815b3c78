/** The lengths of the waits that ended in a window as asked. Quantiles in seconds, null when none did. */
export interface FinishedOnly {
  readonly n: number;
  readonly p50: number | null;
  readonly p75: number | null;
  readonly p90: number | null;
}

/**
 * The naive figure that stands beside an estimate: waits that ended in [fromAt, toAt) with an asked
 * outcome, their whole length less pauses (`lengths`, in any order, seconds). It leaves out all that still wait, so it
 * flatters wherever something does.
 */
export function finishedOnly(lengths: Float64Array): FinishedOnly {
  const sorted = lengths.slice().sort();
  return { n: lengths.length, p50: quantile(sorted, 0.5), p75: quantile(sorted, 0.75), p90: quantile(sorted, 0.9) };
}

/** Type 7 of Hyndman and Fan (The American Statistician 50, 1996), the default of R and numpy; null of none. */
function quantile(sorted: Float64Array, p: number): number | null {
  const position = (sorted.length - 1) * p;
  const low = sorted[Math.floor(position)];
  const high = sorted[Math.ceil(position)];
  return low === undefined || high === undefined ? null : low + (high - low) * (position - Math.floor(position));
}
