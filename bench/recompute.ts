import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DEFAULT_POLICY, type Policy } from '#src/config/policy.ts';
import { systemClock } from '#src/core/clock.ts';
import { projectFile } from '#src/core/project-file.ts';
import type { Store } from '#src/domain/store.ts';
import { ingestAll } from '#src/ingest/ingest.ts';
import { lineDelivery } from '#src/ingest/import/line-delivery.ts';
import { loadSources } from '#src/ingest/load-sources.ts';
import { Recomputer } from '#src/ingest/recompute.ts';
import { openStore } from '#src/store/store.ts';

/** The name it is called by. */
export const name = 'Waits: all recomputed from the facts in SQLite';

/** Copies of the recording, each a repository of its own: 519 pull requests a copy. */
const COPIES = 20;

/** Under another policy everything is computed again. */
const OTHER_POLICY: Policy = { ...DEFAULT_POLICY, bots: [...DEFAULT_POLICY.bots, 'account-19'] };

/**
 * Computes the waits and phases of every pull request from its facts in SQLite: the first time, when all of them are
 * written; again when nothing they rest on changed, so that nothing is; and under a policy that names another machine.
 * Rates are of processor time, because the machine is shared.
 */
export async function run(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'narrows-bench-'));
  const store = await openStore({ dataDir: folder, databaseUrl: null, clock: systemClock });
  try {
    const pullRequests = await fill(store);
    const first = await measure(store, DEFAULT_POLICY);
    const other = await measure(store, OTHER_POLICY);
    const back = await measure(store, { ...OTHER_POLICY, names: true });
    const row = (label: string, seconds: number): string => `| ${label} | ${String(Math.round(pullRequests / seconds))} |`;
    return [
      `${String(pullRequests)} pull requests.`,
      '',
      '| | pull requests a second of one core |',
      '|---|--:|',
      row('read, computed, all waits and phases written', first),
      row('under a policy with one more bot: what changed is written', other),
      row('again with nothing changed: read, computed, compared', back),
    ];
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fill(store: Store): Promise<number> {
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

async function measure(store: Store, policy: Policy): Promise<number> {
  const before = process.cpuUsage();
  await new Recomputer({ ...store, policy, viewer: { sees: 'everything' } }).all();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
