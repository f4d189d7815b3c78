import type { ObservableWait, Pause } from './observable-wait.ts';

/**
 * What an estimate reads of waits, by column: entry i of each describes one wait. Columns, because a year of an
 * organisation is half a million waits, and an object for each would cost more than all the statistics.
 */
export interface WaitColumns {
  readonly n: number;
  /** Which subject a wait belongs to, from 0 to `subjects` - 1. Estimates of the same waits are equal where their numbers stand in the same order. */
  readonly subject: Uint32Array;
  readonly subjects: number;
  /** Epoch ms. */
  readonly startedAt: Float64Array;
  /** Epoch ms; NaN while still waiting. */
  readonly endedAt: Float64Array;
  /** The place of its outcome in `outcomes`. */
  readonly outcome: Uint16Array;
  /** Every outcome there is, null for none yet. */
  readonly outcomes: readonly (string | null)[];
  readonly pausedSeconds: Float64Array;
  /** When clocks stood still, by the wait's place; a wait without an entry paused for `pausedSeconds` at times that nobody knows. */
  readonly pauses: ReadonlyMap<number, readonly Pause[]>;
}

/** The same waits by column; subjects are numbered as they come. */
export function waitColumns(waits: readonly ObservableWait[]): WaitColumns {
  const subjects = new Numbering<string>();
  const outcomes = new Numbering<string | null>();
  const pauses = new Map<number, readonly Pause[]>();
  waits.forEach((wait, i) => {
    if (wait.pauses !== undefined && (wait.pauses.length > 0 || wait.pausedSeconds !== 0)) pauses.set(i, wait.pauses);
  });
  return {
    n: waits.length,
    subject: Uint32Array.from(waits, ({ subject }) => subjects.of(subject)),
    startedAt: Float64Array.from(waits, ({ startedAt }) => startedAt),
    endedAt: Float64Array.from(waits, ({ endedAt }) => endedAt ?? NaN),
    outcome: Uint16Array.from(waits, ({ outcome }) => outcomes.of(outcome)),
    pausedSeconds: Float64Array.from(waits, ({ pausedSeconds }) => pausedSeconds),
    pauses,
    subjects: subjects.size,
    outcomes: outcomes.values(),
  };
}

/** Numbers values in the order in which they are first met. */
export class Numbering<T> {
  readonly #numbers = new Map<T, number>();

  of(value: T): number {
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(value, number);
    return number;
  }

  get size(): number {
    return this.#numbers.size;
  }

  /** The values in the order of their numbers. */
  values(): T[] {
    return [...this.#numbers.keys()];
  }
}

/** The waits that wait at some instant of each of adjoining windows, ascending, by their places: so a wait is looked at where it counts and nowhere else. */
export function placesByWindow({ n, startedAt, endedAt }: WaitColumns, windows: readonly { readonly fromAt: number; readonly toAt: number }[]): Uint32Array[] {
  const firstOf = (at: number): number => windows.findIndex(({ toAt }) => toAt > at);
  const counts = new Uint32Array(windows.length);
  const each = (visit: (window: number, place: number) => void): void => {
    for (let i = 0; i < n; i += 1) {
      const first = firstOf(startedAt[i] ?? 0);
      if (first === -1) continue;
      const end = endedAt[i] ?? NaN;
      for (let w = first; w < windows.length && !(end < (windows[w]?.fromAt ?? 0)); w += 1) visit(w, i);
    }
  };
  each((window) => {
    counts[window] = (counts[window] ?? 0) + 1;
  });
  const places = windows.map((_, window) => new Uint32Array(counts[window] ?? 0));
  counts.fill(0);
  each((window, place) => {
    const at = counts[window] ?? 0;
    const list = places[window];
    if (list !== undefined) list[at] = place;
    counts[window] = at + 1;
  });
  return places;
}
