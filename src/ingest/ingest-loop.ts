import type { Log } from '#src/core/log.ts';
import { ingestBatch, type IngestOptions } from './ingest.ts';

/** How long a loop with nothing to do waits for a word before it looks by itself, ms. */
const IDLE_MS = 1_000;

/** The pause after a failed batch doubles from the first to the last of these, ms. */
const FIRST_PAUSE_MS = 500;
const LAST_PAUSE_MS = 30_000;

/** What the loop needs. */
export interface IngestLoopOptions extends IngestOptions {
  readonly log: Log;
  /** Called after every batch: computes a bounded part of what the facts changed. Resolves to whether there is more of it. */
  readonly recompute: () => Promise<boolean>;
  /** Called when there is nothing else to do: the moment for upkeep. Resolves to whether there is more of it. */
  readonly onIdle?: () => Promise<boolean>;
}

/** A loop that folds deliveries as they come. */
export interface IngestLoop {
  /** Says that a delivery was stored; without it the loop looks once a second. */
  notify(): void;
  /** Ends after the batch at hand. */
  stop(): Promise<void>;
}

/** Starts folding. A batch that fails is tried again after a pause, for ever: its deliveries wait in the inbox. */
export function startIngestLoop(options: IngestLoopOptions): IngestLoop {
  let isStopping = false;
  let isNotified = false;
  let end: () => void = () => undefined;
  let notice: () => void = () => undefined;

  const pauseFor = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (isStopping) {
        resolve();
        return;
      }
      const timer = setTimeout(resolve, ms);
      end = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const waitForNotice = async (): Promise<void> => {
    if (isNotified) return;
    const noticed = pauseFor(IDLE_MS);
    notice = end;
    await noticed;
    notice = () => undefined;
  };

  const run = async (): Promise<void> => {
    let pause = FIRST_PAUSE_MS;
    while (!isStopping) {
      try {
        isNotified = false;
        const counts = await ingestBatch(options);
        pause = FIRST_PAUSE_MS;
        const isIdle = Object.values(counts).every((count) => count === 0);
        if (counts.dead > 0) options.log.warn({ count: counts.dead }, 'deliveries could not be read and wait as dead letters');
        const hasWork = await options.recompute();
        if (!isIdle || hasWork) continue;
        const hasMore = (await options.onIdle?.()) ?? false;
        if (!hasMore) await waitForNotice();
      } catch (error) {
        options.log.error({ err: error, pauseMs: pause }, 'a batch of deliveries could not be folded and is tried again');
        await pauseFor(pause);
        pause = Math.min(pause * 2, LAST_PAUSE_MS);
      }
    }
  };

  const ended = run();
  return {
    notify() {
      isNotified = true;
      notice();
    },
    async stop() {
      isStopping = true;
      end();
      await ended;
    },
  };
}
