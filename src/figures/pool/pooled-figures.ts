import type { Clock } from '#src/core/clock.ts';
import type { Stretch } from '#src/core/stretch.ts';
import type { Figures, Metric, MetricEntry } from '#src/domain/figures.ts';
import type { Scope } from '#src/domain/scope.ts';
import { Calendars } from '../calendars.ts';
import { namedMetrics } from '../load-metrics.ts';
import { lastFullWeeks } from '../weeks.ts';
import type { FiguresCall, StoredAnswer } from './figures-call.ts';
import type { ReaderWorkerData } from './reader-worker.ts';
import { ThreadPool, type PoolOptions } from './thread-pool.ts';

/** Threads are started from what was built; run from the sources there are none. */
export const CAN_POOL = import.meta.url.endsWith('.js');

/** What figures from a pool are made of. */
export interface PooledFiguresOptions extends ReaderWorkerData {
  readonly clock: Clock;
  readonly metrics: ReadonlyMap<string, MetricEntry>;
  /** How many threads read at most. */
  readonly readers: number;
}

/** For each reader so many questions may wait: a page asks a handful at once, and who would wait longer is better told so. */
const WAITING_A_READER = 32;

/** As long as the slowest statement is given on PostgreSQL, ms. */
const TIMEOUT_MS = 30_000;

/** A reader costs some thirty megabytes; one that was idle for so long has gone home, ms. */
const IDLE_MS = 180_000;

/** Room for what is young in a thread, MB: a question about a year makes much that is soon gone. */
const YOUNG_GENERATION_MB = 16;

/**
 * Figures made by threads that do nothing else, so that a long question does not hold up the acknowledgement of a
 * delivery. What follows from policy and catalogue alone is answered at once. A question is refused with `too-busy`
 * where too many wait, with `answer-too-slow` after thirty seconds, with `thread-failed` where its thread died; every
 * other error comes as the figures raise it.
 */
export class PooledFigures implements Figures {
  readonly #pool: ThreadPool<FiguresCall>;
  readonly #clock: Clock;
  readonly #metrics: readonly Metric[];
  readonly #calendars: Calendars;

  constructor({ dataDir, databaseUrl, policy, clock, metrics, readers }: PooledFiguresOptions, limits: Partial<Pick<PoolOptions, 'mostWaiting' | 'timeoutMs' | 'idleMs'>> = {}) {
    this.#pool = new ThreadPool({
      program: new URL('./reader-worker.js', import.meta.url),
      workerData: { dataDir, databaseUrl, policy } satisfies ReaderWorkerData,
      threads: readers,
      mostWaiting: WAITING_A_READER * readers,
      timeoutMs: TIMEOUT_MS,
      idleMs: IDLE_MS,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
      ...limits,
    });
    this.#clock = clock;
    this.#metrics = namedMetrics(metrics);
    this.#calendars = new Calendars(policy);
  }

  metrics(): readonly Metric[] {
    return this.#metrics;
  }

  zone(scope: Scope): string {
    return this.#calendars.zoneOf(scope);
  }

  lastWeeks(scope: Scope, weeks: number, at: number): Stretch {
    return lastFullWeeks(weeks, at, this.zone(scope));
  }

  metric(...given: Parameters<Figures['metric']>): ReturnType<Figures['metric']> {
    return this.#ask('metric', given);
  }

  byRepository(...given: Parameters<Figures['byRepository']>): ReturnType<Figures['byRepository']> {
    return this.#ask('byRepository', given);
  }

  flow(...given: Parameters<Figures['flow']>): ReturnType<Figures['flow']> {
    return this.#ask('flow', given);
  }

  waiting(...given: Parameters<Figures['waiting']>): ReturnType<Figures['waiting']> {
    return this.#ask('waiting', given);
  }

  waits(...given: Parameters<Figures['waits']>): ReturnType<Figures['waits']> {
    return this.#ask('waits', given);
  }

  stays(...given: Parameters<Figures['stays']>): ReturnType<Figures['stays']> {
    return this.#ask('stays', given);
  }

  subject(...given: Parameters<Figures['subject']>): ReturnType<Figures['subject']> {
    return this.#ask('subject', given);
  }

  certificate(...given: Parameters<Figures['certificate']>): ReturnType<Figures['certificate']> {
    return this.#ask('certificate', given);
  }

  collecting(...given: Parameters<Figures['collecting']>): ReturnType<Figures['collecting']> {
    return this.#ask('collecting', given);
  }

  scopes(...given: Parameters<Figures['scopes']>): ReturnType<Figures['scopes']> {
    return this.#ask('scopes', given);
  }

  policyMatches(...given: Parameters<Figures['policyMatches']>): ReturnType<Figures['policyMatches']> {
    return this.#ask('policyMatches', given);
  }

  heardAt(...given: Parameters<Figures['heardAt']>): ReturnType<Figures['heardAt']> {
    return this.#ask('heardAt', given);
  }

  /** Ends the threads; what still waits is refused. */
  close(): Promise<void> {
    return this.#pool.close();
  }

  async #ask<K extends StoredAnswer>(method: K, given: Parameters<Figures[K]>): Promise<Awaited<ReturnType<Figures[K]>>> {
    const result = await this.#pool.run({ method, given, askedAt: this.#clock.now() });
    // eslint-disable-next-line no-restricted-syntax -- what crosses threads was typed on the other side
    return result as Awaited<ReturnType<Figures[K]>>;
  }
}
