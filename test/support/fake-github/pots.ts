/** GitHub's hourly pots last this long from the first call that is taken of a new one, ms. */
export const POT_MS = 3_600_000;

/** A pot of points that fills up again every hour. */
export class Pot {
  #used = 0;
  #resetAt = 0;
  readonly #limit: (at: number) => number;

  /** The limit may grow with what belongs to the caller, so it is asked for anew. */
  constructor(limit: (at: number) => number) {
    this.#limit = limit;
  }

  /** What is in it at an instant, epoch ms. Half-open: at `resetAt` it is full again. */
  at(now: number): PotState {
    if (now >= this.#resetAt) {
      this.#used = 0;
      this.#resetAt = now - (now % 1000) + POT_MS;
    }
    const limit = this.#limit(now);
    return { limit, used: this.#used, remaining: Math.max(0, limit - this.#used), resetAt: this.#resetAt };
  }

  /** Takes points out; false, and nothing taken, where there are not as many. */
  take(points: number, now: number): boolean {
    if (this.at(now).remaining < points) return false;
    this.#used += points;
    return true;
  }

  /** Puts points back that turned out to be free; none once the pot is a new one. */
  putBack(points: number, takenAt: number): void {
    if (takenAt >= this.#resetAt - POT_MS - 1000) this.#used = Math.max(0, this.#used - points);
  }
}

/** A pot at an instant. */
export interface PotState {
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  /** Epoch ms, on a whole second. */
  readonly resetAt: number;
}
