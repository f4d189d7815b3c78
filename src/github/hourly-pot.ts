import type { BudgetPart } from './github.ts';

/** Our clock and GitHub's differ a little: so long after the reset of a limit it has surely happened, ms. */
const RESET_MARGIN_MS = 2_000;

/** What an answer's headers say about the pot that it was taken from. */
export interface PotReading {
  /** GitHub's name of the pot: `core`, `graphql`, `search`; null where the answer does not say. */
  readonly resource: string | null;
  readonly limit: number;
  readonly remaining: number;
  /** Epoch ms. */
  readonly resetsAt: number;
}

/**
 * One pot of GitHub's hourly limit, as the answers tell it. What is on its way is taken off in advance, so that many
 * requests at once cannot empty it unnoticed. Answers may come in another order than they were given: within an hour
 * the smallest rest is the truth.
 */
export class HourlyPot {
  #known: BudgetPart | null = null;
  #onTheirWay = 0;

  /** What is left by what is known at `now`; null while no answer has told it. After the reset it is full again. */
  reading(now: number): BudgetPart | null {
    if (this.#known === null) return null;
    const { limit, remaining, resetsAt } = this.#known;
    const rest = now >= resetsAt + RESET_MARGIN_MS ? limit : remaining;
    return { limit, remaining: Math.max(0, rest - this.#onTheirWay), resetsAt };
  }

  /** The first instant at which a request that may cost so much can be sent; `now` if at once. */
  readyAt(cost: number, now: number): number {
    const reading = this.reading(now);
    if (reading === null || this.#known === null || reading.remaining >= Math.min(cost, reading.limit)) return now;
    const resetAt = this.#known.resetsAt + RESET_MARGIN_MS;
    return resetAt > now ? resetAt : now + RESET_MARGIN_MS;
  }

  /** Takes off what a request may cost. The answer gives it back, with what the request's answer said of the pot. */
  take(cost: number): (reading: PotReading | null, now: number) => void {
    this.#onTheirWay += cost;
    return (reading, now) => {
      this.#onTheirWay -= cost;
      if (reading === null) this.#spend(cost, now);
      else this.learn(reading);
    };
  }

  /** Takes in what an answer said. */
  learn({ limit, remaining, resetsAt }: PotReading): void {
    const known = this.#known;
    if (known !== null && known.resetsAt > resetsAt) return;
    const rest = known?.resetsAt === resetsAt ? Math.min(known.remaining, remaining) : remaining;
    this.#known = { limit, remaining: rest, resetsAt };
  }

  /** A request without an answer may have been counted all the same. */
  #spend(cost: number, now: number): void {
    const known = this.#known;
    if (known === null || now >= known.resetsAt) return;
    this.#known = { ...known, remaining: Math.max(0, known.remaining - cost) };
  }
}
