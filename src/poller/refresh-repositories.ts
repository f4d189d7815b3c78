import type { CollectedRepository, CollectionProgress, Installation } from '#src/domain/collection.ts';
import type { ListedRepository } from '#src/github/queries/repositories.ts';
import { keepWhenNew, type RepeatedListing } from './keep-when-new.ts';
import type { PollerParts } from './poller-parts.ts';
import { PULL_REQUESTS } from './pull-request-lister.ts';
import { mayCollect, whyNot } from './refresh-installations.ts';
import { loseAccess, regainAccess } from './repository-access.ts';

/** The repositories that an installation gives access to, as they were listed. */
export interface InstallationListing {
  readonly installation: Installation;
  /** Null where there was nobody to ask: suspended, removed, or without the permission. */
  readonly repositories: readonly ListedRepository[] | null;
  /** The listings as they go to the inbox, by what each is about. */
  readonly listings: ReadonlyMap<string, RepeatedListing>;
}

/** GitHub refused a repository that it lists all the same: that is tried again after so long, ms. */
const REFUSED_FOR_MS = 6 * 3_600_000;

/**
 * Brings what is remembered of repositories up to date: new ones, names and owners that changed (a repository keeps its
 * id), archived ones, those taken away and those that came back. What is lost opens a gap. Resolves to all of them.
 */
export async function refreshRepositories(parts: PollerParts, listings: readonly InstallationListing[]): Promise<readonly CollectedRepository[]> {
  const { collection } = parts;
  for (const { listings: deliveries } of listings) for (const [about, listing] of deliveries) await keepWhenNew(parts, about, listing);
  const before = new Map((await collection.repositories()).map((repository) => [repository.id, repository]));
  const progress = new Map((await collection.progress(PULL_REQUESTS)).map((one) => [one.repositoryId, one]));
  const after = new Map(before);
  const listed = new Set<string>();
  for (const { installation, repositories } of listings) {
    for (const repository of repositories ?? []) {
      listed.add(repository.databaseId);
      after.set(repository.databaseId, await present(parts, installation, repository, after.get(repository.databaseId)));
    }
  }
  for (const { installation, repositories } of listings) {
    const lost = [...after.values()].filter(({ id, installationId }) => installationId === installation.id && !listed.has(id));
    for (const repository of lost) after.set(repository.id, await absent(parts, installation, repositories !== null, repository, progress.get(repository.id)));
  }
  return [...after.values()];
}

/** A repository that is listed. */
async function present(parts: PollerParts, installation: Installation, listed: ListedRepository, before: CollectedRepository | undefined): Promise<CollectedRepository> {
  const { collection, clock, log } = parts;
  const nowAt = clock.now();
  const state: 'active' | 'archived' = listed.isArchived ? 'archived' : 'active';
  const base = { id: listed.databaseId, nodeId: listed.id, fullName: listed.nameWithOwner, installationId: installation.id };
  if (before === undefined) {
    const found: CollectedRepository = { ...base, state, stateAt: nowAt };
    await collection.putRepositories([found]);
    log.debug({ repository: base.fullName }, 'a repository was found');
    return found;
  }
  if (before.fullName !== base.fullName) log.info({ repository: base.fullName, before: before.fullName }, 'a repository has another name');
  const isRefused = before.state === 'forbidden' && installation.stateAt < before.stateAt && nowAt - before.stateAt < REFUSED_FOR_MS;
  if (before.state === 'gone' || (before.state === 'forbidden' && !isRefused)) return regainAccess(parts, { ...before, ...base }, state);
  const stands = isRefused || before.state === state ? { state: before.state, stateAt: before.stateAt } : { state, stateAt: nowAt };
  const now: CollectedRepository = { ...base, ...stands };
  const isSame = before.nodeId === now.nodeId && before.fullName === now.fullName && before.installationId === now.installationId && before.state === now.state;
  if (!isSame) await collection.putRepositories([now]);
  return now;
}

/** A repository of an installation that nobody lists any more. */
async function absent(parts: PollerParts, installation: Installation, isAnswered: boolean, repository: CollectedRepository, progress: CollectionProgress | undefined): Promise<CollectedRepository> {
  if (repository.state === 'gone') return repository;
  if (isAnswered) return loseAccess(parts, repository, 'gone', 'The repository was deleted, or taken out of the installation: give the App access to it to go on.', progress);
  if (mayCollect(installation)) return repository;
  return loseAccess(parts, repository, installation.state === 'removed' ? 'gone' : 'forbidden', whyNot(installation) ?? '', progress);
}
