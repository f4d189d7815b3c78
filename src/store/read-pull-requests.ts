import type { AccountDirectory } from '#src/domain/account.ts';
import type { Repository } from '#src/domain/repository.ts';
import type { PullRequestQuery, RepositoryPullRequest } from '#src/domain/store.ts';
import { resolveSightings } from '#src/domain/timeline/resolve.ts';
import type { Database } from './database.ts';
import { decodeSightingList } from './evidence-codec.ts';
import { branchesOf, pushesTo } from './head-branches.ts';
import { readPushes } from './read-pushes.ts';
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
    const pushes = await readPushes(facts, branchesOf(rows));
    for (const row of rows) {
      const context = { repositoryId: repository.id, number: row.number, accounts, pushes: pushesTo(row, pushes), withGone: query.withGone ?? false };
      const pullRequest = resolveSightings(decodeSightingList(row, 'all'), context);
      if (pullRequest !== null) yield { repository, pullRequest };
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = last.number;
  }
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
