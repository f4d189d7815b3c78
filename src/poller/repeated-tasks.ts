import { NarrowsError } from '#src/core/errors.ts';
import type { PollerParts } from './poller-parts.ts';
import { underLease } from './under-lease.ts';

/** What is done again and again. */
export interface RepeatedTask {
  /** Also the name of its lease. */
  readonly name: string;
  /** From the end of one run to the beginning of the next, ms, give or take a tenth: many installations must not ask at one moment. */
  readonly everyMs: number;
  /** Whether one process at a time does it; else it takes leases of its own. */
  readonly isAlone: boolean;
  run(signal: AbortSignal): Promise<void>;
}

/** Tasks that go on until they are stopped. */
export interface RunningTasks {
  /** Ends what is under way at once. Resolves when nothing runs any more. */
  stop(): Promise<void>;
}

/** A failure that lasts is said again after so long, ms. */
const SAID_AGAIN_MS = 3_600_000;

/** Runs every task now and then again and again. One that fails is logged, and runs again at its time. */
export function repeatTasks(parts: Pick<PollerParts, 'leases' | 'holder' | 'clock' | 'log' | 'sleep' | 'random'>, tasks: readonly RepeatedTask[]): RunningTasks {
  const stopping = new AbortController();
  const running = tasks.map((task) => repeat(parts, task, stopping.signal));
  return {
    async stop() {
      stopping.abort(new Error('Collecting was stopped.'));
      await Promise.all(running);
    },
  };
}

async function repeat(parts: Parameters<typeof repeatTasks>[0], task: RepeatedTask, signal: AbortSignal): Promise<void> {
  const { clock, log, sleep, random } = parts;
  const run = (): Promise<void> => task.run(signal);
  let saidAt: number | null = null;
  for (;;) {
    try {
      if (task.isAlone) await underLease(parts, `collect ${task.name}`, run);
      else await run();
      if (saidAt !== null) log.info({ task: task.name }, 'collecting goes on after a failure');
      saidAt = null;
    } catch (error) {
      if (stops(signal)) return;
      const isNews = saidAt === null || clock.now() - saidAt >= SAID_AGAIN_MS;
      if (isNews) saidAt = clock.now();
      say(log, isNews, task.name, error);
    }
    await sleep(task.everyMs * (0.9 + 0.2 * random()), signal).catch(() => undefined);
    if (stops(signal)) return;
  }
}

function stops({ aborted }: AbortSignal): boolean {
  return aborted;
}

/** GitHub may fail for a while without anything being wrong here; anything else is somebody's mistake. */
function say(log: PollerParts['log'], isNews: boolean, task: string, error: unknown): void {
  const fields = { task, err: error };
  if (!(error instanceof NarrowsError)) log.error(fields, 'a task of collecting failed; it runs again');
  else if (!isNews) log.debug(fields, 'collecting still fails; it is tried again');
  else if (error.code === 'github-refused') log.error(fields, 'GitHub refuses the credential; collecting waits for another');
  else log.warn(fields, 'collecting failed and is tried again');
}
