import { NarrowsError } from '#src/core/errors.ts';
import type { CollectedRepository, CollectionProgress } from '#src/domain/collection.ts';
import { keepListings } from './keep-listings.ts';
import { askSmaller, isTooLarge, type PageSize } from './page-size.ts';
import type { PollerParts } from './poller-parts.ts';
import { PULL_REQUEST_LISTING, PULL_REQUESTS, type ListingPage, type PullRequestLister } from './pull-request-lister.ts';

/** Progress of a repository of which nothing was collected yet. */
export function noProgress(repositoryId: string, wantedFromAt: number | null): CollectionProgress {
  return { repositoryId, kind: PULL_REQUESTS, cursor: null, done: 0, total: null, collectedFromAt: null, wantedFromAt, isDone: false, sweptUntilAt: null };
}

/** What a page of a backfill needs. */
export interface BackfillPageParts extends Pick<PollerParts, 'inbox' | 'collection' | 'completeness' | 'log'> {
  readonly lister: PullRequestLister;
  readonly size: PageSize;
}

/**
 * Collects the next page of a repository, newest update first. What it brings is on disk before the progress is, so
 * that a process killed at any instant repeats one page at most. Resolves to the progress as it was stored.
 */
export async function backfillPage(parts: BackfillPageParts, repository: CollectedRepository, before: CollectionProgress, signal: AbortSignal): Promise<CollectionProgress> {
  const page = await nextPage(parts, repository, before.cursor, signal);
  await keepListings(parts, repository, page.pullRequests);
  const progress = progressAfter(before, page);
  await parts.completeness.beginHistory(repository.id, PULL_REQUESTS, historyBeginsAt(progress));
  await parts.collection.putProgress(progress);
  return progress;
}

function progressAfter(before: CollectionProgress, { pullRequests, next, total, askedAt, oldestUpdatedAt }: PageOrHeads): CollectionProgress {
  const { wantedFromAt } = before;
  const reachedAt = next === null ? null : (oldestUpdatedAt ?? before.collectedFromAt ?? askedAt);
  const isDone = reachedAt === null || (wantedFromAt !== null && reachedAt < wantedFromAt);
  return {
    ...before,
    cursor: next,
    done: before.done + pullRequests.length,
    total: before.total ?? total,
    collectedFromAt: reachedAt,
    isDone,
    sweptUntilAt: before.sweptUntilAt ?? askedAt,
  };
}

/** Where it ended because it was asked to, at that instant; what a page brought beyond it is not all there was. */
function historyBeginsAt({ collectedFromAt, wantedFromAt, isDone }: CollectionProgress): number | null {
  return isDone && collectedFromAt !== null && wantedFromAt !== null ? Math.max(collectedFromAt, wantedFromAt) : collectedFromAt;
}

/** A page, or what stands for one that could not be listed. */
interface PageOrHeads extends ListingPage {
  readonly oldestUpdatedAt: number | null;
}

/** The next page. Where not even one pull request can be listed, it is noted as unfinished and passed over. */
async function nextPage(parts: BackfillPageParts, repository: CollectedRepository, after: string | null, signal: AbortSignal): Promise<PageOrHeads> {
  const { lister, size } = parts;
  try {
    const page = await askSmaller(size, (count) => lister.page(repository, { after, size: count }, signal));
    const oldest = page.pullRequests.at(-1);
    return { ...page, oldestUpdatedAt: oldest?.updatedAt ?? null };
  } catch (error) {
    if (!isTooLarge(error)) throw error;
    return passOver(parts, repository, after, signal, error);
  }
}

async function passOver({ lister, collection, log }: BackfillPageParts, repository: CollectedRepository, after: string | null, signal: AbortSignal, error: unknown): Promise<PageOrHeads> {
  const { heads, next, askedAt, total } = await lister.heads(repository, { after, size: 1 }, signal);
  const [head] = heads;
  if (head === undefined) throw new NarrowsError('github-failed', `GitHub gives no page of the pull requests of ${repository.fullName}, not even a short one. It is tried again.`, { cause: error });
  log.warn({ repository: repository.fullName, number: head.number }, 'a pull request is too large to be listed now; it is tried again later');
  await collection.putSeen([{ kind: PULL_REQUEST_LISTING, id: head.nodeId, repositoryId: repository.id, version: null, takenAt: 0, checkedAt: askedAt, isUnfinished: true }]);
  return { pullRequests: [], next, total, askedAt, oldestUpdatedAt: head.updatedAt };
}
