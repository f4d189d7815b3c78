import { sql } from 'kysely';
import type { DirtySubject } from '#src/domain/subject.ts';
import type { PullRequestEvidence } from '#src/domain/timeline/evidence.ts';
import type { Database } from './database.ts';
import type { Handle } from './dialect.ts';
import { raiseMark } from './marks.ts';
import { insertRows } from './rows.ts';

/** The mark that grows whenever accounts or teams may answer otherwise than before. */
export const TEAMS_MARK = 'teams';

/**
 * The mark that numbers what marks subjects: each transaction's marks bear a number that none before it
 * bore. So a mark that was taken away and made again is never mistaken for the first one, and marks made
 * after some were read are those with greater numbers.
 */
const DIRTIED_MARK = 'dirtied';

/** A pull request by the key of its row. */
export interface SubjectKey {
  readonly repository_id: string;
  readonly number: number;
}

/** Marks pull requests whose own facts changed. */
export async function markSubjects(database: Pick<Database, 'dialect'>, transaction: Handle, keys: readonly SubjectKey[]): Promise<void> {
  if (keys.length === 0) return;
  const counter = await raiseMark(transaction, DIRTIED_MARK);
  const distinct = new Map(keys.map(({ repository_id, number }) => [`${repository_id} ${String(number)}`, { repository_id, number, counter }]));
  const into = { table: 'dirty_subjects', columns: ['repository_id', 'number', 'counter'], onConflict: { key: ['repository_id', 'number'], then: 'replace' } } as const;
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
  const counter = await raiseMark(transaction, DIRTIED_MARK);
  await sql`insert into dirty_subjects (repository_id, number, counter) select repository_id, number, cast(${counter} as bigint) from team_requests where 1 = 1
    on conflict (repository_id, number) do update set counter = excluded.counter`.execute(transaction);
}

/** Marks every pull request there is, and every one of which waits are kept. */
export async function markAll(transaction: Handle): Promise<void> {
  const counter = await raiseMark(transaction, DIRTIED_MARK);
  await sql`insert into dirty_subjects (repository_id, number, counter)
    select repository_id, number, cast(${counter} as bigint) from (select repository_id, number from pull_requests union select repository_id, number from pull_request_lives) as subjects where 1 = 1
    on conflict (repository_id, number) do update set counter = excluded.counter`.execute(transaction);
}

/** Takes away the marks of subjects that were not raised since these were read. Resolves to those taken; one that somebody else has taken is not among them. */
export async function takeMarks(database: Pick<Database, 'dialect'>, transaction: Handle, subjects: readonly DirtySubject[]): Promise<SubjectKey[]> {
  const tuples = subjects.map(({ repositoryId, number, counter }) => [repositoryId, number, counter] as const);
  return transaction
    .deleteFrom('dirty_subjects')
    .where(database.dialect.matches(['repository_id', 'number', 'counter'], tuples))
    .returning(['repository_id', 'number'])
    .execute();
}

/**
 * The same for subjects that were read together, whole and in their order: all marks there were from the
 * first key to the last, so that one range names them, at a third of the cost. Marks made since then
 * have greater numbers and stay.
 */
export async function takeMarksBetween(transaction: Handle, subjects: readonly DirtySubject[]): Promise<SubjectKey[]> {
  const [first, last] = [subjects[0], subjects.at(-1)];
  if (first === undefined || last === undefined) return [];
  const newest = subjects.reduce((counter, subject) => Math.max(counter, subject.counter), 0);
  return transaction
    .deleteFrom('dirty_subjects')
    .where(sql<boolean>`(repository_id, number) >= (${first.repositoryId}, ${first.number})`)
    .where(sql<boolean>`(repository_id, number) <= (${last.repositoryId}, ${last.number})`)
    .where('counter', '<=', newest)
    .returning(['repository_id', 'number'])
    .execute();
}
