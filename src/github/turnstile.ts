import { setMaxListeners } from 'node:events';

/** One who waits: told whether it may enter or has given up. */
type Waiting = (isInside: boolean) => void;

/** Lets so many in at a time; the others wait in the order in which they came. */
export class Turnstile {
  readonly #places: number;
  /** A set keeps the order of arrival and forgets one in the middle at once. */
  readonly #waiting = new Set<Waiting>();
  #inside = 0;

  constructor(places: number) {
    this.#places = places;
  }

  /** Does a task when its turn has come. Aborted while it waits, it never begins and rejects with the signal's reason. */
  async run<T>(signal: AbortSignal, task: () => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    if (!(await this.#turn(signal))) signal.throwIfAborted();
    try {
      return await task();
    } finally {
      this.#leave();
    }
  }

  /** Whether it was let in; false when it gave up. A thousand may wait under one signal, which is no leak of listeners. */
  async #turn(signal: AbortSignal): Promise<boolean> {
    if (this.#inside < this.#places) {
      this.#inside += 1;
      return true;
    }
    return new Promise((resolve) => {
      const waiting: Waiting = (isInside) => {
        signal.removeEventListener('abort', giveUp);
        resolve(isInside);
      };
      const giveUp = (): void => {
        this.#waiting.delete(waiting);
        waiting(false);
      };
      this.#waiting.add(waiting);
      setMaxListeners(0, signal);
      signal.addEventListener('abort', giveUp);
    });
  }

  /** The place goes straight to the first who waits, so that nobody who comes later can take it. */
  #leave(): void {
    const [first] = this.#waiting;
    if (first === undefined) {
      this.#inside -= 1;
      return;
    }
    this.#waiting.delete(first);
    first(true);
  }
}
