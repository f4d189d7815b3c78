import { NarrowsError, type ErrorCode } from '#src/core/errors.ts';
import type { Log } from '#src/core/log.ts';
import { pathBelow, type ApiAddress } from './api-address.ts';
import { backoffMs, type Random } from './backoff.ts';
import type { Credential } from './credential.ts';
import { exchange, type Exchanged, type ExchangeLimits, type WireAnswer } from './exchange.ts';
import type { GraphQLBody } from './graphql-body.ts';
import type { PotReading } from './hourly-pot.ts';
import { RateLimits, readPot, type Api, type Toll } from './rate-limits.ts';
import { Turnstile } from './turnstile.ts';
import { judge, type Verdict } from './verdict.ts';
import { waitUntil, type WaitingClock } from './waiting-clock.ts';

/** What one asks of GitHub. */
export interface ApiRequest {
  /** What messages and log lines call it: `/repos/octo/app/pulls`, `the query PullRequests`. */
  readonly subject: string;
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly body: string | null;
  readonly etag: string | null;
  readonly toll: Toll;
}

/** What came of a request in the end. */
export interface ApiAnswer {
  readonly answer: WireAnswer;
  readonly isUnchanged: boolean;
  /** Of GraphQL; null for REST. */
  readonly body: GraphQLBody | null;
  /** When the request that was answered went out, epoch ms. */
  readonly askedAt: number;
}

/** What all channels of a process share. */
export interface ChannelParts {
  readonly address: ApiAddress;
  readonly clock: WaitingClock;
  readonly random: Random;
  readonly log: Log;
  readonly userAgent: string;
  readonly exchangeLimits: ExchangeLimits;
  /** How many requests of each API one credential may have under way. */
  readonly atOnce: Readonly<Record<Api, number>>;
  /** Through which every request of the process goes: GitHub's limit for requests at once. */
  readonly gate: Turnstile;
}

/** The version of REST that the schemas of this client were written against. */
const API_VERSION = '2022-11-28';

/** How often a request is repeated that failed for a passing reason; with the pauses of `backoffMs` half a minute. */
const REPETITIONS = 5;

/** How often a query is repeated that took too long: once, because each time costs extra points. */
const SLOW_REPETITIONS = 1;

/** How often a request waits because GitHub refused it for a limit. With own counting it should never be once. */
const LIMIT_REPETITIONS = 10;

const REDIRECTS = 3;

/** GitHub asks for a minute of silence at least, then for more each time. */
const SILENCE_MS = 60_000;

const LONGEST_SILENCE_MS = 15 * 60_000;

/** Our clock and GitHub's differ a little: so long after the reset it has surely happened, ms. */
const RESET_MARGIN_MS = 2_000;

/** Waits that are longer are told in the log, ms. */
const TOLD_WAIT_MS = 60_000;

/** How often each thing happened to one request. */
interface Tries {
  passing: number;
  slow: number;
  limited: number;
  redirects: number;
  isRenewed: boolean;
}

/** The way to GitHub for one credential: its queues, its limits, and what is done when an answer is none yet. */
export class Channel {
  readonly limits: RateLimits;
  readonly #credential: Credential;
  readonly #parts: ChannelParts;
  readonly #queues: Readonly<Record<Api, Turnstile>>;

  constructor(credential: Credential, parts: ChannelParts) {
    this.#credential = credential;
    this.#parts = parts;
    this.limits = new RateLimits(parts.clock);
    this.#queues = { rest: new Turnstile(parts.atOnce.rest), graphql: new Turnstile(parts.atOnce.graphql) };
  }

  /** Asks until there is an answer, or none is to be had: then it rejects with a `NarrowsError`, or with the signal's reason. */
  send(request: ApiRequest, signal: AbortSignal): Promise<ApiAnswer> {
    return this.#queues[request.toll.api].run(signal, () => this.#ask(request, signal));
  }

