import { loadCatalogue } from '#src/core/catalogue.ts';
import type { Delivery } from '#src/domain/delivery.ts';
import type { Source } from '#src/domain/source.ts';
import { sourcesByEvent, type SourcesByEvent } from '#src/ingest/read-delivery.ts';

/** The catalogue of sources, as the program loads it. */
export async function loadSources(): Promise<SourcesByEvent> {
  const folder = new URL('../../src/sources/', import.meta.url);
  return sourcesByEvent(await loadCatalogue(folder, isSource));
}

function isSource(entry: unknown): entry is Source {
  return typeof entry === 'object' && entry !== null && 'read' in entry;
}

const encoder = new TextEncoder();

/** A webhook as it is stored. */
export function aWebhook(event: string, payload: unknown, more: Partial<Delivery> = {}): Delivery {
  return {
    guid: more.guid ?? `guid-${event}-${String(counter++)}`,
    channel: 'webhook',
    event,
    deliveredAt: Date.UTC(2025, 4, 5, 12, 0, 0),
    takenAt: null,
    format: 'json',
    body: encoder.encode(JSON.stringify(payload)),
    ...more,
  };
}

let counter = 0;
