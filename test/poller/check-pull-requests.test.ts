import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { NarrowsError } from '#src/core/errors.ts';
import { createLog } from '#src/core/log.ts';
import type { CollectedRepository } from '#src/domain/collection.ts';
import type { CollectionGap, CompletenessRow } from '#src/domain/completeness.ts';
import type { Store } from '#src/domain/store.ts';
import type { GitHub } from '#src/github/github.ts';
import { collectedInstallation } from '#src/poller/collected-installation.ts';
import { checkPullRequests, type CheckParts, type CheckResult } from '#src/poller/completeness/check-pull-requests.ts';
import type { ListedPullRequest, PullRequestHead, PullRequestLister } from '#src/poller/pull-request-lister.ts';
import { openStore } from '#src/store/store.ts';
import { aDelivery, aFold, aPullRequestChange, byId, clock, EVERYONE, NOW, someEvidence } from '../store/builders.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Monday 17 November 2025, the week of `NOW`. */
const MONDAY = Date.UTC(2025, 10, 17);

const WINDOW = { fromAt: MONDAY - 21 * DAY, toAt: MONDAY + 7 * DAY };

const REPOSITORY: CollectedRepository = { id: '7', nodeId: 'R_7', fullName: 'acme/widgets', installationId: '1', state: 'active', stateAt: NOW };

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A repository on GitHub whose pull request n was opened n hours after Monday, and updated as long after that. */
class Listed implements PullRequestLister {
  readonly calls: string[] = [];
  readonly numbers: number[];
  constructor(numbers: readonly number[]) {
    this.numbers = [...numbers];
  }

