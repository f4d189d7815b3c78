import { NarrowsError } from '#src/core/errors.ts';

/** So many pages in a row must go well before a larger one is tried: many once one was too large, which costs GitHub and us. */
const GOOD_PAGES = 1;
const GOOD_PAGES_AFTER_FAILURE = 20;

/**
 * How many things are asked for at once: fewer after GitHub could not answer in time, more again when it can. One
 * belongs to one kind of question; several repositories may share it.
 */
export class PageSize {
  readonly #largest: number;
  #current: number;
  #good = 0;
  #goodNeeded = GOOD_PAGES;

  /** Begins with `first` [the largest]. */
  constructor(largest: number, first = largest) {
    this.#largest = largest;
    this.#current = first;
  }

  get current(): number {
    return this.#current;
  }

  /** A page of this size went well. */
  succeed(size: number): void {
    if (size < this.#current) return;
    this.#good += 1;
    if (this.#good < this.#goodNeeded || this.#current === this.#largest) return;
    this.#good = 0;
    this.#current = Math.min(this.#largest, this.#current + Math.max(1, Math.floor(this.#current / 2)));
  }

  /** A page of this size was too large: from now on half as many. */
  shrink(size: number): void {
    this.#good = 0;
    this.#goodNeeded = GOOD_PAGES_AFTER_FAILURE;
    this.#current = Math.max(1, Math.min(this.#current, Math.floor(size / 2)));
  }
}

/** Whether GitHub could not answer a question of this size, and may answer a smaller one. */
export function isTooLarge(error: unknown): boolean {
  return error instanceof NarrowsError && error.code === 'github-too-large';
}

/** Asks for a page, and for smaller ones as long as they are too large. Rejects with `github-too-large` when even one thing is. */
export async function askSmaller<T>(size: PageSize, ask: (count: number) => Promise<T>): Promise<T> {
  for (;;) {
    const count = size.current;
    try {
      const answer = await ask(count);
      size.succeed(count);
      return answer;
    } catch (error) {
      if (!isTooLarge(error) || count === 1) throw error;
      size.shrink(count);
    }
  }
}
