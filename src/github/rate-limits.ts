import type { Budget } from './github.ts';
import { HourlyPot, type PotReading } from './hourly-pot.ts';
import { MinutePoints } from './minute-points.ts';
import { waitUntil, type WaitingClock } from './waiting-clock.ts';

/** The two faces of GitHub's API; each has its own limits. */
export type Api = 'rest' | 'graphql';

/** What a request takes of the limits. */
export interface Toll {
  readonly api: Api;
  /** GitHub's name of the hourly pot: `core`, `search`, `graphql`. */
  readonly pot: string;
  /** The most that it may take from the pot. */
  readonly cost: number;
  /** Of the minute's points. */
  readonly points: number;
}

/** Says that a request is over: with what its answer told of the pot, or with null where there was no answer. */
export type Settle = (reading: PotReading | null) => void;

/**
 * Points that GitHub allows in a minute. For REST it counts each endpoint by itself; here all of them share what one
 * may have, which is still more than three times what the hourly pot gives.
 */
const POINTS_A_MINUTE: Readonly<Record<Api, number>> = { rest: 900, graphql: 2_000 };

/** The limits of one credential: the hourly pots, the points of the minute, and what GitHub said must be waited for. */
export class RateLimits {
  readonly #clock: WaitingClock;
  readonly #pots = new Map<string, HourlyPot>();
  readonly #minutes: Readonly<Record<Api, MinutePoints>> = { rest: new MinutePoints(POINTS_A_MINUTE.rest), graphql: new MinutePoints(POINTS_A_MINUTE.graphql) };
  #pausedUntil = 0;

  constructor(clock: WaitingClock) {
    this.#clock = clock;
  }

  /** Waits until a request keeps every limit, and takes what it may cost. Aborted, it takes nothing. */
  async admit(toll: Toll, signal: AbortSignal, onWait: (until: number) => void): Promise<Settle> {
    signal.throwIfAborted();
    for (let now = this.#clock.now(); this.#readyAt(toll, now) > now; now = this.#clock.now()) {
      const until = this.#readyAt(toll, now);
      onWait(until);
      await waitUntil(this.#clock, until, signal);
    }
    const settlePot = this.#pot(toll.pot).take(toll.cost);
    const settleMinute = this.#minutes[toll.api].take(toll.points);
    return (reading) => {
      const now = this.#clock.now();
      settleMinute(now);
      const isOwnPot = reading === null || reading.resource === null || reading.resource === toll.pot;
      settlePot(isOwnPot ? reading : null, now);
      if (!isOwnPot) this.#pot(reading.resource).learn(reading);
    };
  }

  /** Nothing is sent before that instant (epoch ms): GitHub said so. */
  pauseUntil(at: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, at);
  }

  /** What the answers so far say of the two main pots. */
  budget(): Budget {
    const now = this.#clock.now();
    return { graphql: this.#pot('graphql').reading(now), rest: this.#pot('core').reading(now) };
  }

  #readyAt({ api, pot, cost, points }: Toll, now: number): number {
    return Math.max(this.#pausedUntil, this.#pot(pot).readyAt(cost, now), this.#minutes[api].readyAt(points, now));
  }

  #pot(name: string): HourlyPot {
    const known = this.#pots.get(name);
    if (known !== undefined) return known;
    const pot = new HourlyPot();
    this.#pots.set(name, pot);
    return pot;
  }
}

/** What an answer's headers say of its pot; null where they say nothing, as a server without limits does. */
export function readPot(headers: Headers): PotReading | null {
  const limit = wholeNumber(headers.get('x-ratelimit-limit'));
  const remaining = wholeNumber(headers.get('x-ratelimit-remaining'));
  const reset = wholeNumber(headers.get('x-ratelimit-reset'));
  if (limit === null || remaining === null || reset === null) return null;
  return { resource: headers.get('x-ratelimit-resource'), limit, remaining, resetsAt: reset * 1000 };
}

/** A header's whole number, null for anything else. */
export function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
