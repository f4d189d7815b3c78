import { NarrowsError } from '#src/core/errors.ts';
import type { CollectionProgress } from '#src/domain/collection.ts';
import { backfillPage, noProgress } from './backfill-page.ts';
import type { CollectionTarget } from './collected-installation.ts';
import type { PollerParts } from './poller-parts.ts';
import { PULL_REQUESTS } from './pull-request-lister.ts';
import { loseAccess, lostState } from './repository-access.ts';
import { underLease } from './under-lease.ts';

/** What all repositories show before any shows what is older, ms. */
const RECENT_MS = 90 * 86_400_000;

/** Pages that are under way at once, an installation. GitHub wants one question after the other, the hourly limit is used up by that, and a killed process repeats so many. */
const LANES = 1;

/** How long a repository waits that another process collects, or that failed, ms; the latter doubles from the first to the last. */
const HELD_MS = 5_000;
const FIRST_PAUSE_MS = 5_000;
const LAST_PAUSE_MS = 300_000;

/** A repository that fails so often in a row is left for the next time. */
const FAILURES_BORNE = 6;

/** How a backfill is going. */
export interface BackfillStatus {
  readonly repositories: number;
  /** Of them, those of which everything wanted is collected. */
  readonly finished: number;
  /** Those whose number of pull requests is known. */
  readonly begun: number;
  readonly done: number;
  /** Pull requests of the repositories begun. */
  readonly total: number;
  /** Pull requests that this run has collected. */
  readonly collected: number;
}

/** What a backfill is asked for. */
export interface BackfillOptions {
  readonly targets: readonly CollectionTarget[];
  /** How far back, epoch ms; null: to the beginning. Left out: as far as each repository was to go before. */
  readonly sinceAt?: number | null;
  readonly onPage?: (status: BackfillStatus, at: CollectionTarget) => void;
}

/** How a backfill ended. */
export interface BackfillResult extends BackfillStatus {
  /** What could not be collected, in sentences. */
  readonly problems: readonly string[];
}

/** A repository in the queue. */
interface Turn extends CollectionTarget {
  readonly notBeforeAt: number;
  readonly failures: number;
}

/**
 * Collects what lies back: of every repository first what was updated in the last 90 days, then the rest, a page of
 * each in turn. Resumes where it stopped; several processes may work at the same repositories. Rejects with the
 * signal's reason when that is aborted, and with `github-refused` when the credential is no good.
 */
export async function backfill(parts: PollerParts, options: BackfillOptions, signal: AbortSignal): Promise<BackfillResult> {
  const run = new Backfill(parts, options);
  await run.begin();
  const recentAt = parts.clock.now() - RECENT_MS;
  await run.pass(signal, ({ collectedFromAt }) => collectedFromAt !== null && collectedFromAt < recentAt);
  await run.pass(signal, () => false);
  return { ...run.status(), problems: run.problems };
}

class Backfill {
  readonly problems: string[] = [];
  readonly #parts: PollerParts;
  readonly #options: BackfillOptions;
  readonly #progress = new Map<string, CollectionProgress>();
  readonly #given = new Set<string>();
  #collected = 0;

  constructor(parts: PollerParts, options: BackfillOptions) {
    this.#parts = parts;
    this.#options = options;
  }

