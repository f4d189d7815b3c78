import type { AccountDirectory } from '#src/domain/account.ts';
import type { Push } from '#src/domain/push.ts';
import type { Repository } from '#src/domain/repository.ts';
import type { PullRequestQuery, RepositoryPullRequest } from '#src/domain/store.ts';
import type { PullRequest } from '#src/domain/timeline/event.ts';
import { resolveTimeline } from '#src/domain/timeline/resolve.ts';
import type { Database } from './database.ts';
import { decodeEvidence } from './evidence-codec.ts';
import { branchKey, readPushes, type Branch } from './read-pushes.ts';
import type { PullRequestTable } from './schema.ts';

/** Rows read in one statement. */
const PAGE = 500;

const COLUMNS = ['number', 'attributes', 'timeline', 'head_repository_id', 'head_ref'] as const;

type PageRow = Pick<PullRequestTable, (typeof COLUMNS)[number]>;

/** A repository's pull requests by number, read in pages. Those of which nothing tells when they were opened are left out. */
export async function* readPullRequests(
  facts: Database,
  repository: Repository,
  query: PullRequestQuery,
  accounts: AccountDirectory,
): AsyncGenerator<RepositoryPullRequest> {
  for (let after = Number.MIN_SAFE_INTEGER; ; ) {
    const rows = await readPage(facts, repository, query, after);
    const pushes = await readPushes(facts, rows.map(branchOf).filter((branch) => branch !== null));
    for (const row of rows) {
      const context = { repositoryId: repository.id, number: row.number, accounts, pushes: pushesTo(row, pushes), withGone: query.withGone ?? false };
      const pullRequest = resolveTimeline(decodeEvidence(row), context);
      if (pullRequest !== null) yield { repository, pullRequest };
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = last.number;
  }
}

/** Pull requests by the keys of their rows, in no order. Those of which nothing tells when they were opened are left out. */
export async function readPullRequestRows(
  facts: Database,
  keys: readonly (readonly [repositoryId: string, number: number])[],
  accounts: AccountDirectory,
): Promise<PullRequest[]> {
  const rows = await facts.handle
    .selectFrom('pull_requests')
    .select(['repository_id', ...COLUMNS])
    .where(facts.dialect.matches(['repository_id', 'number'], keys))
    .execute();
  const pushes = await readPushes(facts, rows.map(branchOf).filter((branch) => branch !== null));
  return rows.flatMap((row) => {
    const context = { repositoryId: row.repository_id, number: row.number, accounts, pushes: pushesTo(row, pushes) };
    return resolveTimeline(decodeEvidence(row), context) ?? [];
  });
}

async function readPage(facts: Database, { id }: Repository, { number }: PullRequestQuery, after: number): Promise<PageRow[]> {
  return facts.handle
    .selectFrom('pull_requests')
    .select(COLUMNS)
    .where('repository_id', '=', id)
    .where('number', '>', after)
    .$if(number !== undefined, (rows) => rows.where('number', '=', number ?? null))
    .orderBy('number')
    .limit(PAGE)
    .execute();
}

function branchOf(row: PageRow): Branch | null {
  if (row.head_repository_id === null || row.head_ref === null) return null;
  return { repositoryId: row.head_repository_id, branch: row.head_ref };
}

function pushesTo(row: PageRow, pushes: ReadonlyMap<string, readonly Push[]>): readonly Push[] {
  const branch = branchOf(row);
  return branch === null ? [] : (pushes.get(branchKey(branch)) ?? []);
}
