import type { GitHub, QueryAnswer, QueryProblem } from '#src/github/github.ts';
import type { ListedPullRequest } from '#src/github/queries/listed-pull-request.ts';
import { pullRequestRemainderQuery, reviewThreadRemainderQuery } from '#src/github/queries/pull-request-remainder.ts';
import { pullRequestsByIdQuery } from '#src/github/queries/pull-requests.ts';
import { askSmaller, isTooLarge, PageSize } from '../page-size.ts';
import { problemAt } from './answer-problems.ts';
import { PullRequestAssembly, type AssembledPullRequest } from './pull-request-assembly.ts';

/** The most that GitHub gives on one page. */
const LARGEST_PAGE = 100;

/** Pull requests with many review threads that are asked for once more together: each may cost a point. */
const CROWDED_AT_ONCE = 20;

/** A pull request as a page showed it, with the place where it stands in the answer. */
export interface ShownPullRequest {
  readonly node: ListedPullRequest;
  readonly place: readonly (string | number)[];
}

/**
 * Reads pull requests that a page has shown to their ends. Those with more review threads than fitted are asked for
 * once more together, with room for a hundred; what does not fit there either is paged one by one. A pull request that
 * cannot be had whole comes back incomplete, with the reason; rejects where GitHub answers nothing at all.
 */
export async function assemblePullRequests(
  github: GitHub,
  shown: readonly ShownPullRequest[],
  { askedAt, problems }: Pick<QueryAnswer<unknown>, 'askedAt' | 'problems'>,
  signal: AbortSignal,
): Promise<readonly AssembledPullRequest[]> {
  const first = shown.map(({ node, place }) => new PullRequestAssembly(node, askedAt, problemAt(problems, place)));
  const again = await askCrowdedAgain(github, first, signal);
  const assemblies = first.map((assembly) => again.get(assembly.id) ?? assembly);
  for (const assembly of assemblies) await readToItsEnd(github, assembly, signal);
  return assemblies.map((assembly) => assembly.assembled());
}

/** Listings of their own for those with many review threads, by id; none where a single one has them: it is paged as cheaply. */
async function askCrowdedAgain(github: GitHub, assemblies: readonly PullRequestAssembly[], signal: AbortSignal): Promise<ReadonlyMap<string, PullRequestAssembly>> {
  const crowded = assemblies.filter(({ hasMoreThreads }) => hasMoreThreads).map(({ id }) => id);
  const again = new Map<string, PullRequestAssembly>();
  if (crowded.length < 2) return again;
  for (let from = 0; from < crowded.length; from += CROWDED_AT_ONCE) {
    const answer = await askById(github, crowded.slice(from, from + CROWDED_AT_ONCE), signal);
    if (answer === null) return again;
    answer.data.nodes.forEach((node, index) => {
      if (node !== null) again.set(node.id, new PullRequestAssembly(node, answer.askedAt, problemAt(answer.problems, ['nodes', index])));
    });
  }
  return again;
}

/** Null where that is too much for one answer: then each is paged from where its own page ended. */
async function askById(github: GitHub, ids: readonly string[], signal: AbortSignal): Promise<QueryAnswer<{ readonly nodes: readonly (ListedPullRequest | null)[] }> | null> {
  try {
    return await github.query(pullRequestsByIdQuery, { ids, threads: LARGEST_PAGE }, signal);
  } catch (error) {
    if (isTooLarge(error)) return null;
    throw error;
  }
}

async function readToItsEnd(github: GitHub, assembly: PullRequestAssembly, signal: AbortSignal): Promise<void> {
  const size = new PageSize(LARGEST_PAGE);
  try {
    while (assembly.remainder(size.current) !== null) await readRemainder(github, assembly, size, signal);
    for (let page = assembly.nextThreadPage(); page !== null; page = assembly.nextThreadPage()) {
      const { data, problems } = await github.query(reviewThreadRemainderQuery, { id: page.threadId, after: page.after }, signal);
      const problem = problemIn(problems);
      if (problem !== null) assembly.giveUp(problem);
      else if (data.node === null) assembly.giveUp('one of its review threads was gone before it was read to its end');
      else assembly.addThreadPage(page.threadId, data.node.pullRequest.updatedAt, data.node.comments);
    }
  } catch (error) {
    if (!isTooLarge(error)) throw error;
    assembly.giveUp('GitHub could not answer in time, not even with one entry at once');
  }
}

async function readRemainder(github: GitHub, assembly: PullRequestAssembly, size: PageSize, signal: AbortSignal): Promise<void> {
  const { data, problems } = await askSmaller(size, (count) => github.query(pullRequestRemainderQuery, assembly.remainder(count) ?? {}, signal));
  assembly.add(data.node, problems);
}

function problemIn(problems: readonly QueryProblem[]): string | null {
  return problemAt(problems, ['node']);
}
