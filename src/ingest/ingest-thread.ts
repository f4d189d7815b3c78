import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Log } from '#src/core/log.ts';
import type { IngestMessage, IngestWorkerData } from './ingest-worker.ts';

/** How long a thread that died waits before it is started again, ms. */
const RESTART_MS = 1_000;

/** The thread that folds deliveries. */
export interface IngestThread {
  /** Says that deliveries were stored. Many words in one turn are one. */
  notify(): void;
  stop(): Promise<void>;
}

/** Starts the thread; should it die, it is started again and folds what waits. */
export function startIngestThread(workerData: IngestWorkerData, log: Log): IngestThread {
  let isStopping = false;
  let isNotifying = false;
  let worker = start();

  function start(): Worker {
    const thread = new Worker(new URL('./ingest-worker.js', import.meta.url), { workerData });
    thread.on('error', (error) => log.error({ err: error }, 'the ingest thread failed and is started again'));
    thread.on('exit', () => {
      if (isStopping) return;
      setTimeout(() => {
        if (!isStopping) worker = start();
      }, RESTART_MS);
    });
    return thread;
  }
  const say = (message: IngestMessage): void => worker.postMessage(message);

  return {
    notify() {
      if (isNotifying) return;
      isNotifying = true;
      setImmediate(() => {
        isNotifying = false;
        say('stored');
      });
    },
    async stop() {
      isStopping = true;
      const exited = once(worker, 'exit');
      say('stop');
      await exited;
    },
  };
}
