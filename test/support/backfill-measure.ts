import { createHash } from 'node:crypto';
import { xoshiro128 } from '#src/core/statistics/random.ts';
import { buildWorld } from '#test/support/fake-github/build-world.ts';
import { generatedWorld } from '#test/support/fake-github/generated/generated-world.ts';
import { LimitWatch } from '#test/support/fake-github/limit-watch.ts';
import { recordedPulls } from '#test/support/fake-github/pull-source.ts';
import type { World } from '#test/support/fake-github/world.ts';
import { guiSnapshots } from '#test/support/gui-recording.ts';
import { openCollecting } from './collecting-rig.ts';

/** How large a backfill is measured, and how often its process is killed on the way. */
export interface MeasureOptions {
  readonly repositories: number;
  /** In each. */
  readonly pullRequests: number;
  readonly kills: number;
  readonly seed: number;
  /** Whether pull requests are made up as they are asked for, so that the fake GitHub holds next to nothing of them [false: recorded ones]. */
  readonly isMadeUp?: boolean;
}

/** What a backfill took. */
export interface BackfillMeasure {
  readonly pullRequests: number;
  /** Of GraphQL and of REST, everything included: repositories, teams, tokens. */
  readonly requests: number;
  /** Points of the hourly pot of GraphQL. */
  readonly points: number;
  /** Questions that had been asked before, word for word: what the kills cost. */
  readonly repeated: number;
  /** By GitHub's clock, the limits waited for. */
  readonly githubSeconds: number;
  /** By the machine's, the fake GitHub's own work included. */
  readonly machineSeconds: number;
  /** Calls above a limit. */
  readonly violations: number;
  readonly mostConcurrent: number;
  /** What the heap held after each tenth of the pull requests, bytes; empty where no collection can be asked for (`--expose-gc`). */
  readonly heap: readonly number[];
  /** Pull requests that were put into the inbox. */
  readonly stored: number;
}

const [, , , last] = guiSnapshots();
const TAKEN_AT = Date.parse(last.takenAt);
const YEAR_MS = 365 * 86_400_000;

/** A world of many repositories, each with some pull requests of the recorded one. */
function worldOf({ repositories, pullRequests, seed, isMadeUp = false }: MeasureOptions): World {
  if (isMadeUp) return generatedWorld({ repositories, pullRequests, seed, from: TAKEN_AT - 2 * YEAR_MS, until: TAKEN_AT });
  const lines = (from: number): string[] => Array.from({ length: pullRequests }, (_, index) => last.lines[(from + index) % last.lines.length] ?? '');
  return buildWorld({
    repositories: Array.from({ length: repositories }, (_, index) => ({ fullName: `bitcoin-core/app-${String(index + 1)}`, pulls: recordedPulls(renumbered(lines(index * 37))) })),
  });
}

/** A repository has each number once. */
function renumbered(lines: readonly string[]): readonly string[] {
  return [...new Set(lines)];
}

/** Collects a whole world from a fake GitHub that enforces the documented limits exactly; killed so often, at moments that chance picks. */
export async function measureBackfill(options: MeasureOptions): Promise<BackfillMeasure> {
  const watch = new LimitWatch();
  let alive = new AbortController();
  const asked = new Set<string>();
  let [calls, repeated] = [0, 0];
  /** Every repository takes a page at least, and as much again for what does not fit. */
  const expected = 2 * options.repositories;
  const random = xoshiro128(options.seed);
  const killAt = new Set(Array.from({ length: options.kills }, () => 10 + (random.next() % expected)));
  const rig = await openCollecting(worldOf(options), TAKEN_AT, {
    limits: { watch },
    keptCalls: 1,
    onCall: ({ api, body }) => {
      calls += 1;
      const question = createHash('sha256').update(body).digest('base64');
      if (api === 'graphql' && asked.has(question)) repeated += 1;
      asked.add(question);
      if (killAt.has(calls)) alive.abort(new Error('killed'));
    },
  });
  const heap: number[] = [];
  const weigh = (done: number): void => {
    if (globalThis.gc === undefined || done < ((heap.length + 1) * options.repositories * options.pullRequests) / 10) return;
    globalThis.gc();
    heap.push(process.memoryUsage().heapUsed);
  };
  const [startedAt, machineStartedAt] = [rig.clock.now(), performance.now()];
  for (let life = 0; ; life += 1) {
    alive = new AbortController();
    const { signal } = alive;
    const { collector } = rig.open();
    const work = (async () => {
      await collector.refresh(signal);
      await collector.backfill({ targets: await collector.notBackfilled(), onPage: ({ done }) => weigh(done) }, signal);
    })();
    const isDone = await rig.clock.runUntil(
      work.then(
        () => true,
        (error: unknown) => {
          if (signal.aborted) return false;
          throw error;
        },
      ),
    );
    if (isDone) break;
    rig.clock.advance(60_000);
  }
  const progress = await rig.store.collection.progress('pull_requests');
  const measure: BackfillMeasure = {
    pullRequests: progress.reduce((sum, { total }) => sum + (total ?? 0), 0),
    requests: rig.fake.callCount(),
    points: watch.spent.graphql,
    repeated,
    githubSeconds: Math.round((rig.clock.now() - startedAt) / 1000),
    machineSeconds: Math.round((performance.now() - machineStartedAt) / 1000),
    violations: watch.violations.length,
    mostConcurrent: watch.mostConcurrent,
    heap,
    stored: progress.reduce((sum, { done }) => sum + done, 0),
  };
  await rig.close();
  return measure;
}
