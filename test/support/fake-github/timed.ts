/** A value that changes at known instants. */
export interface Timed<T> {
  /** What holds at an instant (epoch ms): the value set last at or before it. */
  at(instant: number): T;
  /** The value from `instant` on, until the next one that is set. */
  set(value: T, instant: number): void;
  /** All values, each with the instant from which on it holds, in order of time. */
  all(): readonly { readonly from: number; readonly value: T }[];
}

/** A value that holds from the beginning. */
export function timed<T>(first: T): Timed<T> {
  const values: { from: number; value: T }[] = [{ from: -Infinity, value: first }];
  return {
    at: (instant) => values.findLast(({ from }) => from <= instant)?.value ?? first,
    set(value, instant) {
      const place = values.findLastIndex(({ from }) => from <= instant) + 1;
      values.splice(place, 0, { from: instant, value });
    },
    all: () => values,
  };
}
