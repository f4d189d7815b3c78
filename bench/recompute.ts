import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { median } from 'simple-statistics';
import { DEFAULT_POLICY, type Policy } from '#src/config/policy.ts';
import { systemClock } from '#src/core/clock.ts';
import { projectFile } from '#src/core/project-file.ts';
import type { Store } from '#src/domain/store.ts';
import { ingestAll } from '#src/ingest/ingest.ts';
import { lineDelivery } from '#src/ingest/import/line-delivery.ts';
import { loadSources } from '#src/ingest/load-sources.ts';
import { Recomputer } from '#src/ingest/recompute.ts';
import { openStore } from '#src/store/store.ts';
import type { BenchOptions } from './contract/bench.ts';

/** The name it is called by. */
export const name = 'Waits: all recomputed from the facts in SQLite';

/** Copies of the recording, each a repository of its own: 519 pull requests a copy. */
const COPIES = 20;

/** Policies of which each has everything computed again, by what then comes out differently. */
const OTHER_NAMES: Policy = { ...DEFAULT_POLICY, names: !DEFAULT_POLICY.names };
const OTHER_BOT: Policy = { ...DEFAULT_POLICY, bots: [...DEFAULT_POLICY.bots, 'account-19'] };
const OTHER_AGE: Policy = { ...OTHER_BOT, staleAfterSeconds: DEFAULT_POLICY.staleAfterSeconds + 3600 };

/** What is measured of each copy of the facts, in this order, with the policy that brings it about. */
const STEPS: readonly (readonly [label: string, policy: Policy])[] = [
  ['the first time: every life and wait is written', DEFAULT_POLICY],
  ['nothing comes out differently: only the policy is noted', OTHER_NAMES],
  ['one more bot: what changed is written again', OTHER_BOT],
  ['another age of what is stale: everything is written again', OTHER_AGE],
];

/**
 * Computes the waits and phases of every pull request from its facts in SQLite. Each step has all subjects
 * marked, read, decoded, resolved, computed and compared; they differ in how much is then written. Costs are
 * processor time of all the process's threads, because the machine is shared; a first round, not counted,
 * warms up.
 */
export async function run(options: BenchOptions): Promise<string[]> {
  const { rounds } = options;
  const folder = mkdtempSync(join(tmpdir(), 'narrows-bench-'));
  try {
    const facts = join(folder, 'facts');
    const pullRequests = await fill(facts);
    const costs = STEPS.map((): number[] => []);
    for (let round = 0; round <= rounds; round += 1) {
      const copy = join(folder, `round-${String(round)}`);
      cpSync(facts, copy, { recursive: true });
      const measured = await measureAll(copy);
      rmSync(copy, { recursive: true });
      options.progress(`recompute ${String(round)}: ${measured.map((cost) => cost.toFixed(1)).join(', ')} µs`);
      if (round > 0) measured.forEach((cost, step) => costs[step]?.push(cost));
    }
    return [
      `${String(pullRequests)} pull requests, all marked. Processor time: medians of ${String(rounds)} rounds; in brackets the least and the greatest.`,
      '',
      '| | µs a pull request | pull requests a second of one core |',
      '|---|--:|--:|',
      ...STEPS.map(([label], step) => row(label, costs[step] ?? [])),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function row(label: string, costs: readonly number[]): string {
  const [least, middle, greatest] = [Math.min(...costs), median([...costs]), Math.max(...costs)];
  const rate = (cost: number): string => Math.round(1e6 / cost).toLocaleString('en');
  return `| ${label} | ${middle.toFixed(1)} (${least.toFixed(1)}–${greatest.toFixed(1)}) | ${rate(middle)} (${rate(greatest)}–${rate(least)}) |`;
}

/** Microseconds a pull request of each step. */
async function measureAll(dataDir: string): Promise<number[]> {
  const store = await openStore({ dataDir, databaseUrl: null, clock: systemClock });
  try {
    const costs: number[] = [];
    for (const [, policy] of STEPS) costs.push(await measure(store, policy));
    return costs;
  } finally {
    await store.close();
  }
}

async function measure(store: Store, policy: Policy): Promise<number> {
  const before = process.cpuUsage();
  const count = await new Recomputer({ ...store, policy, viewer: { sees: 'everything' } }).all();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / count;
}

/** Imports the recording under many names. Resolves to the number of pull requests. */
async function fill(dataDir: string): Promise<number> {
  const store = await openStore({ dataDir, databaseUrl: null, clock: systemClock });
  try {
    return await importCopies(store);
  } finally {
    await store.close();
  }
}

async function importCopies(store: Store): Promise<number> {
  const lines = gunzipSync(readFileSync(projectFile('data/recordings/bitcoin-core-gui/pulls.ndjson.gz'))).toString('utf8').trim().split('\n');
  const sources = await loadSources();
  let count = 0;
  for (let copy = 0; copy < COPIES; copy += 1) {
    const context = { repository: `acme/widgets-${String(copy)}`, takenAt: Date.UTC(2026, 4, 16), receivedAt: 0 };
    const deliveries = lines.flatMap((line) => {
      const reading = lineDelivery(line, context);
      return 'problem' in reading ? [] : [reading.delivery];
    });
    count += deliveries.length;
    await store.inbox.store(deliveries);
    await ingestAll({ writer: store.writer, sources, batch: 1024 });
  }
  return count;
}
