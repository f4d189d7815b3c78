/** Points spent in the last stretch of time, by key. Instants never go back. */
export class SlidingSums {
  readonly #spent = new Map<string, Spending>();
  readonly #windowMs: number;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** The points of `(now - window, now]`. */
  sum(key: string, now: number): number {
    return this.#live(key, now).sum;
  }

  spend(key: string, points: number, now: number): void {
    const live = this.#live(key, now);
    live.items.push({ at: now, points });
    live.sum += points;
  }

  /** Whole seconds, at least 1, until so many points fit under `limit`. */
  secondsUntil(key: string, points: number, limit: number, now: number): number {
    const { items, sum, first } = this.#live(key, now);
    let excess = sum + points - limit;
    for (const spent of items.slice(first)) {
      excess -= spent.points;
      if (excess <= 0) return Math.max(1, Math.ceil((spent.at + this.#windowMs - now) / 1000));
    }
    return Math.ceil(this.#windowMs / 1000);
  }

  #live(key: string, now: number): Spending {
    const spending = this.#spent.get(key) ?? { items: [], first: 0, sum: 0 };
    this.#spent.set(key, spending);
    for (let item = spending.items[spending.first]; item !== undefined && item.at <= now - this.#windowMs; item = spending.items[spending.first]) {
      spending.sum -= item.points;
      spending.first += 1;
    }
    if (spending.first > 5_000) {
      spending.items.splice(0, spending.first);
      spending.first = 0;
    }
    return spending;
  }
}

interface Spending {
  readonly items: { readonly at: number; readonly points: number }[];
  /** Where those begin that count. */
  first: number;
  sum: number;
}