  async begin(): Promise<void> {
    await this.#readProgress();
    for (const { repository } of this.#options.targets) {
      const known = this.#progress.get(repository.id);
      const asked = askedProgress(known ?? noProgress(repository.id, null), this.#options.sinceAt);
      if (known !== undefined && asked === known) continue;
      await this.#parts.collection.putProgress(asked);
      this.#progress.set(repository.id, asked);
    }
  }

  /** Pages of all repositories in turn, until of each enough is collected. */
  async pass(signal: AbortSignal, isEnough: (progress: CollectionProgress) => boolean): Promise<void> {
    const goesOn = ({ repository }: CollectionTarget): boolean => {
      const progress = this.#progress.get(repository.id);
      return !this.#given.has(repository.id) && progress?.isDone === false && !isEnough(progress);
    };
    const queues = new Map<string, Turn[]>();
    for (const target of this.#options.targets.filter(goesOn)) {
      const { id } = target.at.installation;
      queues.set(id, [...(queues.get(id) ?? []), { ...target, notBeforeAt: 0, failures: 0 }]);
    }
    await together(signal, [...queues.values()].flatMap((queue) => Array.from({ length: LANES }, () => (either: AbortSignal) => this.#lane(queue, goesOn, either))));
  }

  async #lane(queue: Turn[], goesOn: (target: CollectionTarget) => boolean, signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const nowAt = this.#parts.clock.now();
      const index = queue.findIndex(({ notBeforeAt }) => notBeforeAt <= nowAt);
      const [turn] = index === -1 ? [] : queue.splice(index, 1);
      if (turn === undefined) {
        const earliestAt = Math.min(...queue.map(({ notBeforeAt }) => notBeforeAt));
        if (earliestAt === Infinity) return;
        await this.#parts.sleep(earliestAt - nowAt, signal);
        continue;
      }
      const next = await this.#take(turn, signal);
      if (goesOn(next)) queue.push(next);
    }
  }

  /** One page of a repository. Resolves to its next turn. */
  async #take(turn: Turn, signal: AbortSignal): Promise<Turn> {
    const { repository, at } = turn;
    try {
      const isDone = await underLease(this.#parts, `backfill ${repository.id}`, async () => {
        await this.#readProgress(repository.id);
        const before = this.#progress.get(repository.id) ?? noProgress(repository.id, null);
        if (before.isDone) return;
        const after = await backfillPage({ ...this.#parts, lister: at.lister, size: at.listingSize }, repository, before, signal);
        this.#progress.set(repository.id, after);
        this.#collected += after.done - before.done;
        this.#options.onPage?.(this.status(), turn);
      });
      if (isDone) return { ...turn, notBeforeAt: 0, failures: 0 };
      await this.#readProgress(repository.id);
      return { ...turn, notBeforeAt: this.#parts.clock.now() + HELD_MS };
    } catch (error) {
      signal.throwIfAborted();
      return this.#fail(turn, error);
    }
  }

  async #fail(turn: Turn, error: unknown): Promise<Turn> {
    const { clock, log } = this.#parts;
    const { repository } = turn;
    if (!(error instanceof NarrowsError) || error.code === 'github-refused') throw error;
    const state = lostState(error);
    const failures = turn.failures + 1;
    if (state !== null) {
      await loseAccess(this.#parts, repository, state, error.message, this.#progress.get(repository.id));
    }
    if (state !== null || failures >= FAILURES_BORNE) {
      this.#given.add(repository.id);
      this.problems.push(`${repository.fullName}: ${error.message}`);
    } else {
      log.debug({ repository: repository.fullName, err: error, failures }, 'a page could not be collected and is tried again');
    }
    return { ...turn, failures, notBeforeAt: clock.now() + Math.min(LAST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1)) };
  }

  /** Another process may have collected meanwhile. */
  async #readProgress(only?: string): Promise<void> {
    for (const progress of await this.#parts.collection.progress(PULL_REQUESTS)) {
      if (only === undefined || progress.repositoryId === only) this.#progress.set(progress.repositoryId, progress);
    }
  }

  status(): BackfillStatus {
    const all = this.#options.targets.flatMap(({ repository }) => this.#progress.get(repository.id) ?? []);
    const begun = all.filter(({ total }) => total !== null);
    return {
      repositories: all.length,
      finished: all.filter(({ isDone }) => isDone).length,
      begun: begun.length,
      done: begun.reduce((sum, { done }) => sum + done, 0),
      total: begun.reduce((sum, { total }) => sum + (total ?? 0), 0),
      collected: this.#collected,
    };
  }
}

/** Progress towards what is asked now; the same object where nothing changes. */
function askedProgress(progress: CollectionProgress, sinceAt: number | null | undefined): CollectionProgress {
  if (sinceAt === undefined || sinceAt === progress.wantedFromAt) return progress;
  const { total, collectedFromAt, cursor } = progress;
  const isBegun = total !== null;
  const isReached = sinceAt !== null && collectedFromAt !== null && collectedFromAt < sinceAt;
  return { ...progress, wantedFromAt: sinceAt, isDone: isBegun && (cursor === null || isReached) };
}

/** Runs lanes at once. When one fails the others are stopped, and that failure is thrown. */
async function together(signal: AbortSignal, lanes: readonly ((signal: AbortSignal) => Promise<void>)[]): Promise<void> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const run = async (lane: (signal: AbortSignal) => Promise<void>): Promise<void> => {
    try {
      await lane(either);
    } catch (error) {
      failed.abort(error);
      throw error;
    }
  };
  await Promise.allSettled(lanes.map(run));
  either.throwIfAborted();
}
