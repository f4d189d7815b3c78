/** A number from 0 to below 1. */
export type Random = () => number;

const FIRST_PAUSE_MS = 1_000;

const LONGEST_PAUSE_MS = 60_000;

/** How long to wait before the n-th repetition (from 0), ms: doubling from a second to a minute, of which the last half is by chance, so that many who failed together do not return together. */
export function backoffMs(repetition: number, random: Random): number {
  const full = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** repetition);
  return Math.round(full / 2 + (full / 2) * random());
}
