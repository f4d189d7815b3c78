import { Worker } from 'node:worker_threads';
import type { Log } from '#src/core/log.ts';
import type { CollectingWorkerData } from './collecting-worker.ts';

/** How long a thread that died waits before it is started again, ms: it doubles from the first to the last while threads live shorter than the last. */
const FIRST_RESTART_MS = 5_000;
const LAST_RESTART_MS = 300_000;

/** The thread that collects. */
export interface CollectingThread {
  /** Ends whatever is under way; resolves when the thread is gone. */
  stop(): Promise<void>;
}

/** Starts the thread; should it die, it is started again and goes on where it was. `onStored` hears that it put something into the inbox. */
export function startCollectingThread(workerData: CollectingWorkerData, log: Log, onStored: () => void): CollectingThread {
  let isStopping = false;
  let restartMs = FIRST_RESTART_MS;
  let restart: NodeJS.Timeout | undefined;
  let running = start();

  function start(): { readonly worker: Worker; readonly gone: Promise<void> } {
    const worker = new Worker(new URL('./collecting-worker.js', import.meta.url), { workerData });
    worker.on('message', onStored);
    worker.on('error', (error) => log.error({ err: error }, 'the collecting thread failed and is started again'));
    const startedAt = performance.now();
    const gone = new Promise<void>((resolve) => {
      worker.on('exit', () => {
        resolve();
        if (isStopping) return;
        if (performance.now() - startedAt > LAST_RESTART_MS) restartMs = FIRST_RESTART_MS;
        restart = setTimeout(() => (running = start()), restartMs);
        restartMs = Math.min(restartMs * 2, LAST_RESTART_MS);
      });
    });
    return { worker, gone };
  }

  return {
    async stop() {
      isStopping = true;
      clearTimeout(restart);
      running.worker.postMessage('stop');
      await running.gone;
    },
  };
}
