import type { Delivery } from '#src/domain/delivery.ts';
import type { PollerParts } from './poller-parts.ts';

/** A listing that is taken again and again, and seldom says anything new. */
export interface RepeatedListing {
  readonly takenAt: number;
  /** Equal for two listings that say the same. */
  readonly digest: string;
  readonly delivery: Delivery;
}

/** Puts a listing into the inbox unless the last one of the same thing said the same. Resolves to whether it was new. */
export async function keepWhenNew({ inbox, collection }: Pick<PollerParts, 'inbox' | 'collection'>, about: string, { takenAt, digest, delivery }: RepeatedListing): Promise<boolean> {
  const kind = delivery.event;
  const [before] = await collection.seen(kind, [about]);
  const isNew = before?.version !== digest;
  if (isNew) await inbox.store([delivery]);
  await collection.putSeen([{ kind, id: about, repositoryId: null, version: digest, takenAt: isNew ? takenAt : before.takenAt, checkedAt: takenAt, isUnfinished: false }]);
  return isNew;
}
