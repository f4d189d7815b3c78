import { NarrowsError } from '#src/core/errors.ts';
import type { CollectedRepository, CollectedState, CollectionProgress } from '#src/domain/collection.ts';
import type { PollerParts } from './poller-parts.ts';
import { PULL_REQUESTS } from './pull-request-lister.ts';

/** The gap of a repository that is not collected from at present. */
export function accessGapId(repositoryId: string): string {
  return `access:${repositoryId}`;
}

/** What an error says of the access to a repository; null where it says nothing of it. */
export function lostState(error: unknown): 'forbidden' | 'gone' | null {
  if (!(error instanceof NarrowsError)) return null;
  if (error.code === 'github-forbidden') return 'forbidden';
  return error.code === 'github-not-found' ? 'gone' : null;
}

/**
 * Notes that a repository can no longer be collected from, and since when something may be missing of it: nothing where
 * the policy leaves it out, or it went before anything was collected.
 */
export async function loseAccess(
  { collection, completeness, collects, clock, log }: Pick<PollerParts, 'collection' | 'completeness' | 'collects' | 'clock' | 'log'>,
  repository: CollectedRepository,
  state: 'forbidden' | 'gone',
  reason: string,
  progress: CollectionProgress | undefined,
): Promise<CollectedRepository> {
  if (repository.state === state) return repository;
  const nowAt = clock.now();
  const knownUntilAt = progress?.sweptUntilAt ?? null;
  const about = { id: accessGapId(repository.id), repositoryId: repository.id, kind: PULL_REQUESTS, missing: null, expected: null, reason } as const;
  const isMissed = collects(repository.fullName) && (knownUntilAt !== null || state === 'forbidden');
  if (isMissed) await completeness.open([{ ...about, fromAt: knownUntilAt ?? nowAt, toAt: null, foundAt: nowAt }]);
  const lost = { ...repository, state, stateAt: nowAt };
  await collection.putRepositories([lost]);
  log.warn({ repository: repository.fullName, state, reason }, 'a repository can no longer be collected from');
  return lost;
}

/** Notes that a repository can be collected from again. Its gap is closed by the sweep that catches up. */
export async function regainAccess(
  { collection, clock, log }: Pick<PollerParts, 'collection' | 'clock' | 'log'>,
  repository: CollectedRepository,
  state: CollectedState & ('active' | 'archived'),
): Promise<CollectedRepository> {
  const back = { ...repository, state, stateAt: clock.now() };
  await collection.putRepositories([back]);
  log.info({ repository: repository.fullName }, 'a repository can be collected from again');
  return back;
}
