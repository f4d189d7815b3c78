import { json, type FakeAnswer, type FakeCall } from './hooks.ts';
import type { LimitViolation, LimitWatch } from './limit-watch.ts';
import { SlidingSums } from './sliding-sums.ts';

/** Calls of one caller that may be under way at one time, both APIs together. */
export const MAX_CONCURRENT = 100;

/** Points a minute at one endpoint of REST, and at `/graphql`. */
export const MINUTE_POINTS = { rest: 900, graphql: 2_000 } as const;

/** Requests a minute and an hour that write something. */
export const CONTENT_REQUESTS = { minute: 80, hour: 500 } as const;

const MINUTE_MS = 60_000;

/** What GitHub answers every call above a secondary limit. */
export const SECONDARY_MESSAGE = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';

/** The limits beside the hourly pots: a gate that every call goes through and leaves again. */
export class SecondaryLimits {
  readonly #underWay = new Map<string, number>();
  readonly #points = new SlidingSums(MINUTE_MS);
  readonly #written = { minute: new SlidingSums(MINUTE_MS), hour: new SlidingSums(60 * MINUTE_MS) };
  readonly #watch: LimitWatch;
  readonly #status: 403 | 429;

  constructor(watch: LimitWatch, status: 403 | 429) {
    this.#watch = watch;
    this.#status = status;
  }

  /** Lets a call in, or says why not. Whoever was let in must leave again. */
  enter(caller: string, call: FakeCall): FakeAnswer | null {
    const underWay = this.#underWay.get(caller) ?? 0;
    if (underWay >= MAX_CONCURRENT) return this.#refuse('concurrent', call, 60);
    const key = `${caller} ${call.api === 'graphql' ? 'graphql' : call.name}`;
    const points = pointsOf(call);
    const most = MINUTE_POINTS[call.api];
    if (this.#points.sum(key, call.at) + points > most) return this.#refuse('minute', call, this.#points.secondsUntil(key, points, most, call.at));
    if (isWriting(call)) {
      for (const [name, sums] of [['minute', this.#written.minute], ['hour', this.#written.hour]] as const) {
        if (sums.sum(caller, call.at) >= CONTENT_REQUESTS[name]) return this.#refuse('content', call, sums.secondsUntil(caller, 1, CONTENT_REQUESTS[name], call.at));
      }
      this.#written.minute.spend(caller, 1, call.at);
      this.#written.hour.spend(caller, 1, call.at);
    }
    this.#points.spend(key, points, call.at);
    this.#underWay.set(caller, underWay + 1);
    this.#watch.mostConcurrent = Math.max(this.#watch.mostConcurrent, underWay + 1);
    this.#watch.mostInMinute[call.api] = Math.max(this.#watch.mostInMinute[call.api], this.#points.sum(key, call.at));
    return null;
  }

  leave(caller: string): void {
    this.#underWay.set(caller, (this.#underWay.get(caller) ?? 1) - 1);
  }

  #refuse(limit: LimitViolation['limit'], call: FakeCall, retryAfterSeconds: number): FakeAnswer {
    this.#watch.violations.push({ limit, call: call.number, name: call.name, at: call.at });
    return secondaryRefusal(retryAfterSeconds, this.#status);
  }
}

/** GitHub's answer to a call above a secondary limit. */
export function secondaryRefusal(retryAfterSeconds: number | null, status: 403 | 429 = 403): FakeAnswer {
  const body = { documentation_url: 'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits', message: SECONDARY_MESSAGE };
  return json(body, status, retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) });
}

/** Reading is 1 point, writing 5; a query is 1 although it is a POST. */
function pointsOf(call: FakeCall): number {
  if (call.api === 'graphql') return call.operation?.kind === 'mutation' ? 5 : 1;
  return ['GET', 'HEAD', 'OPTIONS'].includes(call.method) ? 1 : 5;
}

/** Whether a call makes content that people see; what the App does about itself (tokens, redeliveries) does not. */
function isWriting(call: FakeCall): boolean {
  if (call.api === 'graphql') return call.operation?.kind === 'mutation';
  return pointsOf(call) > 1 && !call.path.startsWith('/app/');
}
