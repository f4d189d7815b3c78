import type { Inbox } from '#src/domain/store.ts';

/** What came later than the log says by less than this came at once: clocks differ. */
const TOLERANCE_MS = 60_000;

/**
 * Gives deliveries that arrived by a redelivery the time of their first attempt: GitHub knew of them then, and facts
 * that have no time of their own take it from there.
 */
export async function moveEarlier(inbox: Pick<Inbox, 'store' | 'byGuid'>, deliveries: readonly { readonly guid: string; readonly deliveredAt: number }[]): Promise<void> {
  if (deliveries.length === 0) return;
  const firstAt = new Map(deliveries.map(({ guid, deliveredAt }) => [guid, deliveredAt]));
  const stored = await inbox.byGuid([...firstAt.keys()]);
  const late = stored.flatMap((delivery) => {
    const at = firstAt.get(delivery.guid) ?? delivery.deliveredAt;
    return delivery.deliveredAt - at > TOLERANCE_MS ? [{ ...delivery, deliveredAt: at }] : [];
  });
  if (late.length > 0) await inbox.store(late);
}
