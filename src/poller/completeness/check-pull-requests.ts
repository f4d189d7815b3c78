import { NarrowsError } from '#src/core/errors.ts';
import { utcWeekOf, WEEK_MS } from '#src/core/utc-week.ts';
import type { CollectedRepository, CollectionProgress } from '#src/domain/collection.ts';
import type { CollectionGap, CompletenessAudit, ExpectedCount, StoredPullRequest } from '#src/domain/completeness.ts';
import type { CollectedInstallation, CollectionTarget } from '../collected-installation.ts';
import { keepListings } from '../keep-listings.ts';
import type { PollerParts } from '../poller-parts.ts';
import { PULL_REQUESTS, type PullRequestHead, type RepositoryHeads } from '../pull-request-lister.ts';

/** What a check works with. */
export interface CheckParts extends Pick<PollerParts, 'inbox' | 'collection' | 'completeness' | 'clock' | 'log'> {
  readonly audit: CompletenessAudit;
}

/** What a check of the totals came to. */
export interface CheckResult {
  /** Repositories whose total GitHub said. */
  readonly repositories: number;
  /** Pull requests that were missing, and how many of them were listed at once. */
  readonly missing: number;
  readonly listed: number;
}

/** Repositories whose totals are asked for in one request. */
const REPOSITORIES_AT_ONCE = 50;

/** Heads of a page, when a difference has to be found. */
const HEADS_AT_ONCE = 100;

/** Missing pull requests that are listed in one request. */
const LISTED_AT_ONCE = 10;

/** What changed so shortly before the last sweep may be new to it, ms. */
const SETTLED_AFTER_MS = 60_000;

/**
 * Holds the number of pull requests that GitHub says a repository has against the facts, one request for fifty
 * repositories. Only where they differ are its pull requests asked for by number, newest update first, until the
 * difference is explained: what is missing is a gap, and is listed at once. Repositories whose backfill is not done
 * are left out: what they lack is before their history.
 */
export async function checkPullRequests(parts: CheckParts, targets: readonly CollectionTarget[], signal: AbortSignal): Promise<CheckResult> {
  const progress = new Map((await parts.collection.progress(PULL_REQUESTS)).map((one) => [one.repositoryId, one]));
  const done = targets.filter(({ repository }) => repository.state === 'active' && progress.get(repository.id)?.isDone === true);
  const result = { repositories: 0, missing: 0, listed: 0 };
  for (const { at, repositories } of askedTogether(done)) {
    const answers = await at.lister.newestHeads(repositories, signal);
    for (const heads of answers) {
      const repository = repositories.find(({ nodeId }) => nodeId === heads.nodeId);
      const reached = progress.get(repository?.id ?? '');
      if (repository === undefined || reached === undefined) continue;
      const missing = await unlessLost(() => checkRepository(parts, at, { repository, progress: reached, heads }, signal));
      if (missing === null) continue;
      result.repositories += 1;
      result.missing += missing.length;
      result.listed += await listMissing(parts, at, repository, missing, signal);
    }
  }
  return result;
}

interface Checked {
  readonly repository: CollectedRepository;
  readonly progress: CollectionProgress;
  readonly heads: RepositoryHeads;
}

/** Resolves to what is missing, once that is written down. */
async function checkRepository(parts: CheckParts, at: CollectedInstallation, { repository, progress, heads }: Checked, signal: AbortSignal): Promise<readonly PullRequestHead[]> {
  const { audit, completeness, clock } = parts;
  const nowAt = clock.now();
  const stored = await audit.pullRequests(repository.id);
  const settledAt = Math.min(progress.sweptUntilAt ?? -Infinity, await audit.foldedUntil(nowAt)) - SETTLED_AFTER_MS;
  const known = new Set(stored.map(({ number }) => number));
  const missing: PullRequestHead[] = [];
  const collectedFromAt = progress.collectedFromAt ?? -Infinity;
  let unexplained = heads.total - known.size;
  for (let page: Omit<RepositoryHeads, 'nodeId'> = heads; ; ) {
    for (const head of page.heads) {
      if (known.has(head.number) || head.updatedAt < collectedFromAt) continue;
      unexplained -= 1;
      if (head.updatedAt <= settledAt) missing.push(head);
    }
    const oldest = page.heads.at(-1);
    if (unexplained <= 0 || page.next === null || oldest === undefined || oldest.updatedAt < collectedFromAt) break;
    page = await at.lister.heads(repository, { after: page.next, size: HEADS_AT_ONCE }, signal);
  }
  const gaps = missing.map(({ number }) => gapOf(repository.id, number, stored, nowAt));
  await completeness.open(gaps);
  const open = await audit.openGaps(repository.id, PULL_REQUESTS);
  const ids = new Set(gaps.map(({ id }) => id));
  await completeness.heal(open.flatMap(({ id }) => (isOfOne(repository.id, id) && !ids.has(id) ? [id] : [])), nowAt);
  await completeness.expect(expectedWeeks(repository.id, progress, stored, gaps, heads.askedAt));
  return missing;
}

