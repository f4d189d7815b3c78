import type { CollectedRepository, SeenThing } from '#src/domain/collection.ts';
import type { CollectedInstallation } from './collected-installation.ts';
import { listChanged } from './list-changed.ts';
import type { PollerParts } from './poller-parts.ts';
import { PULL_REQUEST_LISTING, type PullRequestHead } from './pull-request-lister.ts';
import { isToBeListed, RECHECK_AFTER_MS } from './seen-pull-requests.ts';

/** Pull requests asked for together. */
const AT_ONCE = 100;

/**
 * Asks whether pull requests that may still change have done so unnoticed, and those whose listing is not complete:
 * cheaply first, and whole where they differ. Resolves to how many were listed. What GitHub does not give is asked for
 * again the next time.
 */
export async function recheckUnfinished(parts: PollerParts, at: CollectedInstallation, repositories: readonly CollectedRepository[], signal: AbortSignal): Promise<number> {
  const { collection, clock } = parts;
  const ids = repositories.filter(({ state }) => state === 'active').map(({ id }) => id);
  const dueBeforeAt = clock.now() - RECHECK_AFTER_MS;
  let listed = 0;
  for (;;) {
    signal.throwIfAborted();
    const things = await collection.unfinished(PULL_REQUEST_LISTING, ids, dueBeforeAt, AT_ONCE);
    if (things.length === 0) return listed;
    const askedAt = clock.now();
    const heads = new Map((await at.lister.headsOf(things.map(({ id }) => id), signal)).map((head) => [head.nodeId, head]));
    const changed = things.filter((thing) => hasChanged(thing, heads.get(thing.id)));
    const result = await listChanged(parts, at, changed.map(({ id, repositoryId }) => ({ nodeId: id, repository: { id: repositoryId ?? '' } })), signal);
    listed += result.listed;
    const isListed = new Set(changed.map(({ id }) => id).filter((id) => !result.missed.includes(id)));
    await collection.putSeen(things.filter(({ id }) => !isListed.has(id)).map((thing) => ({ ...thing, checkedAt: askedAt })));
  }
}

function hasChanged(thing: SeenThing, head: PullRequestHead | undefined): boolean {
  return head !== undefined && isToBeListed(thing, head);
}
