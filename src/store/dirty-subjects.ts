import { sql } from 'kysely';
import type { PullRequestEvidence } from '#src/domain/timeline/evidence.ts';
import type { Database } from './database.ts';
import type { Handle } from './dialect.ts';
import { insertRows } from './rows.ts';

/** The mark that grows whenever accounts or teams may answer otherwise than before. */
export const TEAMS_MARK = 'teams';

/** A pull request by the key of its row. */
export interface SubjectKey {
  readonly repository_id: string;
  readonly number: number;
}

/** Marks pull requests whose own facts changed. */
export async function markSubjects(database: Pick<Database, 'dialect'>, transaction: Handle, keys: readonly SubjectKey[]): Promise<void> {
  const distinct = new Map(keys.map((key) => [`${key.repository_id} ${String(key.number)}`, { ...key, counter: 1 }]));
  const into = { table: 'dirty_subjects', columns: ['repository_id', 'number', 'counter'], onConflict: { key: ['repository_id', 'number'], then: 'count' } } as const;
  await insertRows(database, transaction, into, [...distinct.values()]);
}

/** Notes which of these pull requests ask a team: changes of teams concern them. */
export async function noteTeamRequests(database: Pick<Database, 'dialect'>, transaction: Handle, keys: readonly SubjectKey[]): Promise<void> {
  const into = { table: 'team_requests', columns: ['repository_id', 'number'], onConflict: { key: ['repository_id', 'number'], then: 'keep' } } as const;
  await insertRows(database, transaction, into, keys);
}

/** Whether evidence holds a request to a team. */
export function asksTeam({ sightings }: PullRequestEvidence): boolean {
  return Object.values(sightings).some(({ detail }) => detail.target?.startsWith('%') === true);
}

/** Marks the pull requests from branches that were pushed to. */
export async function markBranches(database: Pick<Database, 'dialect'>, transaction: Handle, branches: readonly (readonly [repositoryId: string, branch: string])[]): Promise<void> {
  if (branches.length === 0) return;
  const rows = await transaction
    .selectFrom('pull_requests')
    .select(['repository_id', 'number'])
    .where(database.dialect.matches(['head_repository_id', 'head_ref'], branches))
    .execute();
  await markSubjects(database, transaction, rows);
}

/** Marks the pull requests whose branch lies in these repositories: which pushes are theirs may have changed. */
export async function markHeadRepositories(database: Pick<Database, 'dialect'>, transaction: Handle, repositoryIds: readonly string[]): Promise<void> {
  if (repositoryIds.length === 0) return;
  const rows = await transaction
    .selectFrom('pull_requests')
    .select(['repository_id', 'number'])
    .where(database.dialect.isOneOf('head_repository_id', repositoryIds))
    .execute();
  await markSubjects(database, transaction, rows);
}

/** Marks every pull request that asks a team. */
export async function markTeamRequests(transaction: Handle): Promise<void> {
  await sql`insert into dirty_subjects (repository_id, number, counter) select repository_id, number, 1 from team_requests where 1 = 1
    on conflict (repository_id, number) do update set counter = dirty_subjects.counter + 1`.execute(transaction);
}

/** Marks every pull request there is, and every one of which waits are kept. */
export async function markAll(transaction: Handle): Promise<void> {
  await sql`insert into dirty_subjects (repository_id, number, counter)
    select repository_id, number, 1 from pull_requests union select repository_id, number, 1 from pull_request_lives where 1 = 1
    on conflict (repository_id, number) do update set counter = dirty_subjects.counter + 1`.execute(transaction);
}
