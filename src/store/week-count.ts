import type { CountedKind } from '#src/domain/counted-kind.ts';

/** A week, ms: certificates count by the weeks of UTC, which are all of one length. */
export const WEEK_MS = 604_800_000;

/** The first Monday of the epoch, 5 January 1970. */
const FIRST_MONDAY_AT = 345_600_000;

/** The Monday 00:00 UTC that begins the ISO week of an instant, epoch ms. */
export function weekOf(at: number): number {
  return Math.floor((at - FIRST_MONDAY_AT) / WEEK_MS) * WEEK_MS + FIRST_MONDAY_AT;
}

/** How many things of a kind belong to a week. */
export interface WeekCount {
  readonly repositoryId: string;
  readonly kind: CountedKind;
  readonly weekFromAt: number;
  readonly count: number;
}
