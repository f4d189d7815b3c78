import type { AccountRef } from '#src/domain/account.ts';
import type { TimeSource } from '#src/domain/event-kind.ts';
import type { TargetRef } from '#src/domain/timeline/evidence.ts';

/** A point of time and where it comes from. */
export interface Instant {
  readonly at: number;
  readonly from: TimeSource;
}

/** How a life ended for good. */
export interface FinalEnd extends Instant {
  readonly outcome: 'merged' | 'closed';
}

/** A stretch of a life; `to` is null where the life's record ends inside it. */
export interface Span {
  readonly start: Instant;
  readonly to: Instant | null;
}

/** What a review said: a verdict, or anything else. */
export type Verdict = 'approved' | 'changes_requested' | 'none';

/** One thing that starts or answers a wait. */
export type Moment = ReviewMoment | CommentMoment | RequestMoment | DismissalMoment | QueueMoment;

/** A human other than the author submitted a review. */
export interface ReviewMoment extends Instant {
  readonly kind: 'review';
  readonly id: string | null;
  readonly actor: AccountRef;
  readonly verdict: Verdict;
}

/** An issue comment of a human other than the author, or an inline comment at the time it became visible. */
export interface CommentMoment extends Instant {
  readonly kind: 'comment';
  readonly id: string | null;
}

/** Someone was asked for a review, or no longer is; a removal that the definitions void is left out. */
export interface RequestMoment extends Instant {
  readonly kind: 'request' | 'request_removed';
  readonly target: TargetRef;
}

/** A review was dismissed. */
export interface DismissalMoment extends Instant {
  readonly kind: 'dismissal';
  readonly reviewId: string | null;
}

/** It entered the merge queue, or left it otherwise than by being merged. */
export interface QueueMoment extends Instant {
  readonly kind: 'queue_entry' | 'queue_exit';
  readonly reason: string | null;
}

/**
 * A pull request's life as its waits read it: cut at the final end, since nothing after it starts or
 * ends a wait; voided removals and the words of machines and of the author left out; accounts by their identity; every list in the order of
 * `definitions.md` 2.
 */
export interface PullRequestLife {
  readonly author: AccountRef;
  readonly opened: Instant;
  /** Null while it is open. */
  readonly end: FinalEnd | null;
  /** The first moment it was open and not a draft; null if there was none. */
  readonly firstReady: Instant | null;
  /** The earliest author date among its commits that is not after opening, epoch ms. */
  readonly firstAuthoredAt: number | null;
  readonly moments: readonly Moment[];
  /** Pushes and commit arrivals not known to be a machine's, by time. */
  readonly pushes: readonly Instant[];
  readonly drafts: readonly Span[];
  readonly closures: readonly Span[];
  /** When it was a draft or closed, as disjoint spans. */
  readonly standstills: readonly Span[];
}
