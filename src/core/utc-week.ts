/** A week, ms: the weeks of UTC are all of one length. */
export const WEEK_MS = 604_800_000;

/** The first Monday of the epoch, 5 January 1970. */
const FIRST_MONDAY_AT = 345_600_000;

/** The Monday 00:00 UTC that begins the ISO week of an instant, epoch ms. What is counted for certificates is counted by it, in no zone of anybody's. */
export function utcWeekOf(at: number): number {
  return Math.floor((at - FIRST_MONDAY_AT) / WEEK_MS) * WEEK_MS + FIRST_MONDAY_AT;
}
