/** One who waits to be let in. */
interface Waiting {
  readonly enter: () => void;
}

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
    await this.#turn(signal);
    try {
      return await task();
    } finally {
      this.#leave();
    }
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(reasonOf(signal));
        return;
      }
      if (this.#inside < this.#places) {
        this.#inside += 1;
        resolve();
        return;
      }
      const giveUp = (): void => {
        this.#waiting.delete(waiting);
        reject(reasonOf(signal));
      };
      const waiting: Waiting = {
        enter: () => {
          signal.removeEventListener('abort', giveUp);
          resolve();
        },
      };
      this.#waiting.add(waiting);
      signal.addEventListener('abort', giveUp, { once: true });
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
    first.enter();
  }
}

/** What a signal was aborted with, as an error. */
function reasonOf(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return reason instanceof Error ? reason : new Error('The work was given up.', { cause: reason });
}
