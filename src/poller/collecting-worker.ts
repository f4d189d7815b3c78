import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '#src/core/clock.ts';
import { createLog, type LogLevel } from '#src/core/log.ts';
import type { Policy } from '#src/config/policy.ts';
import type { GitHubOptions } from '#src/github/open-github.ts';
import { openStore } from '#src/store/store.ts';
import { startCollectingLoop } from './collecting-loop.ts';
import { openCollector } from './open-collector.ts';
import { keepSign } from './service-sign.ts';

/** What the thread is started with. */
export interface CollectingWorkerData {
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly github: GitHubOptions;
  readonly policy: Policy;
  readonly holder: string;
  readonly logLevel: LogLevel;
  readonly secrets: readonly string[];
}

/** Words of the thread. */
export type CollectingMessage = 'stored';

/*
 * The thread that collects: reading large answers never holds up the one that answers GitHub. It does not stand back
 * behind it as folding does: it writes to the inbox, and whoever waits for a turn while holding that up holds up all.
 */
// eslint-disable-next-line no-restricted-syntax -- started by collecting-thread.ts alone, which is held to this type
const data = workerData as CollectingWorkerData;
const log = createLog({ level: data.logLevel, secrets: data.secrets }).child({ part: 'poller' });
const store = await openStore({ dataDir: data.dataDir, databaseUrl: data.databaseUrl, clock: systemClock });
const inbox = {
  byGuid: store.inbox.byGuid.bind(store.inbox),
  store: async (...deliveries: Parameters<typeof store.inbox.store>) => {
    const added = await store.inbox.store(...deliveries);
    if (added > 0) parentPort?.postMessage('stored' satisfies CollectingMessage);
    return added;
  },
};
const opened = openCollector({ ...data, store, inbox, log });
const sign = keepSign({ leases: store.leases, holder: data.holder });
const loop = opened === null ? null : startCollectingLoop(opened);

async function end(): Promise<void> {
  await loop?.stop();
  await sign.stop();
  await store.close();
  parentPort?.close();
}

parentPort?.on('message', () => void end());
