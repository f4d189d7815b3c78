import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { sql, type AliasedRawBuilder } from 'kysely';
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

/** The greatest body that is compressed as it is put in, bytes: above it, others would wait for it too long. */
const MAX_DEFLATED_AT_ONCE = 2 ** 20;

/**
 * A delivery's row as it is put in. A usual body is compressed at once, in the quickest way: that takes about as long
 * as writing a tenth of the bytes twice saves, and the disk is what many senders wait for. Greater ones are left to the
 * upkeep.
 */
export function deliveryRow(delivery: Delivery, storedAt: number): Omit<DeliveryTable, 'id'> {
  const deflated = delivery.body.byteLength > MAX_DEFLATED_AT_ONCE ? null : deflatedBody(delivery.body, QUICKEST);
  return {
    guid: storableText(delivery.guid),
    channel: delivery.channel,
    event: storableText(delivery.event),
    delivered_at: delivery.deliveredAt,
    taken_at: delivery.takenAt,
    format: delivery.format,
    encoding: deflated === null ? 'identity' : 'deflate',
    body: deflated ?? delivery.body,
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

/** zlib's quickest level: a tenth larger than its usual one, in a third of the time. */
const QUICKEST = 1;

/** The usual level of zlib. */
const USUAL = 6;

/** The compressed body; null where compressing does not make it smaller. */
export function deflatedBody(body: Uint8Array, level: 1 | 6 = USUAL): Uint8Array | null {
  // Bodies of this kind shrink to an eighth and less: room for a quarter is seldom made twice, and zlib's own 16 kB would be kept for every row.
  const chunkSize = Math.max(1024, body.byteLength >> 2);
  const deflated = deflateRawSync(body, { level, chunkSize });
  return deflated.byteLength < body.byteLength ? deflated : null;
}

/** The size of a body as it is kept, bytes, which is known without reading it. */
export function bodyBytes(): AliasedRawBuilder<number, 'bytes'> {
  return sql<number>`octet_length(body)`.as('bytes');
}

/** The first rows that together are at most so large; always one, however large it is. */
export function firstBytes<T extends { readonly bytes: number }>(rows: readonly T[], limit: number): T[] {
  let bytes = 0;
  const end = rows.findIndex((row, index) => (bytes += row.bytes) > limit && index > 0);
  return end === -1 ? [...rows] : rows.slice(0, end);
}
