import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '#src/core/clock.ts';
import { createLog, type LogLevel } from '#src/core/log.ts';
import { openStore } from '#src/store/store.ts';
import { startIngestLoop } from './ingest-loop.ts';
import { loadSources } from './load-sources.ts';

/** What the thread is started with. */
export interface IngestWorkerData {
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly logLevel: LogLevel;
  readonly secrets: readonly string[];
}

/** Words to the thread. */
export type IngestMessage = 'stored' | 'stop';

/* The thread that folds deliveries: parsing and folding never hold up the one that answers GitHub. */
const data = workerData as IngestWorkerData;
const log = createLog({ level: data.logLevel, secrets: data.secrets }).child({ part: 'ingest' });
const store = await openStore({ dataDir: data.dataDir, databaseUrl: data.databaseUrl, clock: systemClock });
const loop = startIngestLoop({ writer: store.writer, sources: await loadSources(), log });

parentPort?.on('message', (message: IngestMessage) => {
  if (message === 'stored') loop.notify();
  else void loop.stop().then(async () => {
    await store.close();
    parentPort?.close();
  });
});
parentPort?.postMessage('ready');
