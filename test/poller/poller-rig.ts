import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { standingClock } from '#src/core/clock.ts';
import type { Log } from '#src/core/log.ts';
import type { CollectedRepository, Installation } from '#src/domain/collection.ts';
import type { CollectionGap, CompletenessWriter } from '#src/domain/completeness.ts';
import type { Store } from '#src/domain/store.ts';
import type { GitHub } from '#src/github/github.ts';
import { collectedInstallation, type CollectedInstallation, type CollectionTarget } from '#src/poller/collected-installation.ts';
import { PageSize } from '#src/poller/page-size.ts';
import type { PollerParts } from '#src/poller/poller-parts.ts';
import type { PullRequestLister } from '#src/poller/pull-request-lister.ts';
import { openStore } from '#src/store/store.ts';

/** When these tests begin. */
export const START = Date.UTC(2026, 5, 1);

/** A store of its own on disk, a clock that stands, and everything the poller said. */
export interface Rig {
  readonly store: Store;
  readonly clock: ReturnType<typeof standingClock>;
  readonly parts: PollerParts;
  /** What was written down as missing, by the gap's id. */
  readonly gaps: Map<string, CollectionGap>;
  /** From when on each repository is collected. */
  readonly history: Map<string, number | null>;
  /** The messages of the log, with their levels. */
  readonly said: string[];
  /** Everything in the inbox, as text. */
  stored(): Promise<string[]>;
  close(): Promise<void>;
}

/** Opens a rig. Who sleeps moves its clock a little: it is everybody's, and leases run out by it. */
export async function openRig(): Promise<Rig> {
  const folder = mkdtempSync(join(tmpdir(), 'narrows-poller-'));
  const clock = standingClock(START);
  const store = await openStore({ dataDir: folder, databaseUrl: null, clock });
  const gaps = new Map<string, CollectionGap>();
  const history = new Map<string, number | null>();
  const said: string[] = [];
  const parts: PollerParts = {
    collection: store.collection,
    inbox: store.inbox,
    completeness: rememberedCompleteness(gaps, history),
    leases: store.leases,
    holder: 'one',
    collects: () => true,
    clock,
    log: heardLog(said),
    sleep: async (ms, signal) => {
      await new Promise(setImmediate);
      signal.throwIfAborted();
      clock.set(clock.now() + Math.min(ms, 250));
    },
    random: () => 0.5,
  };
  return {
    store,
    clock,
    parts,
    gaps,
    history,
    said,
    stored: async () => {
      const pending = await store.writer.pending(100_000);
      return pending.map(({ body }) => Buffer.from(body).toString());
    },
    close: async () => {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function rememberedCompleteness(gaps: Map<string, CollectionGap>, history: Map<string, number | null>): CompletenessWriter {
  return {
    expect: () => Promise.resolve(),
    expectParts: () => Promise.resolve(),
    open(opened) {
      for (const gap of opened) gaps.set(gap.id, { ...gap, healedAt: null });
      return Promise.resolve();
    },
    heal(ids, at) {
      for (const id of ids) {
        const gap = gaps.get(id);
        if (gap !== undefined) gaps.set(id, { ...gap, healedAt: gap.healedAt ?? at });
      }
      return Promise.resolve();
    },
    beginHistory(repositoryId, _kind, at) {
      history.set(repositoryId, at);
      return Promise.resolve();
    },
  };
}

function heardLog(said: string[]): Log {
  const hear = (level: string) => (_fields: object, message: string) => void said.push(`${level} ${message}`);
  const log: Log = { error: hear('error'), warn: hear('warn'), info: hear('info'), debug: hear('debug'), child: () => log };
  return log;
}

/** A repository as the collector knows it. */
export function aRepository(rest: Partial<CollectedRepository> = {}): CollectedRepository {
  const id = rest.id ?? '1';
  return { id, nodeId: `R_${id}`, fullName: `acme/app-${id}`, installationId: '7', state: 'active', stateAt: START, ...rest };
}

/** An installation that is asked through this lister, for 25 listings at once. */
export function anInstallation(lister: PullRequestLister, rest: Partial<Installation> = {}): CollectedInstallation {
  const installation: Installation = { id: '7', account: 'acme', accountType: 'Organization', state: 'active', stateAt: START, permissions: {}, events: [], ...rest };
  return { ...collectedInstallation(installation, NO_GITHUB, lister), listingSize: new PageSize(25) };
}

/** Targets at one installation. */
export function targetsAt(at: CollectedInstallation, repositories: readonly CollectedRepository[]): CollectionTarget[] {
  return repositories.map((repository) => ({ repository, at }));
}

/** Fails when it is asked: the lister stands before it. */
const NO_GITHUB: GitHub = {
  query: () => Promise.reject(new Error('nothing is to be asked here')),
  get: () => Promise.reject(new Error('nothing is to be asked here')),
  budget: () => ({ graphql: null, rest: null }),
};
