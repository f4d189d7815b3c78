import { loadCatalogue } from '#src/core/catalogue.ts';
import type { Metric, MetricEntry } from '#src/domain/figures.ts';

/** Reads the folder of metrics: every file there is one, by its name. */
export async function loadMetrics(): Promise<ReadonlyMap<string, MetricEntry>> {
  return loadCatalogue(new URL('../metrics/', import.meta.url), isMetric);
}

/** The metrics of a catalogue with their ids, in its order. */
export function namedMetrics(entries: ReadonlyMap<string, MetricEntry>): readonly Metric[] {
  return [...entries].map(([id, entry]) => ({ id, ...entry }));
}

function isMetric(entry: unknown): entry is MetricEntry {
  return typeof entry === 'object' && entry !== null && 'definition' in entry && 'stage' in entry && 'unit' in entry;
}
