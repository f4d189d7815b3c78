import type { SeenThing } from '#src/domain/collection.ts';
import { PULL_REQUEST_LISTING, type ListedPullRequest, type PullRequestHead } from './pull-request-lister.ts';

/**
 * A listing taken so soon after the last update may lack what happened in the same second, or what GitHub had not
 * yet made visible, ms. The same minute as in `definitions.md` 2.
 */
const SETTLED_AFTER_MS = 60_000;

/** What may still change is asked for again after so long without a sign of a change, ms. */
export const RECHECK_AFTER_MS = 6 * 3_600_000;

/** A listing that is not complete is asked for again so soon, ms. */
const RETRY_AFTER_MS = 10 * 60_000;

/** What is remembered of a pull request that was just listed. */
export function sightOf(repositoryId: string, { nodeId, updatedAt, isOpen, isComplete, takenAt }: ListedPullRequest): SeenThing {
  return {
    kind: PULL_REQUEST_LISTING,
    id: nodeId,
    repositoryId,
    version: isComplete ? String(updatedAt) : null,
    takenAt,
    checkedAt: isComplete ? takenAt : takenAt - RECHECK_AFTER_MS + RETRY_AFTER_MS,
    isUnfinished: isOpen || !isComplete,
  };
}

/** Whether a pull request has to be listed: never seen, changed since, or seen in the very minute of a change. */
export function isToBeListed(seen: SeenThing | undefined, { updatedAt }: Pick<PullRequestHead, 'updatedAt'>): boolean {
  return seen?.version !== String(updatedAt) || seen.takenAt - updatedAt < SETTLED_AFTER_MS;
}
