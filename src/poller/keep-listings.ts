import type { CollectedRepository } from '#src/domain/collection.ts';
import type { PollerParts } from './poller-parts.ts';
import type { ListedPullRequest } from './pull-request-lister.ts';
import { sightOf } from './seen-pull-requests.ts';

/**
 * Puts listings of a repository into the inbox, and only then remembers that they were seen: stopped in between, they
 * are listed once more. When it resolves they are on disk.
 */
export async function keepListings(
  { inbox, collection, completeness }: Pick<PollerParts, 'inbox' | 'collection' | 'completeness'>,
  repository: Pick<CollectedRepository, 'id'>,
  pullRequests: readonly ListedPullRequest[],
): Promise<void> {
  if (pullRequests.length === 0) return;
  await inbox.store(pullRequests.map(({ delivery }) => delivery));
  await completeness.expectParts(pullRequests.flatMap(({ parts }) => parts ?? []));
  await collection.putSeen(pullRequests.map((pullRequest) => sightOf(repository.id, pullRequest)));
}
