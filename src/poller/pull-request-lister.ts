import type { CollectedRepository } from '#src/domain/collection.ts';
import type { ListedParts } from '#src/domain/completeness.ts';
import type { Delivery } from '#src/domain/delivery.ts';

/** The kind of progress of pull requests. */
export const PULL_REQUESTS = 'pull_requests';

/** The event name of their listings, and the kind under which they are remembered as seen. */
export const PULL_REQUEST_LISTING = 'pull_request_listing';

/** What says whether a pull request has changed. */
export interface PullRequestHead {
  /** The id of GraphQL. */
  readonly nodeId: string;
  readonly number: number;
  /** Epoch ms; GitHub counts whole seconds. */
  readonly updatedAt: number;
  readonly isOpen: boolean;
}

/** A pull request listed whole, as it goes to the inbox. */
export interface ListedPullRequest extends PullRequestHead {
  /** When its first page was asked for, epoch ms. */
  readonly takenAt: number;
  /** Whether every part was paged to its end while nothing changed (`definitions.md` 2). */
  readonly isComplete: boolean;
  readonly delivery: Delivery;
  /** What it says of the number of its parts; null where it says nothing that can be counted on. */
  readonly parts: ListedParts | null;
}

/** A page of pull requests, newest update first. */
export interface ListingPage {
  readonly pullRequests: readonly ListedPullRequest[];
  /** Where the next page begins; null on the last one. */
  readonly next: string | null;
  /** How many the repository has. */
  readonly total: number;
  /** Epoch ms. */
  readonly askedAt: number;
}

/** A page of heads, newest update first. */
export interface HeadPage {
  readonly heads: readonly PullRequestHead[];
  readonly next: string | null;
  /** How many the repository has. */
  readonly total: number;
  readonly askedAt: number;
}

/** What one repository answered when many were asked together; null where it may not be read or is gone. */
export interface RepositoryHeads extends HeadPage {
  readonly nodeId: string;
}

/**
 * How pull requests are asked for, at one installation. Calls reject as `GitHub` does; `github-too-large` means that
 * fewer are to be asked for at once.
 */
export interface PullRequestLister {
  /** A page of whole listings; those with more parts than fit are paged to their ends. */
  page(repository: CollectedRepository, page: { readonly after: string | null; readonly size: number }, signal: AbortSignal): Promise<ListingPage>;
  /** Whole listings of these; those that are gone or may not be read are missing. */
  byIds(nodeIds: readonly string[], signal: AbortSignal): Promise<readonly ListedPullRequest[]>;
  /** Heads of one repository. */
  heads(repository: CollectedRepository, page: { readonly after: string | null; readonly size: number }, signal: AbortSignal): Promise<HeadPage>;
  /** The newest heads of many repositories at once, those that cannot be read left out. */
  newestHeads(repositories: readonly CollectedRepository[], signal: AbortSignal): Promise<readonly RepositoryHeads[]>;
  /** Heads of these; those that are gone or may not be read are missing. */
  headsOf(nodeIds: readonly string[], signal: AbortSignal): Promise<readonly PullRequestHead[]>;
}
