import { Worker } from 'node:worker_threads';
import type { Log } from '#src/core/log.ts';
import type { IngestMessage, IngestWorkerData } from './ingest-worker.ts';

/** How long a thread that died waits before it is started again, ms: it doubles from the first to the last while threads live shorter than the last. */
const FIRST_RESTART_MS = 1_000;
const LAST_RESTART_MS = 30_000;

/** Room for what is young in the thread, MB: V8's own 48 are paid in memory and hardly save time. */
const YOUNG_GENERATION_MB = 12;

/** The thread that folds deliveries. */
export interface IngestThread {
  /** Says that deliveries were stored. Many words in one turn are one. */
  notify(): void;
  /** Ends after the batch at hand; resolves when the thread is gone. */
  stop(): Promise<void>;
}

/** Starts the thread; should it die, it is started again and folds what waits. */
export function startIngestThread(workerData: IngestWorkerData, log: Log): IngestThread {
  let isStopping = false;
  let isNotifying = false;
  let restartMs = FIRST_RESTART_MS;
  let restart: NodeJS.Timeout | undefined;
  let running = start();

  function start(): { readonly worker: Worker; readonly gone: Promise<void> } {
    const worker = new Worker(new URL('./ingest-worker.js', import.meta.url), { workerData, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB } });
    worker.on('error', (error) => log.error({ err: error }, 'the ingest thread failed and is started again'));
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
  const say = (message: IngestMessage): void => running.worker.postMessage(message);

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
      clearTimeout(restart);
      say('stop');
      await running.gone;
    },
  };
}
