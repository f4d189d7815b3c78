import { NarrowsError } from '#src/core/errors.ts';
import type { GitHubApp } from '#src/github/github.ts';
import type { Collector } from './collector.ts';
import type { CompletenessTasks } from './completeness/completeness-tasks.ts';
import type { PollerParts } from './poller-parts.ts';
import { repeatTasks, type RepeatedTask, type RunningTasks } from './repeated-tasks.ts';

const MINUTE_MS = 60_000;

/** How often installations and repositories are looked at, ms. */
const REFRESHED_EVERY_MS = 15 * MINUTE_MS;

/** How often updates are asked for, ms. */
const SWEPT_EVERY_MS = 5 * MINUTE_MS;

/** How often teams are listed, ms. */
const TEAMS_EVERY_MS = 60 * MINUTE_MS;

/** That nothing is wrong is said so often, ms. */
const SAID_EVERY_MS = 1_440 * MINUTE_MS;

/** What the loop runs with. */
export interface CollectingLoopOptions {
  readonly parts: PollerParts;
  readonly collector: Collector;
  readonly completeness: CompletenessTasks;
  /** Null where a token stands for the App. */
  readonly app: GitHubApp | null;
}

/**
 * Collects from now on: first what lies back, then what changes, and all the while what keeps the certificate of what
 * is missing. Everything it does can be ended at any instant.
 */
export function startCollectingLoop({ parts, collector, completeness, app }: CollectingLoopOptions): RunningTasks {
  const { clock, log } = parts;
  const sums = { listed: 0, saidAt: clock.now() };
  const firstLook = new FirstLook();
  /** What the last backfill was to collect: one that is tried again is not said again. */
  let begun = '';

  const sayDaily = async (): Promise<void> => {
    if (clock.now() - sums.saidAt < SAID_EVERY_MS) return;
    log.info({ repositories: (await collector.targets()).length, listed: sums.listed }, 'collecting goes on');
    Object.assign(sums, { listed: 0, saidAt: clock.now() });
  };
  /** What another process has seen is known here too. */
  const whereSeen = (run: RepeatedTask['run']): RepeatedTask['run'] => async (signal) => {
    if ((await collector.targets()).length > 0) await run(signal);
  };

  const tasks: RepeatedTask[] = [
    {
      name: 'repositories',
      everyMs: REFRESHED_EVERY_MS,
      isAlone: true,
      run: async (signal) => {
        await collector.refresh(signal);
        firstLook.end();
      },
    },
    {
      name: 'backfill',
      everyMs: MINUTE_MS,
      isAlone: false,
      run: async (signal) => {
        if ((await collector.targets()).length === 0) await firstLook.done(signal);
        const targets = await collector.notBackfilled();
        if (targets.length === 0) return;
        const ids = targets.map(({ repository }) => repository.id).join(' ');
        if (ids !== begun) log.info({ repositories: targets.length }, 'a backfill begins');
        begun = ids;
        const { collected, problems } = await collector.backfill({ targets }, signal);
        failUnlessAll(problems, 'collected');
        log.info({ collected }, 'a backfill is done');
      },
    },
    {
      name: 'sweep',
      everyMs: SWEPT_EVERY_MS,
      isAlone: true,
      run: whereSeen(async (signal) => {
        const { listed, problems } = await collector.sweep(signal, clock.now() - SWEPT_EVERY_MS / 2);
        sums.listed += listed;
        await sayDaily();
        failUnlessAll(problems, 'swept');
      }),
    },
    {
      name: 'teams',
      everyMs: 10 * MINUTE_MS,
      isAlone: true,
      run: whereSeen(async (signal) => {
        await collector.organizations(clock.now() - TEAMS_EVERY_MS, signal);
      }),
    },
    { name: 'deliveries-log', everyMs: MINUTE_MS, isAlone: false, run: (signal) => completeness.heal(app, signal) },
    {
      name: 'completeness',
      everyMs: MINUTE_MS,
      isAlone: false,
      run: whereSeen(async (signal) => completeness.certify(await collector.targets(), signal)),
    },
  ];
  return repeatTasks(parts, tasks);
}

/** What some repositories failed at is a failure of the task: said once, and not at every try. The others are done all the same. */
function failUnlessAll(problems: readonly string[], what: 'collected' | 'swept'): void {
  const [first] = problems;
  if (first === undefined) return;
  const rest = problems.length === 1 ? '' : ` The same holds for ${String(problems.length - 1)} more.`;
  throw new NarrowsError('github-failed', `Not every repository could be ${what}; the next run goes on from where it is. ${first}${rest}`);
}

/** The first look at what there is: a backfill begins when it is done. */
class FirstLook {
  readonly #ended = new AbortController();

  end(): void {
    this.#ended.abort();
  }

  /** Resolves at its end; rejects with the signal's reason when that is aborted before. */
  async done(signal: AbortSignal): Promise<void> {
    const either = AbortSignal.any([signal, this.#ended.signal]);
    if (!either.aborted) await new Promise((resolve) => { either.addEventListener('abort', resolve, { once: true }); });
    signal.throwIfAborted();
  }
}
