import type { Push } from '#src/domain/push.ts';
import type { Database } from './database.ts';
import { PUSH_COLUMNS, pushOf } from './fold-pushes.ts';

/** A branch of a repository. */
export interface Branch {
  readonly repositoryId: string;
  readonly branch: string;
}

/** A branch as a key of what `readPushes` finds. */
export function branchKey({ repositoryId, branch }: Branch): string {
  return `${repositoryId} ${branch}`;
}

/** The known pushes to branches, by `branchKey`, in order of time; those told under a name are its owner's. */
export async function readPushes(facts: Database, branches: readonly Branch[]): Promise<Map<string, Push[]>> {
  const pushes = new Map<string, Push[]>();
  if (branches.length === 0) return pushes;
  const owners = await keysOf(facts, [...new Set(branches.map(({ repositoryId }) => repositoryId))]);
  const asked = branches.flatMap(({ repositoryId, branch }) => (owners.get(repositoryId) ?? [repositoryId]).map((key) => [key, branch]));
  const rows = await facts.handle
    .selectFrom('pushes')
    .select(PUSH_COLUMNS)
    .where(facts.dialect.matches(['repository_id', 'branch'], asked))
    .orderBy('pushed_at')
    .orderBy('repository_id')
    .orderBy('before_sha')
    .orderBy('after_sha')
    .execute();
  const ownerOfKey = new Map([...owners].flatMap(([id, keys]) => keys.map((key) => [key, id] as const)));
  for (const row of rows) {
    const push = pushOf(row, ownerOfKey.get(row.repository_id) ?? row.repository_id);
    const key = branchKey(push);
    const known = pushes.get(key);
    if (known === undefined) pushes.set(key, [push]);
    else known.push(push);
  }
  return pushes;
}

/** The keys under which each repository's facts may have been told: its id, and every name that belongs to it. */
async function keysOf(facts: Database, repositoryIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await facts.handle
    .selectFrom('name_owners')
    .select(['name_key', 'repository_id'])
    .where(facts.dialect.isOneOf('repository_id', repositoryIds))
    .execute();
  const keys = new Map(repositoryIds.map((id) => [id, [id]]));
  for (const row of rows) keys.get(row.repository_id)?.push(`name:${row.name_key}`);
  return keys;
}
