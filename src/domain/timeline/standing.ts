import { isSharedKind } from '../event-kind.ts';
import { compareListings, owes, type ListingMark, type Sighting } from './evidence.ts';

/** How close two times of one event may lie, and how fresh an event a listing may still lack: 60 s. */
export const TOLERANCE_MS = 60_000;

/**
 * When we learned that a sighting is gone, epoch ms, or null while it stands: a `deleted` event named
 * it, or the newest complete listing that owes its kind lacks it. An event younger than 60 s at that
 * listing may merely not have reached it. Commits have no such grace: a pull request's commits are
 * those of the newest list, whatever their dates say. Kinds that no channel owes are gone only if an
 * older listing held them.
 */
export function goneSince(
  sighting: Pick<Sighting, 'kind' | 'at' | 'listed'>,
  listings: readonly ListingMark[],
  deletedAt: number | null,
): number | null {
  const { kind, at, listed } = sighting;
  if (deletedAt !== null) return deletedAt;
  if (listed === null && !isSharedKind(kind)) return null;
  let since: number | null = null;
  for (const listing of listings) {
    if (listed !== null && compareListings(listing, listed) <= 0) break;
    if (!owes(listing, kind)) continue;
    if (kind !== 'committed' && at > listing.takenAt - TOLERANCE_MS) break;
    since = listing.takenAt;
  }
  return since;
}