async function listMissing(parts: CheckParts, at: CollectedInstallation, repository: CollectedRepository, missing: readonly PullRequestHead[], signal: AbortSignal): Promise<number> {
  if (missing.length === 0) return 0;
  parts.log.warn({ repository: repository.fullName, missing: missing.length }, 'pull requests were missing and are listed now');
  let listed = 0;
  for (let start = 0; start < missing.length; start += LISTED_AT_ONCE) {
    const found = await unlessLost(() => at.lister.byIds(missing.slice(start, start + LISTED_AT_ONCE).map(({ nodeId }) => nodeId), signal));
    await keepListings(parts, repository, found ?? []);
    listed += found?.length ?? 0;
  }
  return listed;
}

/** The gap of one pull request: it was opened between its neighbours by number, which are known. */
function gapOf(repositoryId: string, number: number, stored: readonly StoredPullRequest[], foundAt: number): Omit<CollectionGap, 'healedAt'> {
  const before = stored.findLast((one) => one.number < number);
  const after = stored.find((one) => one.number > number);
  const toAt = after?.createdAt ?? foundAt;
  return {
    id: gapId(repositoryId, number),
    repositoryId,
    kind: PULL_REQUESTS,
    fromAt: Math.min(before?.createdAt ?? toAt - 1, toAt - 1),
    toAt,
    missing: 1,
    expected: null,
    reason: `Pull request #${String(number)} is not stored although GitHub lists it.`,
    foundAt,
  };
}

function gapId(repositoryId: string, number: number): string {
  return `${PULL_REQUESTS}:${repositoryId}#${String(number)}`;
}

function isOfOne(repositoryId: string, id: string): boolean {
  return id.startsWith(`${PULL_REQUESTS}:${repositoryId}#`);
}

/** What GitHub's total says of each week: what is stored and what is missing of it. Weeks before collected history are left out. */
function expectedWeeks(repositoryId: string, { collectedFromAt }: CollectionProgress, stored: readonly StoredPullRequest[], gaps: readonly Pick<CollectionGap, 'fromAt'>[], saidAt: number): ExpectedCount[] {
  const counts = new Map<number, number>();
  for (const at of [...stored.map(({ createdAt }) => createdAt), ...gaps.map(({ fromAt }) => fromAt)]) {
    const fromAt = utcWeekOf(at);
    if (collectedFromAt === null || fromAt >= collectedFromAt) counts.set(fromAt, (counts.get(fromAt) ?? 0) + 1);
  }
  return [...counts].map(([fromAt, count]) => ({ repositoryId, kind: PULL_REQUESTS, week: { fromAt, toAt: fromAt + WEEK_MS }, count, saidAt }));
}

/** Null for a repository that was taken away meanwhile, or an answer that GitHub cannot give: sweeps say so. */
async function unlessLost<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NarrowsError && ['github-forbidden', 'github-not-found', 'github-too-large'].includes(error.code)) return null;
    throw error;
  }
}

/** Repositories that are asked for in one request. */
function askedTogether(targets: readonly CollectionTarget[]): { readonly at: CollectedInstallation; readonly repositories: readonly CollectedRepository[] }[] {
  const found = new Map<CollectedInstallation, CollectedRepository[]>();
  for (const { at, repository } of targets) found.set(at, [...(found.get(at) ?? []), repository]);
  return [...found].flatMap(([at, all]) =>
    Array.from({ length: Math.ceil(all.length / REPOSITORIES_AT_ONCE) }, (_, index) => ({ at, repositories: all.slice(index * REPOSITORIES_AT_ONCE, (index + 1) * REPOSITORIES_AT_ONCE) })),
  );
}