  async #ask(request: ApiRequest, signal: AbortSignal): Promise<ApiAnswer> {
    const tries: Tries = { passing: 0, slow: 0, limited: 0, redirects: 0, isRenewed: false };
    for (let url = request.url; ; ) {
      const { exchanged, authorization, askedAt } = await this.#once(request, url, signal);
      const verdict = this.#judged(request, exchanged);
      switch (verdict.kind) {
        case 'answered':
        case 'unchanged':
          if (exchanged.outcome !== 'answer') throw this.#failure('github-failed', request, 'no answer');
          return { answer: exchanged.answer, isUnchanged: verdict.kind === 'unchanged', body: verdict.kind === 'answered' ? verdict.body : null, askedAt };
        case 'moved':
          url = this.#newAddress(request, verdict.location, tries);
          break;
        case 'credential-refused':
          this.#renew(request, authorization, verdict.said, tries);
          break;
        default:
          await this.#wait(request, verdict, tries, signal);
      }
    }
  }

  /** Sends once, when the limits allow it. */
  async #once(request: ApiRequest, url: string, signal: AbortSignal): Promise<{ readonly exchanged: Exchanged; readonly authorization: string; readonly askedAt: number }> {
    const { clock, gate, exchangeLimits, userAgent } = this.#parts;
    const settle = await this.limits.admit(request.toll, signal, (until) => this.#tellWait(request, until));
    let reading: PotReading | null = null;
    try {
      const authorization = await this.#credential.authorization(signal);
      const headers = {
        accept: 'application/vnd.github+json',
        authorization,
        'user-agent': userAgent,
        'x-github-api-version': API_VERSION,
        ...(request.body === null ? {} : { 'content-type': 'application/json' }),
        ...(request.etag === null ? {} : { 'if-none-match': request.etag }),
      };
      return await gate.run(signal, async () => {
        const askedAt = clock.now();
        const exchanged = await exchange({ method: request.method, url, headers, body: request.body }, exchangeLimits, signal);
        if (exchanged.outcome === 'answer') reading = readPot(exchanged.answer.headers);
        return { exchanged: withoutSecret(exchanged, authorization), authorization, askedAt };
      });
    } finally {
      settle(reading);
    }
  }

  #judged({ toll: { api }, subject }: ApiRequest, exchanged: Exchanged): Verdict {
    switch (exchanged.outcome) {
      case 'answer': {
        const verdict = judge(api, exchanged.answer, this.#parts.clock.now());
        this.#parts.log.debug({ subject, status: exchanged.answer.status, verdict: verdict.kind }, 'GitHub answered');
        return verdict;
      }
      case 'timeout': {
        const said = `no whole answer within ${this.#parts.exchangeLimits.timeoutMs / 1000} s`;
        return api === 'graphql' ? { kind: 'slow', said } : { kind: 'passing', said };
      }
      case 'oversized':
        return { kind: 'failed', code: api === 'graphql' ? 'github-too-large' : 'github-failed', said: `the answer has more than ${this.#parts.exchangeLimits.maxBytes} bytes` };
      case 'broken':
        return { kind: 'passing', said: exchanged.reason };
    }
  }

  #newAddress(request: ApiRequest, location: string | null, tries: Tries): string {
    tries.redirects += 1;
    const path = location === null ? null : pathBelow(this.#parts.address, location);
    if (request.method !== 'GET' || path === null) throw this.#failure('github-failed', request, 'it leads to another place than the API, where our credential must not go');
    if (tries.redirects > REDIRECTS) throw this.#failure('github-failed', request, 'it leads from one address to the next without an end');
    return `${this.#parts.address.rest}${path}`;
  }

  #renew(request: ApiRequest, authorization: string, said: string, tries: Tries): void {
    const canBeRenewed = this.#credential.refused(authorization);
    if (tries.isRenewed || !canBeRenewed) throw this.#failure('github-refused', request, said, this.#credential.advice);
    tries.isRenewed = true;
  }

  /** Waits where waiting helps; throws where it does not, or no longer. */
  async #wait(request: ApiRequest, verdict: Exclude<Verdict, { readonly kind: 'answered' | 'unchanged' | 'moved' | 'credential-refused' }>, tries: Tries, signal: AbortSignal): Promise<void> {
    const { clock, random, log } = this.#parts;
    const { subject } = request;
    const now = clock.now();
    switch (verdict.kind) {
      case 'failed':
        throw this.#failure(verdict.code, request, verdict.said);
      case 'slow':
        if (tries.slow >= SLOW_REPETITIONS) throw this.#failure('github-too-large', request, verdict.said);
        return waitUntil(clock, now + backoffMs(tries.slow++, random), signal);
      case 'passing':
        if (tries.passing >= REPETITIONS) throw this.#failure('github-failed', request, verdict.said);
        log.debug({ subject, said: verdict.said }, 'GitHub failed; the request is repeated');
        return waitUntil(clock, now + backoffMs(tries.passing++, random), signal);
      case 'hourly-limit':
      case 'secondary-limit': {
        if (tries.limited >= LIMIT_REPETITIONS) throw this.#failure('github-failed', request, verdict.said);
        const until = verdict.kind === 'hourly-limit' ? afterReset(verdict.resetsAt, now) : now + (verdict.waitMs ?? silenceMs(tries.limited));
        tries.limited += 1;
        log.warn({ subject, limit: verdict.kind, waitSeconds: Math.ceil((until - now) / 1000), said: verdict.said }, 'GitHub refused a request for its limits; it is asked again when GitHub allows it');
        if (verdict.kind === 'secondary-limit') this.limits.pauseUntil(until);
        return waitUntil(clock, until, signal);
      }
    }
  }

  #tellWait({ subject, toll: { pot } }: ApiRequest, until: number): void {
    const wait = until - this.#parts.clock.now();
    if (wait >= TOLD_WAIT_MS) this.#parts.log.info({ subject, pot, waitSeconds: Math.ceil(wait / 1000) }, 'waiting until GitHub allows more requests');
  }

  #failure(code: ErrorCode, request: ApiRequest, said: string, advice = ADVICE[code] ?? ''): NarrowsError {
    return new NarrowsError(code, `${OPENING[code] ?? 'GitHub failed at'} ${request.subject} (${said}).${advice === '' ? '' : ` ${advice}`}`);
  }
}

