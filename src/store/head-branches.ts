import type { Push } from '#src/domain/push.ts';
import { branchKey, type Branch } from './read-pushes.ts';

/** The columns that name a pull request's head branch; null where nothing has told it, or the repository is gone. */
interface HeadColumns {
  readonly head_repository_id: string | null;
  readonly head_ref: string | null;
}

/** The head branches of pull requests. */
export function branchesOf(rows: readonly HeadColumns[]): Branch[] {
  return rows.map(branchOf).filter((branch) => branch !== null);
}

/** The pushes to a pull request's head branch, of those that `readPushes` found. */
export function pushesTo(row: HeadColumns, pushes: ReadonlyMap<string, readonly Push[]>): readonly Push[] {
  const branch = branchOf(row);
  return branch === null ? [] : (pushes.get(branchKey(branch)) ?? []);
}

function branchOf({ head_repository_id: repositoryId, head_ref: branch }: HeadColumns): Branch | null {
  return repositoryId === null || branch === null ? null : { repositoryId, branch };
}
