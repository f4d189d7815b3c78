import type { PollerParts } from '#src/poller/poller-parts.ts';
import type { PullRequestLister } from '#src/poller/pull-request-lister.ts';

/** A process that can end at any instant: nothing that it begins afterwards happens. */
export interface Mortal {
  readonly parts: PollerParts;
  readonly lister: PullRequestLister;
  /** Whether it has ended. */
  isDead(): boolean;
  /** Steps that it took: questions, and writes on disk. */
  steps(): number;
}

/** Lets a process live for so many steps. The last one may have happened (`isLastDone`) although the process never learns of it. */
export function mortal(parts: PollerParts, lister: PullRequestLister, lifetime: number, isLastDone: boolean, holder: string): Mortal {
  let steps = 0;
  const never = new Promise<never>(() => undefined);
  const step = async <T>(work: () => Promise<T>): Promise<T> => {
    steps += 1;
    if (steps > lifetime) return never;
    if (steps < lifetime) return work();
    if (isLastDone) await work();
    return never;
  };
  const { collection, inbox, leases, completeness } = parts;
  return {
    steps: () => steps,
    isDead: () => steps >= lifetime,
    parts: {
      ...parts,
      holder,
      inbox: { store: (deliveries) => step(() => inbox.store(deliveries)) },
      collection: {
        installations: () => collection.installations(),
        putInstallations: (installations) => step(() => collection.putInstallations(installations)),
        repositories: () => collection.repositories(),
        putRepositories: (repositories) => step(() => collection.putRepositories(repositories)),
        progress: (kind) => collection.progress(kind),
        putProgress: (progress) => step(() => collection.putProgress(progress)),
        putSwept: (kind, repositoryIds, at) => step(() => collection.putSwept(kind, repositoryIds, at)),
        seen: (kind, ids) => collection.seen(kind, ids),
        putSeen: (things) => step(() => collection.putSeen(things)),
        unfinished: (kind, repositoryIds, checkedBeforeAt, limit) => collection.unfinished(kind, repositoryIds, checkedBeforeAt, limit),
      },
      completeness: {
        ...completeness,
        open: (gaps) => step(() => completeness.open(gaps)),
        heal: (ids, at) => step(() => completeness.heal(ids, at)),
      },
      leases: {
        acquire: (name, by, seconds) => step(() => leases.acquire(name, by, seconds)),
        release: (name, by) => step(() => leases.release(name, by)),
      },
    },
    lister: {
      page: (repository, page, signal) => step(() => lister.page(repository, page, signal)),
      byIds: (ids, signal) => step(() => lister.byIds(ids, signal)),
      heads: (repository, page, signal) => step(() => lister.heads(repository, page, signal)),
      newestHeads: (repositories, signal) => step(() => lister.newestHeads(repositories, signal)),
      headsOf: (ids, signal) => step(() => lister.headsOf(ids, signal)),
    },
  };
}

/** Resolves when the process has ended, by itself or by being killed. */
export async function lived(process: Mortal, life: Promise<unknown>): Promise<'ended' | 'killed'> {
  let isOver = false;
  const over = life.finally(() => {
    isOver = true;
  });
  const watch = async (): Promise<'killed'> => {
    while (!process.isDead() && !isOver) await new Promise(setImmediate);
    // What was under way when it died has left the process and still arrives.
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
    return 'killed';
  };
  return Promise.race([over.then(() => 'ended' as const), watch()]);
}
