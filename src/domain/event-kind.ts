/**
 * The kinds of a pull request's timeline that every channel owes (`definitions.md` 2), in the order
 * in which they stand at one second. `pushed` belongs to webhooks alone.
 */
export const KIND_RANKS = {
  opened: 0,
  converted_to_draft: 1,
  ready_for_review: 1,
  review_request_removed: 2,
  review_requested: 3,
  committed: 4,
  force_pushed: 4,
  pushed: 4,
  reviewed: 5,
  commented: 5,
  review_commented: 5,
  review_dismissed: 6,
  added_to_merge_queue: 7,
  removed_from_merge_queue: 7,
  merged: 8,
  closed: 9,
  reopened: 10,
} as const;

/** A kind that the definitions name; every other kind is GitHub's own word and read by no wait. */
export type TimelineKind = keyof typeof KIND_RANKS;

/** The ranks to look kinds up in, which is done several times for every event that is read. */
const RANKS: ReadonlyMap<string, number> = new Map(Object.entries(KIND_RANKS));

/** The rank of kinds that no wait reads: after all others of the same second. */
const OTHER_RANK = 11;

/** The place of a kind among the events of one second. */
export function kindRank(kind: string): number {
  return RANKS.get(kind) ?? OTHER_RANK;
}

/** Whether the definitions name this kind. */
export function isTimelineKind(kind: string): kind is TimelineKind {
  return RANKS.has(kind);
}

/** Whether every channel owes this kind once a complete listing is known. */
export function isSharedKind(kind: string): boolean {
  return isTimelineKind(kind) && kind !== 'pushed';
}

/** Whether any wait, phase or rule of the policy reads events of this kind: all others may be left out before computing. */
export function isReadByWaits(kind: string): boolean {
  return isTimelineKind(kind) || kind === 'labeled' || kind === 'unlabeled';
}

/** Where a time comes from. */
export type TimeSource = 'github' | 'near' | 'delivered' | 'audit' | 'bound';
