import { NarrowsError } from '#src/core/errors.ts';
import type { CollectedRepository, CollectionProgress } from '#src/domain/collection.ts';
import type { CollectedInstallation } from './collected-installation.ts';
import { listChanged } from './list-changed.ts';
import { askSmaller, PageSize } from './page-size.ts';
import type { PollerParts } from './poller-parts.ts';
import { PULL_REQUEST_LISTING, PULL_REQUESTS, type HeadPage, type PullRequestHead } from './pull-request-lister.ts';
import { accessGapId, loseAccess, lostState } from './repository-access.ts';
import { isToBeListed } from './seen-pull-requests.ts';

/** What was updated before the last sweep is looked at once more for so long: GitHub shows changes late, and clocks differ. */
const OVERLAP_MS = 10 * 60_000;

/** Repositories asked together. */
const REPOSITORIES_AT_ONCE = 100;

/** Heads of one repository asked for at once. */
const HEADS_AT_ONCE = 100;

/** How a sweep ended. */
export interface SweepResult {
  readonly swept: number;
  readonly listed: number;
  /** What could not be swept, in sentences; its mark stays where it was. */
  readonly problems: readonly string[];
}

/** A repository that a backfill has begun, and how far it is known. */
interface Sweepable {
  readonly repository: CollectedRepository;
  readonly progress: CollectionProgress;
  readonly sweptUntilAt: number;
}

/**
 * Lists what was updated in the repositories of an installation since their last sweep, wherever it differs from what
 * was listed last. The mark of a repository moves when everything of it is on disk; one that fails is swept from there
 * the next time. Rejects with the signal's reason, and where the installation as a whole does not answer.
 */
export async function sweep(parts: PollerParts, at: CollectedInstallation, repositories: readonly CollectedRepository[], signal: AbortSignal, sweptBeforeAt = Infinity): Promise<SweepResult> {
  const problems: string[] = [];
  const result = { swept: 0, listed: 0 };
  const size = new PageSize(REPOSITORIES_AT_ONCE);
  for (let left = await sweepable(parts, repositories, sweptBeforeAt); left.length > 0; ) {
    const { asked, answers } = await askSmaller(size, async (count) => {
      const some = left.slice(0, count);
      return { asked: some, answers: await at.lister.newestHeads(some.map(({ repository }) => repository), signal) };
    });
    left = left.slice(asked.length);
    const pages = new Map(answers.map((answer) => [answer.nodeId, answer]));
    for (const one of asked) {
      try {
        result.listed += await sweepRepository(parts, at, one, pages.get(one.repository.nodeId) ?? null, signal);
        result.swept += 1;
      } catch (error) {
        signal.throwIfAborted();
        problems.push(await failed(parts, one, error));
      }
    }
  }
  return { ...result, problems };
}

async function sweepable({ collection }: PollerParts, repositories: readonly CollectedRepository[], sweptBeforeAt: number): Promise<readonly Sweepable[]> {
  const known = new Map((await collection.progress(PULL_REQUESTS)).map((progress) => [progress.repositoryId, progress]));
  return repositories.flatMap((repository) => {
    const progress = known.get(repository.id);
    const sweptUntilAt = progress?.sweptUntilAt ?? null;
    if (progress === undefined || sweptUntilAt === null || sweptUntilAt >= sweptBeforeAt) return [];
    const isStill = repository.state === 'archived' && sweptUntilAt > repository.stateAt + OVERLAP_MS;
    return isStill ? [] : [{ repository, progress, sweptUntilAt }];
  });
}

/** Resolves to how many were listed. `newest` is null where GitHub left the repository out: asked alone it says why. */
async function sweepRepository(parts: PollerParts, at: CollectedInstallation, { repository, sweptUntilAt }: Sweepable, newest: HeadPage | null, signal: AbortSignal): Promise<number> {
  const sinceAt = sweptUntilAt - OVERLAP_MS;
  let page = newest ?? (await at.lister.heads(repository, { after: null, size: HEADS_AT_ONCE }, signal));
  const { askedAt } = page;
  let listed = 0;
  for (;;) {
    const recent = page.heads.filter(({ updatedAt }) => updatedAt >= sinceAt);
    const changed = await differing(parts, recent);
    listed += (await listChanged(parts, at, changed.map(({ nodeId }) => ({ nodeId, repository })), signal)).listed;
    if (page.next === null || recent.length < page.heads.length) break;
    page = await at.lister.heads(repository, { after: page.next, size: HEADS_AT_ONCE }, signal);
  }
  await parts.collection.putSwept(PULL_REQUESTS, [repository.id], askedAt);
  if (repository.stateAt >= sweptUntilAt) await parts.completeness.heal([accessGapId(repository.id)], askedAt);
  return listed;
}

async function differing({ collection }: PollerParts, heads: readonly PullRequestHead[]): Promise<readonly PullRequestHead[]> {
  const seen = new Map((await collection.seen(PULL_REQUEST_LISTING, heads.map(({ nodeId }) => nodeId))).map((thing) => [thing.id, thing]));
  return heads.filter((head) => isToBeListed(seen.get(head.nodeId), head));
}

async function failed(parts: PollerParts, { repository, progress }: Sweepable, error: unknown): Promise<string> {
  if (!(error instanceof NarrowsError) || error.code === 'github-refused') throw error;
  const state = lostState(error);
  if (state !== null) await loseAccess(parts, repository, state, error.message, progress);
  return `${repository.fullName}: ${error.message}`;
}