const OPENING: Readonly<Partial<Record<ErrorCode, string>>> = {
  'github-forbidden': 'GitHub does not let us have',
  'github-not-found': 'GitHub does not have, or does not show us,',
  'github-too-large': 'GitHub cannot answer in one piece',
  'github-failed': 'GitHub failed at',
  'github-refused': 'GitHub refuses our credential for',
};

const ADVICE: Readonly<Partial<Record<ErrorCode, string>>> = {
  'github-forbidden': 'Look at the permissions and repositories that the installation or the token was given.',
  'github-too-large': 'Ask for smaller pages.',
};

/** An answer that does not repeat our credential, so that nothing that is made of it can. */
function withoutSecret(exchanged: Exchanged, authorization: string): Exchanged {
  const secret = authorization.slice(authorization.indexOf(' ') + 1);
  if (exchanged.outcome !== 'answer' || !exchanged.answer.text.includes(secret)) return exchanged;
  return { ...exchanged, answer: { ...exchanged.answer, text: exchanged.answer.text.replaceAll(secret, '[redacted]') } };
}

function afterReset(resetsAt: number | null, now: number): number {
  const at = (resetsAt ?? 0) + RESET_MARGIN_MS;
  return at > now ? at : now + SILENCE_MS;
}

function silenceMs(repetition: number): number {
  return Math.min(LONGEST_SILENCE_MS, SILENCE_MS * 2 ** repetition);
}
