import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock, type Clock } from '#src/core/clock.ts';

/** A clock that can be waited with: limits of an hour are so tested in a moment, by a clock that tests move. */
export interface WaitingClock extends Clock {
  /** Resolves when so many milliseconds have passed; rejects with the signal's reason as soon as that is aborted. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** The longest time that a timer of Node can be set to, ms; a longer one would ring at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The machine's own clock and timers. */
export const systemWaitingClock: WaitingClock = {
  now: () => systemClock.now(),
  async wait(milliseconds, signal) {
    signal.throwIfAborted();
    try {
      await sleep(Math.min(Math.max(0, milliseconds), LONGEST_TIMER_MS), undefined, { signal });
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  },
};

/** Waits until an instant (epoch ms); not at all if it has passed. */
export async function waitUntil(clock: WaitingClock, at: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  while (clock.now() < at) await clock.wait(at - clock.now(), signal);
}
