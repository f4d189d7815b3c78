import { createHash } from 'node:crypto';
import { compareText } from '#src/core/text.ts';
import type { Delivery } from '#src/domain/delivery.ts';

/** What was listed, before it is a delivery. */
export interface Listing {
  /** The id of the source that reads it. */
  readonly event: string;
  /** What it is about: one word for one thing, whatever it is called now. */
  readonly about: string;
  /** When its first page was asked for, epoch ms. */
  readonly takenAt: number;
  readonly content: unknown;
}

/**
 * A listing as it goes to the inbox. The body does not depend on the order of keys, so that two equal listings taken
 * at one instant are one delivery. What GitHub answered was known when it was asked for, not before.
 */
export function listingDelivery({ event, about, takenAt, content }: Listing): Delivery {
  const body = canonicalJson(content);
  return {
    guid: `sha256:${digest(event, about, String(takenAt), body)}`,
    channel: 'api',
    event,
    deliveredAt: takenAt,
    takenAt,
    format: 'json',
    body: new TextEncoder().encode(body),
  };
}

/** What a listing says, whenever it was taken: equal for two listings between which nothing changed. */
export function contentDigest({ event, about, content }: Pick<Listing, 'event' | 'about' | 'content'>): string {
  return digest(event, about, canonicalJson(content));
}

function digest(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex');
}

/** JSON whose keys stand in order. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => (isRecord(member) ? sortedKeys(member) : member));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sortedKeys(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => compareText(a, b)));
}
