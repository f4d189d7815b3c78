import { discoveries } from './false-discovery.ts';

/** One comparison of a report run. `leastDifference` is the least effect that is told, in the unit of `now` and `before`; 0 for any. */
export interface Compared {
  readonly now: number;
  readonly before: number;
  /** Null where nothing could be tested: never a change. */
  readonly p: number | null;
  readonly leastDifference: number;
}

/**
 * Which comparisons of one report run are changes beyond noise, in their order: discoveries among all
 * that were tested, and at least as large as is told.
 */
export function beyondNoise(comparisons: readonly Compared[]): boolean[] {
  const tested = comparisons.flatMap(({ p }) => p ?? []);
  const discovered = discoveries(tested);
  let next = 0;
  return comparisons.map(({ p, now, before, leastDifference }) => {
    if (p === null) return false;
    const isDiscovery = discovered[next] === true;
    next += 1;
    return isDiscovery && Math.abs(now - before) >= leastDifference - 1e-12;
  });
}
