import type { Clock } from '#src/core/clock.ts';
import { parseInstant } from '#src/core/instant.ts';
import type { Delivery, HeldDelivery } from '#src/domain/delivery.ts';
import type { Inbox } from '#src/domain/store.ts';
import { lineDelivery, type LineShape } from './line-delivery.ts';
import { readLines } from './lines.ts';

/** Lines stored and folded together; at most so many deliveries are in memory. */
const CHUNK_LINES = 4_096;

/** A chunk is cut early at so many bytes: recordings of long pull requests are large. */
const CHUNK_BYTES = 16_000_000;

/** So many lines that could not be imported are named; the rest is counted. */
const PROBLEMS_NAMED = 20;

/** What an import needs. */
export interface ImportOptions {
  readonly inbox: Pick<Inbox, 'store'>;
  readonly clock: Clock;
  /** Folds what was stored so far into the facts; `held` is what was stored last, by GUID. */
  readonly fold: (held: ReadonlyMap<string, HeldDelivery>) => Promise<void>;
  /** `owner/name` for recordings. */
  readonly repository: string | null;
  /** When the recordings were taken, epoch ms; null: at the largest `updated_at` of each file. */
  readonly takenAt: number | null;
  /** Hears how many bytes of the file were read and how many lines stored. */
  readonly onProgress?: (progress: { readonly bytes: number; readonly lines: number }) => void;
}

/** What an import did. */
export interface ImportResult {
  /** Lines that are deliveries. */
  readonly lines: number;
  /** Lines that were not in the inbox before. */
  readonly added: number;
  readonly shapes: Readonly<Partial<Record<LineShape, number>>>;
  /** How many lines could not be imported. */
  readonly refused: number;
  /** The first of them, as `FILE, line N is not JSON: …`. */
  readonly problems: readonly string[];
}

/**
 * Imports one file. Every chunk is in the inbox and folded before the one after the next is read, and a line imported
 * before is recognised, so that an import killed anywhere is resumed by running it again. A line that
 * cannot be imported is passed over and named in the result. Throws `NarrowsError('bad-input-file')` when
 * the file itself cannot be read.
 */
export async function importFile(path: string, options: ImportOptions): Promise<ImportResult> {
  const takenAt = options.takenAt ?? (await largestUpdatedAt(path)) ?? options.clock.now();
  const context = { repository: options.repository, takenAt, receivedAt: options.clock.now() };
  const shapes: Partial<Record<LineShape, number>> = {};
  const progress = { bytes: 0, lines: 0 };
  const problems: string[] = [];
  let refused = 0;
  let added = 0;
  let chunk: HeldDelivery[] = [];
  let chunkBytes = 0;

  let settling: Promise<void> = Promise.resolve();
  const settle = async (full: readonly HeldDelivery[]): Promise<void> => {
    added += await options.inbox.store(full.map(withoutPayload));
    await options.fold(firstByGuid(full));
    progress.lines += full.length;
    options.onProgress?.(progress);
  };
  // While one chunk is stored by the inbox's thread, the next is read here: never more than two are in memory.
  const flush = async (): Promise<void> => {
    await settling;
    if (chunk.length === 0) return;
    settling = settle(chunk);
    settling.catch(() => undefined);
    chunk = [];
    chunkBytes = 0;
  };

  for await (const line of readLines(path, (count) => (progress.bytes += count))) {
    const reading = lineDelivery(line.text, context);
    if ('problem' in reading) {
      refused += 1;
      if (problems.length < PROBLEMS_NAMED) problems.push(`${path}, line ${String(line.number)} ${reading.problem}.`);
      continue;
    }
    shapes[reading.shape] = (shapes[reading.shape] ?? 0) + 1;
    chunk.push(reading.delivery);
    chunkBytes += reading.delivery.body.length;
    if (chunk.length >= CHUNK_LINES || chunkBytes >= CHUNK_BYTES) await flush();
  }
  await flush();
  await settling;
  return { lines: progress.lines, added, shapes, refused, problems };
}

/** The largest `updated_at` anywhere in the file, epoch ms: the earliest moment at which all of it can have been read. */
async function largestUpdatedAt(path: string): Promise<number | null> {
  let largest: number | null = null;
  for await (const line of readLines(path)) {
    for (const [, text] of line.text.matchAll(/"updated_at"\s*:\s*"([^"]{10,40})"/g)) {
      const at = parseInstant(text);
      if (at !== null && (largest === null || at > largest)) largest = at;
    }
  }
  return largest;
}

/** The inbox may be another thread's: a payload would be copied there for nothing. */
function withoutPayload({ guid, channel, event, deliveredAt, takenAt, format, body }: HeldDelivery): Delivery {
  return { guid, channel, event, deliveredAt, takenAt, format, body };
}

/** Of two with one GUID the inbox keeps the first. */
function firstByGuid(deliveries: readonly HeldDelivery[]): Map<string, HeldDelivery> {
  return new Map(deliveries.toReversed().map((delivery) => [delivery.guid, delivery]));
}
