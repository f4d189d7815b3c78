import type { CollectedRepository } from '#src/domain/collection.ts';
import type { CollectedInstallation } from './collected-installation.ts';
import { keepListings } from './keep-listings.ts';
import { askSmaller, isTooLarge } from './page-size.ts';
import type { PollerParts } from './poller-parts.ts';
import type { ListedPullRequest } from './pull-request-lister.ts';

/** A pull request that is to be listed. */
export interface ToList {
  readonly nodeId: string;
  readonly repository: Pick<CollectedRepository, 'id'>;
}

/** What came of listing. */
export interface ListedResult {
  readonly listed: number;
  /** Those that GitHub did not give: gone, not to be read, or too large for one answer. */
  readonly missed: readonly string[];
}

/** Lists pull requests by their ids, as many at once as GitHub can answer. Each answer is on disk before the next is asked for. */
export async function listChanged(
  parts: Pick<PollerParts, 'inbox' | 'collection' | 'completeness'>,
  { lister, listingSize }: Pick<CollectedInstallation, 'lister' | 'listingSize'>,
  wanted: readonly ToList[],
  signal: AbortSignal,
): Promise<ListedResult> {
  const missed: string[] = [];
  let listed = 0;
  for (let left = wanted; left.length > 0; ) {
    const { asked, answer } = await askSome(left);
    left = left.slice(asked.length);
    const given = new Map(answer.map((pullRequest) => [pullRequest.nodeId, pullRequest]));
    for (const [repositoryId, pullRequests] of byRepository(asked, given)) await keepListings(parts, { id: repositoryId }, pullRequests);
    missed.push(...asked.filter(({ nodeId }) => !given.has(nodeId)).map(({ nodeId }) => nodeId));
    listed += given.size;
  }
  return { listed, missed };

  async function askSome(left: readonly ToList[]): Promise<{ readonly asked: readonly ToList[]; readonly answer: readonly ListedPullRequest[] }> {
    try {
      return await askSmaller(listingSize, async (count) => {
        const asked = left.slice(0, count);
        return { asked, answer: await lister.byIds(asked.map(({ nodeId }) => nodeId), signal) };
      });
    } catch (error) {
      if (!isTooLarge(error)) throw error;
      return { asked: left.slice(0, 1), answer: [] };
    }
  }
}

function byRepository(asked: readonly ToList[], given: ReadonlyMap<string, ListedPullRequest>): Map<string, ListedPullRequest[]> {
  const groups = new Map<string, ListedPullRequest[]>();
  for (const { nodeId, repository } of asked) {
    const pullRequest = given.get(nodeId);
    if (pullRequest !== undefined) groups.set(repository.id, [...(groups.get(repository.id) ?? []), pullRequest]);
  }
  return groups;
}
