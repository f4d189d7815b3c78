import type { DeliveryOutcome, HeldDelivery, StoredDelivery } from '#src/domain/delivery.ts';
import type { FactWriter } from '#src/domain/store.ts';
import { ChangeGathering } from './change-gathering.ts';
import { readDelivery, type SourcesByEvent } from './read-delivery.ts';

/** How many deliveries are folded in one transaction unless told otherwise. */
const BATCH = 256;

/** What ingesting needs. */
export interface IngestOptions {
  readonly writer: FactWriter;
  readonly sources: SourcesByEvent;
  /** Deliveries folded in one transaction. [256] Larger batches are faster and hold the writer longer. */
  readonly batch?: number;
  /** Deliveries, by GUID, that were just stored and whose payloads are still at hand. */
  readonly held?: ReadonlyMap<string, HeldDelivery>;
}

/** How many deliveries came to which end. */
export type IngestCounts = Record<DeliveryOutcome['outcome'], number>;

/** Nothing ingested yet. */
export function noCounts(): IngestCounts {
  return { facts: 0, ignored: 0, unknown: 0, dead: 0 };
}

/**
 * Folds one batch of waiting deliveries into the facts. Resolves to what became of them; all zero means
 * that nothing was waiting. Folding is idempotent: killed at any point, the next call does it again.
 */
export async function ingestBatch(options: IngestOptions): Promise<IngestCounts> {
  const deliveries = await options.writer.pending(options.batch ?? BATCH, options.held);
  const counts = noCounts();
  if (deliveries.length === 0) return counts;
  await options.writer.fold(foldOf(deliveries, options.sources, counts));
  return counts;
}

/** Folds until nothing waits. Resolves to what became of all of them. */
export async function ingestAll(options: IngestOptions): Promise<IngestCounts> {
  const total = noCounts();
  for (;;) {
    const counts = await ingestBatch(options);
    const done = Object.values(counts).reduce((sum, count) => sum + count, 0);
    if (done === 0) return total;
    for (const outcome of ['facts', 'ignored', 'unknown', 'dead'] as const) total[outcome] += counts[outcome];
  }
}

/** Reads deliveries and joins what they say; counts what became of them. */
export function foldOf(
  deliveries: readonly StoredDelivery[],
  sources: SourcesByEvent,
  counts: IngestCounts = noCounts(),
): Parameters<FactWriter['fold']>[0] {
  const gathering = new ChangeGathering();
  const outcomes: DeliveryOutcome[] = [];
  for (const delivery of deliveries) {
    const reading = readDelivery(delivery, sources);
    if (reading.outcome === 'facts') gathering.add(reading.changes);
    const reason = 'reason' in reading ? reading.reason : null;
    outcomes.push({ deliveryId: delivery.id, event: delivery.event, outcome: reading.outcome, reason });
    counts[reading.outcome] += 1;
  }
  return { changes: gathering.gathered(), outcomes };
}
