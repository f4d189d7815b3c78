/** GitHub counts its secondary limits by the minute, ms. */
const MINUTE_MS = 60_000;

/** Points that are taken: until they are settled they count for ever. */
interface Taken {
  readonly points: number;
  /** When they stop to count, epoch ms; null while the request is on its way. */
  endsAt: number | null;
}

/**
 * The points that were taken in the last minute, counted so that GitHub's own count is never larger, wherever its
 * minutes begin. GitHub counts a request at some instant between its sending and its answer; here it counts from its
 * sending until a minute after its answer, so that every minute GitHub may look at is contained in what is counted.
 */
export class MinutePoints {
  readonly #limit: number;
  /** In the order of settling at the front; those on their way stand where they were taken. */
  #taken: Taken[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The first instant at which so many points may be taken, as far as can be said now; `now` if they may be at once. */
  readyAt(points: number, now: number): number {
    this.#forget(now);
    let excess = this.#taken.reduce((sum, one) => sum + one.points, points) - this.#limit;
    if (excess <= 0) return now;
    for (const { points: freed, endsAt } of this.#ended()) {
      excess -= freed;
      if (excess <= 0) return endsAt;
    }
    return now + MINUTE_MS;
  }

  /** Takes points. The answer settles them at the instant (epoch ms) when the request was over, however it ended. */
  take(points: number): (now: number) => void {
    const one: Taken = { points, endsAt: null };
    this.#taken.push(one);
    return (now) => {
      one.endsAt = now + MINUTE_MS;
    };
  }

  #forget(now: number): void {
    this.#taken = this.#taken.filter(({ endsAt }) => endsAt === null || endsAt > now);
  }

  #ended(): { readonly points: number; readonly endsAt: number }[] {
    return this.#taken.flatMap(({ points, endsAt }) => (endsAt === null ? [] : [{ points, endsAt }])).sort((a, b) => a.endsAt - b.endsAt);
  }
}
