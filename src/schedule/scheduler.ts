import { schedule } from 'node-cron';
import type { Log } from '#src/core/log.ts';
import type { Leases } from '#src/domain/lease.ts';

/** What is done again and again, by one process at a time. */
export interface ScheduledTask {
  /** Also the name of its lease. */
  readonly name: string;
  run(): Promise<void>;
}

/** What the schedule runs with. */
export interface ScheduleOptions {
  readonly tasks: readonly ScheduledTask[];
  readonly leases: Leases;
  /** This process, told apart from every other that shares the store. */
  readonly holder: string;
  readonly log: Log;
}

/** A running schedule. */
export interface Schedule {
  /** Starts nothing more and waits for what runs. */
  stop(): Promise<void>;
}

/** Every minute: what is to be done at an hour is so done within a minute of it, and what was missed soon after a start. */
const EVERY_MINUTE = '* * * * *';

/** After so long without a sign a holder is taken for dead, s. It gives one three times as often. */
const LEASE_SECONDS = 90;

/** Runs each task now and then every minute, unless its last run lasts or another process holds its lease. */
export function startSchedule(options: ScheduleOptions): Schedule {
  const runs = options.tasks.map((task) => repeat(task, options));
  return {
    async stop() {
      await Promise.all(runs.map((run) => run.stop()));
    },
  };
}

function repeat(task: ScheduledTask, { leases, holder, log }: ScheduleOptions): Schedule {
  let running: Promise<unknown> | null = null;
  const run = (): void => {
    running ??= runUnderLease(task, leases, holder)
      .catch((error: unknown) => log.error({ err: error, task: task.name }, 'a scheduled task failed; it runs again'))
      .finally(() => {
        running = null;
      });
  };
  const minutes = schedule(EVERY_MINUTE, run, { name: task.name, suppressMissedWarning: true });
  run();
  return {
    async stop() {
      await minutes.destroy();
      await running;
    },
  };
}

/** Runs a task while holding its lease. Resolves to whether it ran: not while another holder has it. */
export async function runUnderLease(task: ScheduledTask, leases: Leases, holder: string): Promise<boolean> {
  if (!(await leases.acquire(task.name, holder, LEASE_SECONDS))) return false;
  const sign = setInterval(() => void leases.acquire(task.name, holder, LEASE_SECONDS).catch(() => false), (LEASE_SECONDS / 3) * 1000);
  try {
    await task.run();
  } finally {
    clearInterval(sign);
    await leases.release(task.name, holder);
  }
  return true;
}
