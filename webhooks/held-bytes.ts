/**
 * How many bytes of bodies are in memory, of how many that may be. Whoever sends them need not have signed them yet,
 * so without a limit a few dozen connections could fill the memory.
 */
export class HeldBytes {
  readonly #limit: number;
  #held = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes room for so many bytes; false, and nothing taken, when there is none left. */
  take(count: number): boolean {
    if (this.#held + count > this.#limit) return false;
    this.#held += count;
    return true;
  }

  /** Gives back what was taken. */
  release(count: number): void {
    this.#held -= count;
  }
}
