import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '#src/core/clock.ts';
import { createLog, type LogLevel } from '#src/core/log.ts';
import { standBack } from '#src/core/thread-priority.ts';
import type { Policy } from '#src/config/policy.ts';
import type { Viewer } from '#src/domain/viewer.ts';
import { openStore } from '#src/store/store.ts';
import { startIngestLoop } from './ingest-loop.ts';
import { loadSources } from './load-sources.ts';
import { Recomputer } from './recompute.ts';

/** What the thread is started with. */
export interface IngestWorkerData {
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly logLevel: LogLevel;
  readonly secrets: readonly string[];
  readonly policy: Policy;
  /** How long deliveries are kept as they came, ms. */
  readonly retentionMs: number;
  /** Who may read what waits are computed from: everything, given by the composition root. */
  readonly viewer: Viewer;
}

/** Words to the thread. */
export type IngestMessage = 'stored' | 'stop';

/** How far folding stands back behind answering GitHub: on Linux a priority is a thread's own. */
const NICENESS = 10;

/* The thread that folds deliveries: parsing and folding never hold up the one that answers GitHub. */
// eslint-disable-next-line no-restricted-syntax -- started by ingest-thread.ts alone, which is held to this type
const data = workerData as IngestWorkerData;
const log = createLog({ level: data.logLevel, secrets: data.secrets }).child({ part: 'ingest' });
const unchanged = standBack(NICENESS);
if (unchanged !== null) log.debug({ err: unchanged }, 'the priority of the ingest thread stays as it is');
const store = await openStore({ dataDir: data.dataDir, databaseUrl: data.databaseUrl, clock: systemClock });
const recomputer = new Recomputer({ ...store, policy: data.policy, viewer: data.viewer });
const loop = startIngestLoop({
  writer: store.writer,
  sources: await loadSources(),
  log,
  recompute: async () => (await recomputer.batch()) > 0,
  onIdle: async () => (await store.upkeep.compact()) || (await store.upkeep.forget(systemClock.now() - data.retentionMs)),
});

async function end(): Promise<void> {
  await loop.stop();
  await store.close();
  parentPort?.close();
}

parentPort?.on('message', (message: IngestMessage) => {
  if (message === 'stored') loop.notify();
  else void end();
});
parentPort?.postMessage('ready');
