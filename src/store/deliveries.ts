import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { storableText } from '#src/core/text.ts';
import type { Delivery, StoredDelivery } from '#src/domain/delivery.ts';
import type { DeliveryTable } from './schema.ts';

/** A delivery's row as it is read. */
export type DeliveryRow = Omit<DeliveryTable, 'id' | 'stored_at'> & { readonly id: number };

/** The columns of `DeliveryRow`. */
export const DELIVERY_COLUMNS = [
  'id',
  'guid',
  'channel',
  'event',
  'delivered_at',
  'taken_at',
  'format',
  'encoding',
  'body',
] as const satisfies readonly (keyof DeliveryRow)[];

/** A delivery's row as it is put in: uncompressed, because that would cost the sender more than it saves. */
export function deliveryRow(delivery: Delivery, storedAt: number): Omit<DeliveryTable, 'id'> {
  return {
    guid: storableText(delivery.guid),
    channel: delivery.channel,
    event: storableText(delivery.event),
    delivered_at: delivery.deliveredAt,
    taken_at: delivery.takenAt,
    format: delivery.format,
    encoding: 'identity',
    body: delivery.body,
    stored_at: storedAt,
  };
}

/** The delivery of a row, its body as it came. */
export function storedDelivery(row: DeliveryRow): StoredDelivery {
  return {
    id: row.id,
    guid: row.guid,
    channel: row.channel,
    event: row.event,
    deliveredAt: row.delivered_at,
    takenAt: row.taken_at,
    format: row.format,
    body: row.encoding === 'deflate' ? inflateRawSync(row.body) : row.body,
  };
}

/** The compressed body; null where compressing does not make it smaller. */
export function deflatedBody(body: Uint8Array): Uint8Array | null {
  const deflated = deflateRawSync(body);
  return deflated.byteLength < body.byteLength ? deflated : null;
}
