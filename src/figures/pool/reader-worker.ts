import { parentPort, workerData } from 'node:worker_threads';
import { standingClock, systemClock } from '#src/core/clock.ts';
import { packError } from '#src/core/packed-error.ts';
import { standBack } from '#src/core/thread-priority.ts';
import type { Policy } from '#src/config/policy.ts';
import { openReadingStore } from '#src/store/store.ts';
import { loadMetrics } from '../load-metrics.ts';
import { StoreFigures } from '../store-figures.ts';
import { answer, type FiguresCall } from './figures-call.ts';
import type { PoolReply, PoolRequest } from './thread-pool.ts';

/** What a reader's thread is started with. */
export interface ReaderWorkerData {
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly policy: Policy;
}

/** How far reading stands back behind answering GitHub, and before folding: who asks waits for the answer, nobody waits for the fold. */
const NICENESS = 5;

/* The thread of a reader: its own handle of the store, which it only reads. */
if (parentPort !== null) {
  const port = parentPort;
  // eslint-disable-next-line no-restricted-syntax -- started by pooled-figures.ts alone, which is held to this type
  const { dataDir, databaseUrl, policy } = workerData as ReaderWorkerData;
  const say = (reply: PoolReply): void => port.postMessage(reply);
  try {
    standBack(NICENESS);
    const clock = standingClock(0);
    const store = await openReadingStore({ dataDir, databaseUrl, clock: systemClock });
    const figures = new StoreFigures({ ...store, policy, clock, metrics: await loadMetrics() });
    const run = async (call: FiguresCall): Promise<PoolReply> => {
      try {
        clock.set(call.askedAt);
        return { reply: 'done', result: await answer(figures, call) };
      } catch (error) {
        return { reply: 'refused', error: packError(error) };
      }
    };
    const end = async (): Promise<void> => {
      await store.close();
      port.close();
    };
    port.on('message', (request: PoolRequest<FiguresCall>) => void (request.ask === 'close' ? end() : run(request.task).then(say)));
  } catch (error) {
    say({ reply: 'failed', error: packError(error) });
  }
}
