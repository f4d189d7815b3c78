import { standingClock, type Clock } from '#src/core/clock.ts';
import type { WaitingClock } from '#src/github/waiting-clock.ts';

/** So long nothing must have begun to wait before the clock moves on by itself, ms of the machine's time. */
const QUIET_MS = 4;

/** A clock for tests: it stands still until it is moved, and wakes those who wait for the instant it has reached. */
export interface MovingClock extends WaitingClock {
  /** Moves on by so many milliseconds. */
  advance(milliseconds: number): void;
  /** Those who wait now, the instants (epoch ms) they wait for, the earliest first. */
  readonly waitsFor: readonly number[];
  /**
   * Lets work go on to its end: whenever everything stands still but waits for this clock, the clock jumps to the
   * earliest instant that is waited for. Hours so pass in moments.
   */
  runUntil<T>(work: Promise<T>): Promise<T>;
}

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** Makes a clock that stands at `at`, epoch ms. */
export function movingClock(at: number): MovingClock {
  const clock: Clock & { set(at: number): void } = standingClock(at);
  const sleepers = new Set<Sleeper>();
  let changes = 0;

  const moveTo = (instant: number): void => {
    clock.set(Math.max(instant, clock.now()));
    for (const sleeper of [...sleepers].filter(({ until }) => until <= clock.now())) sleeper.wake();
  };
  const earliest = (): readonly number[] => [...sleepers].map(({ until }) => until).sort((a, b) => a - b);

  return {
    now: () => clock.now(),
    advance: (milliseconds) => moveTo(clock.now() + milliseconds),
    get waitsFor() {
      return earliest();
    },
    async wait(milliseconds, signal) {
      signal.throwIfAborted();
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          sleepers.delete(sleeper);
          signal.removeEventListener('abort', wake);
          changes += 1;
          resolve();
        };
        const sleeper: Sleeper = { until: clock.now() + milliseconds, wake };
        sleepers.add(sleeper);
        signal.addEventListener('abort', wake);
        changes += 1;
      });
      signal.throwIfAborted();
    },
    async runUntil(work) {
      const state = { isOver: false };
      const over = (): void => {
        state.isOver = true;
      };
      work.then(over, over);
      for (;;) {
        const before = changes;
        await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
        if (state.isOver) return work;
        const [next] = earliest();
        if (changes === before && next !== undefined) moveTo(next);
      }
    },
  };
}
