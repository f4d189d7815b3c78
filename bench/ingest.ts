import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '#src/core/clock.ts';
import { DEFAULT_POLICY } from '#src/config/policy.ts';
import { ingestBatch } from '#src/ingest/ingest.ts';
import { importFile } from '#src/ingest/import/import-file.ts';
import { loadSources } from '#src/ingest/load-sources.ts';
import { Recomputer } from '#src/ingest/recompute.ts';
import { openStore } from '#src/store/store.ts';
import { recordedDeliveries } from './ingesting/recorded-deliveries.ts';

/** The name it is called by. */
export const name = 'Ingest: folding and importing deliveries made from the recording';

/** How many deliveries are stored in all; a million by `NARROWS_BENCH_DELIVERIES=1000000`. */
const TOTAL = Number(process.env['NARROWS_BENCH_DELIVERIES'] ?? 60_000);

/** The rate is read over stretches of so many deliveries. */
const STRETCH = 10_000;

/** Lines of the bulk import. */
const IMPORTED = 30_000;

/**
 * Folding deliveries made from the recording, from the inbox into facts, in one process on SQLite: the rate at
 * the first stretch and at the last, and what a delivery costs at the end against the beginning. Then the same
 * kind of deliveries through the import. Rates are of processor time of one core.
 */
export async function run(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'narrows-bench-'));
  try {
    const { rates, bytes } = await fold(folder);
    const first = rates[0] ?? 0;
    const last = median(rates.slice(-Math.max(1, Math.floor(rates.length / 5))));
    const bulk = await bulkRate(folder);
    return [
      '| what | figure |',
      '|---|---|',
      `| body of a delivery, bytes | ${String(Math.round(bytes))} |`,
      `| folding, first ${String(STRETCH)} | ${String(Math.round(first))}/s |`,
      `| folding, median of all stretches up to ${String(TOTAL)} | ${String(Math.round(median(rates)))}/s |`,
      `| folding, last fifth | ${String(Math.round(last))}/s |`,
      `| cost of a delivery, last fifth over first stretch | ${(first / last).toFixed(2)} |`,
      `| import of ${String(IMPORTED)} such deliveries, stored and folded | ${String(Math.round(bulk.folded))}/s, ${(bulk.folded / median(rates)).toFixed(1)} x folding |`,
      `| the same with waits computed | ${String(Math.round(bulk.computed))}/s |`,
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fold(folder: string): Promise<{ readonly rates: number[]; readonly bytes: number }> {
  const store = await openStore({ dataDir: join(folder, 'fold'), databaseUrl: null, clock: systemClock });
  const sources = await loadSources();
  const rates: number[] = [];
  let chunk = [];
  let bytes = 0;
  for (const delivery of recordedDeliveries(TOTAL)) {
    bytes += delivery.body.length / TOTAL;
    chunk.push(delivery);
    if (chunk.length < STRETCH) continue;
    for (let start = 0; start < chunk.length; start += 500) await store.inbox.store(chunk.slice(start, start + 500));
    chunk = [];
    const busy = stopwatch();
    for (;;) {
      const counts = await ingestBatch({ writer: store.writer, sources });
      if (counts.facts + counts.ignored + counts.unknown + counts.dead === 0) break;
    }
    rates.push(STRETCH / busy());
  }
  await store.close();
  return { rates, bytes };
}

async function bulkRate(folder: string): Promise<{ readonly folded: number; readonly computed: number }> {
  const file = join(folder, 'deliveries.ndjson');
  const decoder = new TextDecoder();
  const lines = [...recordedDeliveries(IMPORTED)].map(
    ({ guid, event, deliveredAt, body }) => `{"guid":"${guid}","event":"${event}","delivered_at":${String(deliveredAt)},"payload":${decoder.decode(body)}}`,
  );
  writeFileSync(file, lines.join('\n'));
  const store = await openStore({ dataDir: join(folder, 'bulk'), databaseUrl: null, clock: systemClock });
  const sources = await loadSources();
  const busy = stopwatch();
  await importFile(file, {
    inbox: store.inbox,
    clock: systemClock,
    repository: null,
    takenAt: 0,
    fold: async () => {
      for (;;) {
        const counts = await ingestBatch({ writer: store.writer, sources, batch: 2048 });
        if (counts.facts + counts.ignored + counts.unknown + counts.dead === 0) return;
      }
    },
  });
  const folded = IMPORTED / busy();
  await new Recomputer({ ...store, policy: DEFAULT_POLICY, viewer: { sees: 'everything' } }).all();
  const computed = IMPORTED / busy();
  await store.close();
  return { folded, computed };
}

/** Seconds of processor time this process has used since it was started: the machine is shared, so wall time says little. */
function stopwatch(): () => number {
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
