import type { CollectedRepository } from '#src/domain/collection.ts';
import type { Delivery } from '#src/domain/delivery.ts';
import type { PollerParts } from './poller-parts.ts';
import type { ListedPullRequest } from './pull-request-lister.ts';
import { sightOf } from './seen-pull-requests.ts';

/** Bodies put into the inbox in one transaction, bytes: webhooks wait for its end before they are acknowledged. */
const BYTES_A_TRANSACTION = 2 ** 18;

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
  for (const deliveries of inPieces(pullRequests.map(({ delivery }) => delivery))) await inbox.store(deliveries);
  await completeness.expectParts(pullRequests.flatMap(({ parts }) => parts ?? []));
  await collection.putSeen(pullRequests.map((pullRequest) => sightOf(repository.id, pullRequest)));
}

/** Pieces in order, each as large as a transaction may be; one that is larger by itself is a piece of its own. */
function inPieces(deliveries: readonly Delivery[]): Delivery[][] {
  const pieces: Delivery[][] = [];
  let bytes = Infinity;
  for (const delivery of deliveries) {
    bytes += delivery.body.byteLength;
    const piece = bytes > BYTES_A_TRANSACTION ? undefined : pieces.at(-1);
    if (piece === undefined) {
      pieces.push([delivery]);
      bytes = delivery.body.byteLength;
    } else piece.push(delivery);
  }
  return pieces;
}
