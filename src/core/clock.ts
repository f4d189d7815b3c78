/** Where "now" comes from. Everything that needs the time is handed a clock, so that a test can hold it still. */
export interface Clock {
  /** The present instant, epoch milliseconds. */
  now(): number;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands at `at` (epoch ms) until it is set again. */
export function standingClock(at: number): Clock & { set(at: number): void } {
  let current = at;
  return {
    now: () => current,
    set(next: number) {
      current = next;
    },
  };
}
