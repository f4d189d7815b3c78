import { NarrowsError } from '#src/core/errors.ts';
import { parseJson } from '#src/core/json.ts';
import type { Delivery } from '#src/domain/delivery.ts';
import type { PullRequestChange } from '#src/domain/source.ts';
import type { GitHub, QueryAnswer } from '#src/github/github.ts';
import { newestPullRequestsQuery, pullRequestUpdatesQuery, updatedPullRequestsQuery, type PullRequestUpdate } from '#src/github/queries/pull-request-updates.ts';
import { pullRequestsByIdQuery, pullRequestsQuery } from '#src/github/queries/pull-requests.ts';
import source from '#src/sources/pull-request-listing.ts';
import type { HeadPage, ListedPullRequest, ListingPage, PullRequestHead, PullRequestLister, RepositoryHeads } from '../pull-request-lister.ts';
import { problemAt } from './answer-problems.ts';
import { assemblePullRequests } from './assemble-pull-requests.ts';
import { leftOut } from './left-out.ts';
import { listedParts } from './listed-parts.ts';
import type { AssembledPullRequest } from './pull-request-assembly.ts';
import { pullRequestDelivery } from './pull-request-delivery.ts';

/**
 * Review threads asked for with each pull request of a page. Each costs a hundredth of a point whether it is there or
 * not; each pull request with more costs a point, and each page with one a request. Of the pull requests of
 * bitcoin-core/gui, where much is discussed, 3 % have more.
 */
export const THREADS_AT_ONCE = 30;

/** Newest heads of each repository when many are asked together. */
const NEWEST_HEADS = 20;

/** Asks one installation for its pull requests. */
export function githubLister(github: GitHub): PullRequestLister {
  return {
    page: async ({ nodeId, fullName }, { after, size }, signal) => {
      const answer = await github.query(pullRequestsQuery, { repository: nodeId, first: size, after, threads: THREADS_AT_ONCE }, signal);
      const { nodes, pageInfo, totalCount } = connectionIn(answer, fullName);
      const shown = nodes.map((node, index) => {
        if (node === null) throw tooLarge(answer, fullName);
        return { node, place: ['node', 'pullRequests', 'nodes', index] };
      });
      const pullRequests = (await assemblePullRequests(github, shown, answer, signal)).map(listed);
      return { pullRequests, next: nextOf(pageInfo), total: totalCount, askedAt: answer.askedAt } satisfies ListingPage;
    },

    byIds: async (nodeIds, signal) => {
      const answer = await github.query(pullRequestsByIdQuery, { ids: nodeIds, threads: THREADS_AT_ONCE }, signal);
      const shown = answer.data.nodes.flatMap((node, index) => (node === null ? [] : [{ node, place: ['nodes', index] }]));
      return (await assemblePullRequests(github, shown, answer, signal)).map(listed);
    },

    heads: async ({ nodeId, fullName }, { after, size }, signal) => {
      const answer = await github.query(updatedPullRequestsQuery, { repository: nodeId, first: size, after }, signal);
      return headPage(connectionIn(answer, fullName), answer.askedAt);
    },

    newestHeads: async (repositories, signal) => {
      const answer = await github.query(newestPullRequestsQuery, { ids: repositories.map(({ nodeId }) => nodeId), first: NEWEST_HEADS }, signal);
      return answer.data.nodes.flatMap((node): RepositoryHeads[] => (node === null || node.pullRequests === null ? [] : [{ nodeId: node.id, ...headPage(node.pullRequests, answer.askedAt) }]));
    },

    headsOf: async (nodeIds, signal) => {
      const answer = await github.query(pullRequestUpdatesQuery, { ids: nodeIds }, signal);
      return answer.data.nodes.flatMap((node) => (node === null ? [] : [headOf(node)]));
    },
  };
}

/** A page of a repository's pull requests as an answer holds it. */
interface ConnectionPage<T> {
  readonly nodes: readonly (T | null)[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly totalCount: number;
}

function connectionIn<T>({ data, problems }: QueryAnswer<{ readonly node: { readonly pullRequests?: ConnectionPage<T> | null | undefined } | null }>, fullName: string): ConnectionPage<T> {
  const page = data.node?.pullRequests ?? null;
  if (page === null) throw leftOut(problems, `the pull requests of ${fullName}`);
  return page;
}

/** A page that lacks a pull request says nothing of it, not even which it is: a smaller page may. */
function tooLarge({ problems }: Pick<QueryAnswer<unknown>, 'problems'>, fullName: string): NarrowsError {
  const problem = problemAt(problems, ['node', 'pullRequests']) ?? 'GitHub does not say why';
  return new NarrowsError('github-too-large', `GitHub left out a pull request of a page of ${fullName}: ${problem}. A smaller page is asked for.`);
}

function nextOf({ hasNextPage, endCursor }: ConnectionPage<unknown>['pageInfo']): string | null {
  return hasNextPage ? endCursor : null;
}

function headPage({ nodes, pageInfo, totalCount }: ConnectionPage<PullRequestUpdate>, askedAt: number): HeadPage {
  return { heads: nodes.flatMap((node) => (node === null ? [] : [headOf(node)])), next: nextOf(pageInfo), total: totalCount, askedAt };
}

function headOf({ id, number, state, updatedAt }: PullRequestUpdate): PullRequestHead {
  return { nodeId: id, number, updatedAt, isOpen: state === 'OPEN' };
}

function listed(assembled: AssembledPullRequest): ListedPullRequest {
  const { id, number, updatedAt, takenAt, incompleteFor } = assembled;
  const delivery = pullRequestDelivery(assembled);
  const change = changeOf(delivery);
  const sightings = Object.values(change?.evidence.sightings ?? {});
  const createdAt = change?.evidence.attributes.created_at?.value;
  const parts = change?.repository.id == null || typeof createdAt !== 'number' ? null : listedParts(assembled, change.repository.id, createdAt, sightings);
  return { nodeId: id, number, updatedAt, takenAt, isOpen: isOpen(assembled.fields), isComplete: incompleteFor === null, delivery, parts };
}

/** What the delivery will mean as a fact: only that can be counted on. Null where its source cannot read it. */
function changeOf(delivery: Delivery): PullRequestChange | null {
  const reading = source.read(parseJson(new TextDecoder().decode(delivery.body)), delivery);
  return reading.outcome === 'facts' ? (reading.changes.pullRequests?.[0] ?? null) : null;
}

function isOpen(fields: Readonly<Record<string, unknown>>): boolean {
  return fields['state'] === 'OPEN';
}
