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

/** Notes that a repository can no longer be collected from, and since when something may be missing of it. */
export async function loseAccess(
  { collection, completeness, clock, log }: Pick<PollerParts, 'collection' | 'completeness' | 'clock' | 'log'>,
  repository: CollectedRepository,
  state: 'forbidden' | 'gone',
  reason: string,
  progress: CollectionProgress | undefined,
): Promise<CollectedRepository> {
  if (repository.state === state) return repository;
  const nowAt = clock.now();
  await completeness.open([
    {
      id: accessGapId(repository.id),
      repositoryId: repository.id,
      kind: PULL_REQUESTS,
      fromAt: progress?.sweptUntilAt ?? nowAt,
      toAt: null,
      missing: null,
      expected: null,
      reason,
      foundAt: nowAt,
    },
  ]);
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
