import type { AccountDirectory } from '#src/domain/account.ts';
import type { Push } from '#src/domain/push.ts';
import type { DirtyPullRequest } from '#src/domain/subject.ts';
import type { PullRequest } from '#src/domain/timeline/event.ts';
import { resolveSightings } from '#src/domain/timeline/resolve.ts';
import type { Database } from './database.ts';
import { decodeSightingList } from './evidence-codec.ts';
import { branchesOf, pushesTo } from './head-branches.ts';
import { readPushes } from './read-pushes.ts';
import type { DirtySubjectTable, PullRequestLifeTable, PullRequestTable } from './schema.ts';

/** A mark with the row it marks and what is kept of it, in one row: each part is missing where there is none. */
type DirtyRow = DirtySubjectTable &
  Nullable<Pick<PullRequestTable, 'attributes' | 'timeline' | 'head_repository_id' | 'head_ref'>> &
  Nullable<Pick<PullRequestLifeTable, 'policy_digest' | 'digest'>>;

type Nullable<T> = { readonly [Name in keyof T]: T[Name] | null };

/** The first marked subjects by key, each with its facts still encoded: decoding waits until one is computed. */
export async function readDirtySubjects(facts: Database, limit: number, accounts: () => Promise<AccountDirectory>): Promise<DirtyPullRequest[]> {
  const rows = await readRows(facts, limit);
  if (rows.length === 0) return [];
  const directory = await accounts();
  const pushes = await readPushes(facts, branchesOf(rows));
  return rows.map((row) => ({
    subject: { repositoryId: row.repository_id, number: row.number, counter: row.counter, kept: keptOf(row) },
    pullRequest: () => pullRequestOf(row, directory, pushesTo(row, pushes)),
  }));
}

function readRows({ handle }: Database, limit: number): Promise<DirtyRow[]> {
  return handle
    .selectFrom((from) => from.selectFrom('dirty_subjects').selectAll().orderBy('repository_id').orderBy('number').limit(limit).as('marked'))
    .leftJoin('pull_requests as pr', (join) => join.onRef('pr.repository_id', '=', 'marked.repository_id').onRef('pr.number', '=', 'marked.number'))
    .leftJoin('pull_request_lives as life', (join) => join.onRef('life.repository_id', '=', 'marked.repository_id').onRef('life.number', '=', 'marked.number'))
    .select(['marked.repository_id', 'marked.number', 'marked.counter'])
    .select(['pr.attributes', 'pr.timeline', 'pr.head_repository_id', 'pr.head_ref'])
    .select(['life.policy_digest', 'life.digest'])
    .orderBy('marked.repository_id')
    .orderBy('marked.number')
    .execute();
}

function keptOf({ digest, policy_digest: policyDigest }: DirtyRow): DirtyPullRequest['subject']['kept'] {
  return digest === null || policyDigest === null ? null : { digest, policyDigest };
}

function pullRequestOf(row: DirtyRow, accounts: AccountDirectory, pushes: readonly Push[]): PullRequest | null {
  const { repository_id: repositoryId, number, attributes, timeline } = row;
  if (attributes === null || timeline === null) return null;
  return resolveSightings(decodeSightingList({ attributes, timeline }, 'waits'), { repositoryId, number, accounts, pushes });
}
