import { compareIds, compareText } from '#src/core/text.ts';
import type { AccountRef } from '../account.ts';
import { kindRank, type TimeSource } from '../event-kind.ts';
import type { TargetRef } from './evidence.ts';

/** A fact of a pull request's timeline, as today's evidence gives it. */
export interface TimelineEvent {
  readonly kind: string;
  /** GitHub's id of a review, comment or inline comment, a commit's sha; else null. */
  readonly id: string | null;
  /** Who did it; null where GitHub names nobody (commits) or nobody is known. */
  readonly actor: AccountRef | null;
  /** The source's own time, epoch ms. */
  readonly at: number;
  readonly atFrom: TimeSource;
  readonly detail: EventDetail;
  /** When it was first known, epoch ms. */
  readonly knownAt: number;
  /** The webhook's GUID that told of it first; null when a listing did, or when it follows from the attributes. */
  readonly knownBy: string | null;
  /** When we learned that it is gone; null while it stands. */
  readonly goneAt: number | null;
}

/** What an event says beside kind, actor and time; the order of the keys is the export's. */
export interface EventDetail {
  readonly draft?: boolean;
  readonly authorDate?: number;
  readonly committerDate?: number;
  readonly sha?: string;
  /** A review's state in GitHub's capitals; for a dismissed one the state it had, where known. */
  readonly state?: string;
  readonly target?: TargetRef;
  readonly reason?: string;
  readonly reviewId?: string;
  /** When an inline comment became visible: with its review. */
  readonly visibleAt?: number;
  readonly before?: string;
  readonly after?: string;
  readonly label?: string;
}

/** A commit's arrival on the pull request, which is not its date. */
export interface CommitArrival {
  readonly sha: string;
  readonly authorDate: number;
  readonly at: number;
  /** `github` or `near` when a known push named it; `bound` when only its committer date is known. */
  readonly atFrom: TimeSource;
  /** Who pushed it; null when no known push named it. */
  readonly actor: AccountRef | null;
}

/** A pull request with its timeline: what every wait is a function of. */
export interface PullRequest {
  readonly repositoryId: string;
  readonly number: number;
  readonly author: AccountRef;
  readonly title: string | null;
  /** GitHub's word; a merged pull request is closed and has `mergedAt`. */
  readonly state: 'open' | 'closed';
  readonly draft: boolean | null;
  readonly createdAt: number;
  readonly closedAt: number | null;
  readonly mergedAt: number | null;
  readonly updatedAt: number;
  readonly additions: number | null;
  readonly deletions: number | null;
  readonly changedFiles: number | null;
  readonly commits: number | null;
  readonly baseRef: string | null;
  readonly headRef: string | null;
  readonly headSha: string | null;
  /** In the order of `compareEvents`; gone ones are left out unless asked for. */
  readonly events: readonly TimelineEvent[];
  readonly arrivals: readonly CommitArrival[];
}

/**
 * The order of a timeline: time, then rank of kind, then id; the rest makes it total. Times are not
 * subtracted: a difference too large for a small integer is an object to allocate for each comparison.
 */
export function compareEvents(a: TimelineEvent, b: TimelineEvent): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return (
    kindRank(a.kind) - kindRank(b.kind) ||
    compareIds(a.id, b.id) ||
    compareText(a.detail.target ?? a.detail.label ?? '', b.detail.target ?? b.detail.label ?? '') ||
    compareText(a.kind, b.kind) ||
    compareText(JSON.stringify(a.detail), JSON.stringify(b.detail))
  );
}
