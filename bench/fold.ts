import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from 'simple-statistics';
import { systemClock } from '#src/core/clock.ts';
import type { Store } from '#src/domain/store.ts';
import { decodeEvidence, encodeEvidence } from '#src/store/evidence-codec.ts';
import { openStore } from '#src/store/store.ts';
import type { BenchOptions } from './contract/bench.ts';
import { aTimeline, foldBatch } from './folding/told-changes.ts';

/** The heading of its result. */
export const name = 'Store: facts folded, and read back';

/** Deliveries folded before the first measurement, and before the other; a million by `NARROWS_BENCH_STORED=1000000`. */
const FEW = 10_000;
const MANY = Number(process.env['NARROWS_BENCH_STORED'] ?? 100_000);

/** Deliveries of one fold, as the ingest takes them, and of one measurement. */
const BATCH = 256;
const MEASURED = 20 * BATCH;

/** Events of the timeline whose reading is measured. */
const EVENTS = 25;

/** A store with so many deliveries folded. */
interface Folded {
  readonly store: Store;
  count: number;
}

/**
 * What folding costs when little and when much is stored, in turns with each other, and how fast pull requests are
 * read back. Nothing is parsed and no waits are computed here: this is the store alone, on SQLite, in one thread.
 */
export async function run(options: BenchOptions): Promise<string[]> {
  const { rounds } = options;
  const progress = (line: string): void => { options.progress(line); };
  const folder = mkdtempSync(join(tmpdir(), 'narrows-bench-fold-'));
  try {
    progress(`storing ${FEW.toLocaleString('en')} and ${MANY.toLocaleString('en')} deliveries`);
    const few = await storeWith(join(folder, 'few'), FEW);
    const many = await storeWith(join(folder, 'many'), MANY);
    const costs: { readonly few: number; readonly many: number }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const cost = { few: await costOf(few), many: await costOf(many) };
      progress(`${cost.few.toFixed(1)} µs a delivery with few stored, ${cost.many.toFixed(1)} with many`);
      costs.push(cost);
    }
    const read = await readRate(many.store);
    await few.store.close();
    await many.store.close();
    return lines(costs, read);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function lines(costs: readonly { readonly few: number; readonly many: number }[], read: number): string[] {
  const ratios = costs.map(({ few, many }) => many / few).sort((a, b) => a - b);
  const rate = (micros: number): string => Math.round(1e6 / micros).toLocaleString('en');
  const row = (label: string, micros: number): string => `| ${label} | ${micros.toFixed(1)} | ${rate(micros)} |`;
  return [
    `Medians of ${costs.length} rounds, processor time; batches of ${BATCH} deliveries, eight to a pull request.`,
    '',
    '| | µs each | A second on one core |',
    '|---|--:|--:|',
    row(`A delivery folded, ${FEW.toLocaleString('en')} stored`, median(costs.map(({ few }) => few))),
    row(`A delivery folded, ${MANY.toLocaleString('en')} stored`, median(costs.map(({ many }) => many))),
    row('A pull request read and resolved', read),
    row(`Evidence of ${EVENTS} events decoded`, codecCost((text) => decodeEvidence(text))),
    row(`Evidence of ${EVENTS} events encoded`, codecCost((_, evidence) => encodeEvidence(evidence))),
    '',
    `Cost of a delivery with many stored over few: ${median(ratios).toFixed(2)} (${(ratios[0] ?? 0).toFixed(2)} to ${(ratios.at(-1) ?? 0).toFixed(2)}).`,
  ];
}

/** Starts to count the process's own time, microseconds: what other processes take of the machine is not in it. */
function stopwatch(): () => number {
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
}

async function storeWith(dataDir: string, count: number): Promise<Folded> {
  const folded = { store: await openStore({ dataDir, databaseUrl: null, clock: systemClock }), count: 0 };
  await foldMore(folded, count);
  return folded;
}

async function foldMore(folded: Folded, count: number): Promise<number> {
  let micros = 0;
  for (let left = count; left > 0; left -= BATCH) {
    const batch = foldBatch(folded.count, Math.min(left, BATCH));
    const elapsed = stopwatch();
    await folded.store.writer.fold(batch);
    micros += elapsed();
    folded.count += Math.min(left, BATCH);
  }
  return micros;
}

async function costOf(folded: Folded): Promise<number> {
  return (await foldMore(folded, MEASURED)) / MEASURED;
}

/** Microseconds for one pull request, from its row to its resolved timeline. */
async function readRate(store: Store): Promise<number> {
  const costs: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    let count = 0;
    const elapsed = stopwatch();
    for await (const one of store.reader.pullRequests({ sees: 'everything' }, {})) count += one.pullRequest.number > 0 ? 1 : 0;
    costs.push(elapsed() / count);
  }
  return median(costs);
}

function codecCost(work: (text: ReturnType<typeof encodeEvidence>, evidence: ReturnType<typeof aTimeline>) => void): number {
  const many = Array.from({ length: 400 }, (_, seed) => aTimeline(seed, EVENTS)).map((evidence) => ({ evidence, text: encodeEvidence(evidence) }));
  const costs = Array.from({ length: 15 }, () => {
    const elapsed = stopwatch();
    for (const { text, evidence } of many) work(text, evidence);
    return elapsed() / many.length;
  });
  return median(costs.slice(5));
}
