import { loadCatalogue } from '#src/core/catalogue.ts';
import type { Source } from '#src/domain/source.ts';
import { sourcesByEvent, type SourcesByEvent } from './read-delivery.ts';

/** Reads the folder of sources: every file there is one. */
export async function loadSources(): Promise<SourcesByEvent> {
  return sourcesByEvent(await loadCatalogue(new URL('../sources/', import.meta.url), isSource));
}

function isSource(entry: unknown): entry is Source {
  return typeof entry === 'object' && entry !== null && 'events' in entry && Array.isArray(entry.events) && 'read' in entry && typeof entry.read === 'function';
}