  newestHeads(repositories: readonly CollectedRepository[]): ReturnType<PullRequestLister['newestHeads']> {
    this.calls.push('newest');
    return Promise.resolve(repositories.map(({ nodeId }) => ({ nodeId, ...this.#page(null, 2) })));
  }

  heads(_repository: CollectedRepository, { after, size }: { readonly after: string | null; readonly size: number }): ReturnType<PullRequestLister['heads']> {
    this.calls.push(`heads ${after ?? ''}`);
    return Promise.resolve(this.#page(after, Math.min(size, 3)));
  }

  byIds(nodeIds: readonly string[]): Promise<readonly ListedPullRequest[]> {
    this.calls.push(`list ${nodeIds.join(' ')}`);
    return Promise.resolve(
      nodeIds.map((nodeId) => {
        const head = headOf(Number(nodeId.slice(3)));
        return { ...head, takenAt: NOW, isComplete: true, parts: null, delivery: aDelivery(`listing-${head.number}`, { channel: 'api', event: 'pull_request_listing', takenAt: NOW }) };
      }),
    );
  }

  page(): never {
    throw new Error('a check pages no listings');
  }

  headsOf(): never {
    throw new Error('a check asks for no heads by id');
  }

  #page(after: string | null, size: number) {
    const newest = this.numbers.toSorted((a, b) => b - a).map(headOf);
    const start = after === null ? 0 : newest.findIndex(({ number }) => String(number) === after) + 1;
    const heads = newest.slice(start, start + size);
    const last = heads.at(-1);
    return { heads, next: last === undefined || last.number === newest.at(-1)?.number ? null : String(last.number), total: newest.length, askedAt: NOW };
  }
}

function headOf(number: number): PullRequestHead {
  return { nodeId: `PR_${number}`, number, updatedAt: openedAt(number), isOpen: true };
}

function openedAt(number: number): number {
  return MONDAY + number * HOUR;
}

interface Site {
  readonly store: Store;
  readonly check: (lister: PullRequestLister) => Promise<CheckResult>;
}

async function aSite(stored: readonly number[], { isDone = true, collectedFromAt = null }: { readonly isDone?: boolean; readonly collectedFromAt?: number | null } = {}): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'narrows-check-'));
  const store = await openStore({ dataDir: folder, databaseUrl: null, clock });
  ends.push(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  await fold(store, stored);
  await store.collection.putProgress({ repositoryId: '7', kind: 'pull_requests', cursor: null, done: 0, total: 0, collectedFromAt, wantedFromAt: collectedFromAt, isDone, sweptUntilAt: NOW });
  const parts: CheckParts = { inbox: store.inbox, collection: store.collection, completeness: store.completenessWriter, audit: store.completenessAudit, clock, log: createLog({ level: 'silent' }) };
  const installation = { id: '1', account: 'acme', accountType: 'Organization', state: 'active', stateAt: NOW, permissions: {}, events: [] } as const;
  const github: GitHub = { query: () => Promise.reject(new Error('not asked')), get: () => Promise.reject(new Error('not asked')), budget: () => ({ graphql: null, rest: null }) };
  return { store, check: (lister) => checkPullRequests(parts, [{ repository: REPOSITORY, at: collectedInstallation(installation, github, lister) }], new AbortController().signal) };
}

async function fold(store: Store, numbers: readonly number[]): Promise<void> {
  const changes = numbers.map((number) => aPullRequestChange(byId('7', 'acme/widgets'), number, someEvidence({ created_at: openedAt(number) })));
  await store.writer.fold(aFold({ repositories: [{ ...byId('7', 'acme/widgets'), seenAt: NOW, deletedAt: null }], pullRequests: changes }, await store.writer.pending(99)));
}

async function openGaps({ store }: Site): Promise<CollectionGap[]> {
  return (await store.completeness.everyGap(EVERYONE, WINDOW)).filter(({ healedAt }) => healedAt === null);
}

async function rows({ store }: Site): Promise<Pick<CompletenessRow, 'expected' | 'stored' | 'healed' | 'openGaps'>[]> {
  return (await store.completeness.rows(EVERYONE, WINDOW)).map(({ expected, stored, healed, openGaps: open }) => ({ expected, stored, healed, openGaps: open }));
}

describe('the number of pull requests that GitHub lists', () => {
  test('is one request where nothing is missing, and says that of every week', async () => {
    const site = await aSite([1, 2, 3]);
    const lister = new Listed([1, 2, 3]);

    expect(await site.check(lister)).toEqual({ repositories: 1, missing: 0, listed: 0 });

    expect(lister.calls).toEqual(['newest']);
    expect(await rows(site)).toEqual([{ expected: 3, stored: 3, healed: 0, openGaps: 0 }]);
    expect(await openGaps(site)).toEqual([]);
  });

  test('finds what is missing, opened between its neighbours, lists it at once, and is content when it is a fact', async () => {
    const site = await aSite([1, 2, 4, 5, 6, 8]);
    const lister = new Listed([1, 2, 3, 4, 5, 6, 7, 8]);

    expect(await site.check(lister)).toEqual({ repositories: 1, missing: 2, listed: 2 });
    const found = await openGaps(site);
    const before = await rows(site);
    await fold(site.store, [3, 7]);
    await site.check(lister);

    expect(lister.calls.filter((call) => call.startsWith('list'))).toEqual(['list PR_7 PR_3']);
    expect(found.map(({ id, fromAt, toAt, missing }) => [id, fromAt, toAt, missing])).toEqual([
      ['pull_requests:7#7', openedAt(6), openedAt(8), 1],
      ['pull_requests:7#3', openedAt(2), openedAt(4), 1],
    ]);
    expect(before).toEqual([{ expected: 8, stored: 6, healed: 0, openGaps: 2 }]);
    expect(await openGaps(site)).toEqual([]);
    expect(await rows(site)).toEqual([{ expected: 8, stored: 8, healed: 2, openGaps: 0 }]);
    expect((await site.store.inbox.byGuid(['listing-3', 'listing-7'])).map(({ event }) => event)).toEqual(['pull_request_listing', 'pull_request_listing']);
  });

  test('stops asking as soon as the difference is explained', async () => {
    const all = Array.from({ length: 60 }, (_, index) => index + 1);
    const site = await aSite(all.filter((number) => number !== 58));
    const lister = new Listed(all);

    await site.check(lister);

    expect(lister.calls).toEqual(['newest', 'heads 59', 'list PR_58']);
  });

  test('lacks nothing that a sweep may not have seen yet', async () => {
    const site = await aSite([1]);
    const number = (NOW - MONDAY) / HOUR;

    expect(await site.check(new Listed([1, number]))).toEqual({ repositories: 1, missing: 0, listed: 0 });
    expect(await openGaps(site)).toEqual([]);
  });

  test('lacks nothing that lies before collected history', async () => {
    const site = await aSite([5, 6, 8], { collectedFromAt: openedAt(5) });
    const lister = new Listed([1, 2, 3, 4, 5, 6, 7, 8]);

    await site.check(lister);

    expect((await openGaps(site)).map(({ id }) => id)).toEqual(['pull_requests:7#7']);
    expect(lister.calls).toEqual(['newest', 'heads 7', 'list PR_7']);
  });

  test('is not asked for while the backfill is under way', async () => {
    const site = await aSite([1], { isDone: false });
    const lister = new Listed([1, 2, 3]);

    expect(await site.check(lister)).toEqual({ repositories: 0, missing: 0, listed: 0 });
    expect(lister.calls).toEqual([]);
  });

  test('of a repository that was taken away meanwhile is left to the sweeps', async () => {
    const site = await aSite([1]);
    const lister = new Listed([1, 2, 3, 4]);
    lister.heads = () => Promise.reject(new NarrowsError('github-forbidden', 'You may not.'));

    expect(await site.check(lister)).toEqual({ repositories: 0, missing: 0, listed: 0 });
    expect(await openGaps(site)).toEqual([]);
  });
});
