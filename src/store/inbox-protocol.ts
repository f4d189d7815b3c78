import type { PackedError } from '#src/core/packed-error.ts';
import type { BodyFormat, Channel, Delivery, StoredDelivery } from '#src/domain/delivery.ts';

/** Deliveries as they cross to another thread: their bodies end to end in memory that both threads see, or in one buffer that is handed over. */
export interface PackedDeliveries {
  readonly heads: readonly PackedHead[];
  readonly bodies: ArrayBuffer | SharedArrayBuffer;
}

type PackedHead = readonly [guid: string, channel: Channel, event: string, deliveredAt: number, takenAt: number | null, format: BodyFormat, bytes: number];

/** What the inbox's thread is asked. */
export type InboxRequest =
  | { readonly ask: 'store'; readonly id: number; readonly storedAt: number; readonly sizes: readonly number[]; readonly packed: PackedDeliveries }
  | { readonly ask: 'byGuid'; readonly id: number; readonly guids: readonly string[] }
  | { readonly ask: 'close' };

/** What the inbox's thread answers: several requests that became one transaction are answered at once. */
export type InboxReply =
  | { readonly reply: 'ready' }
  | { readonly reply: 'failed'; readonly error: PackedError }
  | { readonly reply: 'stored'; readonly ids: readonly number[]; readonly counts: readonly (readonly number[])[] }
  | { readonly reply: 'refused'; readonly ids: readonly number[]; readonly error: PackedError }
  | { readonly reply: 'found'; readonly id: number; readonly deliveries: readonly StoredDelivery[] };

/**
 * Packs deliveries, into the tray if there is one and they fit. The one copy made here leaves the caller's own buffers
 * alone, which may be parts of a pool.
 */
export function packDeliveries(deliveries: readonly Delivery[], tray: SharedArrayBuffer | null): PackedDeliveries {
  const byteLength = deliveries.reduce((bytes, { body }) => bytes + body.byteLength, 0);
  const memory = tray !== null && byteLength <= tray.byteLength ? tray : new ArrayBuffer(byteLength);
  const bodies = new Uint8Array(memory);
  let place = 0;
  const heads = deliveries.map((delivery): PackedHead => {
    const { guid, channel, event, deliveredAt, takenAt, format, body } = delivery;
    bodies.set(body, place);
    place += body.byteLength;
    return [guid, channel, event, deliveredAt, takenAt, format, body.byteLength];
  });
  return { heads, bodies: memory };
}

/** The deliveries that were packed; their bodies are where they were packed to, and gone once a tray is filled again. */
export function unpackDeliveries({ heads, bodies }: PackedDeliveries): Delivery[] {
  let place = 0;
  return heads.map(([guid, channel, event, deliveredAt, takenAt, format, bytes]) => {
    const body = new Uint8Array(bodies, place, bytes);
    place += bytes;
    return { guid, channel, event, deliveredAt, takenAt, format, body };
  });
}
