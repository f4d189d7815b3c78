import { parseJson } from '#src/core/json.ts';
import type { Delivery, StoredDelivery } from '#src/domain/delivery.ts';
import type { DeliveryEnvelope, Reading, Source } from '#src/domain/source.ts';

/** What became of reading a delivery; `unknown` when no source reads its event. */
export type DeliveryReading = Reading | { readonly outcome: 'unknown' };

/** The sources by the event each reads. */
export type SourcesByEvent = ReadonlyMap<string, Source>;

/** Longest reason kept with a dead letter. */
const LONGEST_REASON = 300;

/** Makes the map of a catalogue of sources; two that claim one event are a mistake of the program. */
export function sourcesByEvent(catalogue: ReadonlyMap<string, Source>): SourcesByEvent {
  const byEvent = new Map<string, Source>();
  for (const [file, source] of catalogue) {
    for (const event of source.events) {
      if (byEvent.has(event)) throw new Error(`two sources read the event ${event}: one of them is ${file}`);
      byEvent.set(event, source);
    }
  }
  return byEvent;
}

/** Reads a delivery by its source. It never throws: what cannot be read is `dead`, with the reason. */
export function readDelivery(delivery: Delivery & Pick<StoredDelivery, 'held'>, sources: SourcesByEvent): DeliveryReading {
  const payload = delivery.held === undefined ? parseBody(delivery) : { value: delivery.held.payload };
  if ('reason' in payload) return { outcome: 'dead', reason: payload.reason };
  const source = sources.get(delivery.event);
  if (source === undefined) return { outcome: 'unknown' };
  try {
    const reading = source.read(payload.value, envelopeOf(delivery));
    return reading.outcome === 'dead' ? { outcome: 'dead', reason: shorten(reading.reason) } : reading;
  } catch (error) {
    return { outcome: 'dead', reason: shorten(`the source failed: ${messageOf(error)}`) };
  }
}

function envelopeOf({ guid, channel, event, deliveredAt, takenAt }: Delivery): DeliveryEnvelope {
  return { guid, channel, event, deliveredAt, takenAt };
}

function parseBody(delivery: Delivery): { readonly value: unknown } | { readonly reason: string } {
  const text = decode(delivery.body);
  if (text === null) return { reason: 'the body is not valid UTF-8' };
  const json = delivery.format === 'form' ? new URLSearchParams(text).get('payload') : text;
  if (json === null) return { reason: 'the form has no field payload' };
  try {
    return { value: parseJson(json) };
  } catch (error) {
    return { reason: shorten(`the body is not JSON: ${messageOf(error)}`) };
  }
}

function decode(body: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return null;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function shorten(reason: string): string {
  return reason.length <= LONGEST_REASON ? reason : `${reason.slice(0, LONGEST_REASON)}…`;
}
