import type { Incidence } from './cumulative-incidence.ts';
import { logLogBand, noneOf } from './log-log-band.ts';

/** Shares this close to 0 or 1 are 0 or 1: what is left is the rounding of their running sum. */
export const ROUNDING = 1e-12;

/** The 95 % band of an incidence at the ages of its curve; 0 where the incidence still is. */
export interface IncidenceBand {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * The band of every step on the scale log(-log(1 - F)). At F = 1 the delta variance is 0, which is no
 * certainty: there the lower edge is the one before that step, and of the rest the exact bound of
 * none among those at risk staying.
 */
export function incidenceBand({ share, variance }: Incidence, atRisk: Float64Array): IncidenceBand {
  const low = new Float64Array(share.length);
  const high = new Float64Array(share.length);
  for (let k = 0; k < share.length; k += 1) {
    const f = share[k] ?? 0;
    const before = low[k - 1] ?? 0;
    if (f > ROUNDING && f < 1 - ROUNDING) {
      const band = logLogBand(f, variance[k] ?? 0);
      low[k] = band.low;
      high[k] = band.high;
    } else if (f >= 1 - ROUNDING) {
      low[k] = (share[k - 1] ?? 0) >= 1 - ROUNDING ? before : 1 - (1 - before) * noneOf(atRisk[k] ?? 0);
      high[k] = 1;
    }
  }
  return { low, high };
}
