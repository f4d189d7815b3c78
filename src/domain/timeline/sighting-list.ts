import type { PullRequestEvidence, Sighting } from './evidence.ts';

/**
 * Evidence laid out to be resolved: its sightings one after the other. Only joining needs them by key,
 * and making the key of each would cost more than all else that is done with it.
 */
export interface SightingList extends Pick<PullRequestEvidence, 'attributes' | 'listings'> {
  readonly sightings: readonly Sighting[];
  /** When a `deleted` event named a sighting of the list, epoch ms; most evidence holds none. */
  readonly deletions: ReadonlyMap<Sighting, number>;
}

/** Lays evidence out, in the order of its keys. */
export function listSightings({ attributes, listings, sightings, deletions }: PullRequestEvidence): SightingList {
  const deleted = new Map<Sighting, number>();
  for (const [key, deletedAt] of Object.entries(deletions)) {
    const sighting = Object.hasOwn(sightings, key) ? sightings[key] : undefined;
    if (sighting !== undefined) deleted.set(sighting, deletedAt);
  }
  return { attributes, listings, sightings: Object.values(sightings), deletions: deleted };
}
