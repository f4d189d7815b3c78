import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '#src/core/log.ts';
import { DEFAULT_POLICY, type Policy } from '#src/config/policy.ts';
import type { Store } from '#src/domain/store.ts';
import { ingestAll } from '#src/ingest/ingest.ts';
import { Recomputer } from '#src/ingest/recompute.ts';
import { openCollector, type OpenCollector } from '#src/poller/open-collector.ts';
import { openStore } from '#src/store/store.ts';
import { startFakeGitHub, type FakeGitHub, type FakeGitHubOptions } from '#test/support/fake-github/fake-github.ts';
import type { World } from '#test/support/fake-github/world.ts';
import { movingClock, type MovingClock } from '#test/support/moving-clock.ts';
import { loadSources } from '#test/support/sources.ts';

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** The key of the fake's App. */
export const APP_KEY = pair.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();

/** An installation that collects from a fake GitHub over HTTP, with a store on disk and a clock that tests move. */
export interface CollectingRig {
  readonly clock: MovingClock;
  readonly fake: FakeGitHub;
  readonly world: World;
  readonly store: Store;
  /** Where the store's files are. */
  readonly dataDir: string;
  /** What was logged at `info` and above, a line each. */
  readonly lines: readonly Record<string, unknown>[];
  /** What collects: of a fresh process each time, over the same store. */
  open(policy?: Policy): OpenCollector;
  /** Everything collected as far as it goes: repositories, what lies back, teams. */
  collectAll(): Promise<void>;
  /** One look at what changed. Resolves to how many pull requests were listed. */
  sweep(): Promise<number>;
  /** Folds what is in the inbox and computes the waits. */
  fold(): Promise<void>;
  close(): Promise<void>;
}

/** How a rig is opened. */
export interface CollectingOptions extends Partial<FakeGitHubOptions> {
  /** Whom GitHub is asked as [the App]. */
  readonly as?: 'app' | 'token';
  readonly policy?: Policy;
}

const TOKEN = 'github_pat_of_the_collecting_rig';

/** A signal that is never aborted. */
export const NEVER = new AbortController().signal;

/** Starts a fake GitHub over a world at an instant (epoch ms), and an empty store before it. */
export async function openCollecting(world: World, at: number, { as = 'app', policy: usual = DEFAULT_POLICY, ...options }: CollectingOptions = {}): Promise<CollectingRig> {
  const folder = mkdtempSync(join(tmpdir(), 'narrows-collecting-'));
  const clock = movingClock(at);
  const store = await openStore({ dataDir: folder, databaseUrl: null, clock });
  const fake = await startFakeGitHub({ world, clock, credentials: { appKey: APP_KEY, personalTokens: [TOKEN] }, ...options });
  const sources = await loadSources();
  const lines: Record<string, unknown>[] = [];
  const log = createLog({ level: 'info', clock, destination: { write: (line) => void lines.push(JSON.parse(line)) } });
  let processes = 0;

  function open(policy: Policy = usual): OpenCollector {
    processes += 1;
    const isApp = as === 'app';
    const github = { githubAppId: isApp ? world.app.id : null, githubPrivateKey: isApp ? APP_KEY : null, githubToken: isApp ? null : TOKEN, githubApiUrl: fake.url };
    const opened = openCollector({ github, policy, store, holder: `process ${String(processes)}`, log, clock, random: () => 0.5 });
    if (opened === null) throw new Error('no credential');
    return opened;
  }
  const first = open();

  return {
    clock,
    fake,
    world,
    store,
    dataDir: folder,
    lines,
    open,
    collectAll: () =>
      clock.runUntil(
        (async () => {
          await first.collector.refresh(NEVER);
          await first.collector.organizations(Infinity, NEVER);
          await first.collector.backfill({ targets: await first.collector.notBackfilled() }, NEVER);
        })(),
      ),
    sweep: () =>
      clock.runUntil(
        (async () => {
          await first.collector.refresh(NEVER);
          await first.collector.backfill({ targets: await first.collector.notBackfilled() }, NEVER);
          return (await first.collector.sweep(NEVER)).listed;
        })(),
      ),
    fold: async () => {
      await ingestAll({ writer: store.writer, sources });
      await new Recomputer({ ...store, policy: usual, viewer: { sees: 'everything' } }).all();
    },
    close: async () => {
      await store.close();
      rmSync(folder, { recursive: true });
      await fake.close();
    },
  };
}
