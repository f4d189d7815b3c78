import { describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { pointsOf, queryCost } from '#test/support/fake-github/query-cost.ts';

function costOf(text: string, variables: Record<string, unknown> = {}, idsMultiply?: boolean): readonly [connections: number, points: number, nodes: number] {
  const { connections, points, nodes } = queryCost(parse(text), { variables, ...(idsMultiply === undefined ? {} : { idsMultiply }) });
  return [connections, points, nodes];
}

const BACKFILL = `query Backfill($owner: String!, $name: String!, $after: String, $pageSize: Int = 49) {
  rateLimit { cost remaining resetAt nodeCount }
  repository(owner: $owner, name: $name) {
    pullRequests(first: $pageSize, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }) {
      pageInfo { hasNextPage endCursor }
      nodes {
        id
        firstCommit: commits(first: 1) { nodes { commit { oid } } }
        reviews(first: 50) { nodes { id } }
        timelineItems(first: 60, itemTypes: [CLOSED_EVENT]) { nodes { __typename ... on Node { id } } }
      }
    }
  }
}`;

describe('the cost of a query', () => {
  test('is that of the example in GitHub’s documentation: 5,101 requests are 51 points', () => {
    const example = `{ viewer { repositories(first: 100) { edges { node { issues(first: 50) { edges { node { labels(first: 60) { edges { node { name } } } } } } } } } } }`;

    expect(costOf(example)).toEqual([5_101, 51, 100 + 5_000 + 300_000]);
  });

  test('counts a page of 49 pull requests with three connections each as 148 requests, 1 point, and one of 50 as 2', () => {
    expect(costOf(BACKFILL)).toEqual([148, 1, 5_488]);
    expect(costOf(BACKFILL, { pageSize: 50 })).toEqual([151, 2, 50 + 50 * 111]);
  });

  test('multiplies what stands deep: environments with rules with reviewers', () => {
    const environments = `query ($n: Int!) { repository(owner: "o", name: "r") { environments(first: $n) { nodes { protectionRules(first: 10) { nodes { reviewers(first: 10) { totalCount } } } } } } }`;

    expect(costOf(environments, { n: 100 })).toEqual([1_101, 11, 11_100]);
    expect(costOf(environments, { n: 20 })).toEqual([221, 2, 2_220]);
  });

  test('counts ids as parents unless told otherwise', () => {
    const byId = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on CheckSuite { checkRuns(first: 30) { nodes { id } } } } }`;
    const ids = Array.from({ length: 100 }, (_, index) => `CS_${String(index)}`);

    expect(costOf(byId, { ids })).toEqual([100, 1, 3_100]);
    expect(costOf(byId, { ids }, false)).toEqual([1, 1, 30]);
    expect(costOf(`query { nodes(ids: ["a", "b"]) { ... on PullRequest { commits(first: 1) { totalCount } reviews(last: 50) { totalCount } } } }`)).toEqual([4, 1, 104]);
  });

  test('counts fragments where they are used, and not what a directive leaves out', () => {
    const overflow = `query ($id: ID!, $withReviews: Boolean!, $withTimeline: Boolean!) { node(id: $id) { ...All } }
      fragment All on PullRequest {
        reviews(first: 100) @include(if: $withReviews) { nodes { id } }
        timelineItems(first: 100) @skip(if: $withTimeline) { nodes { __typename } }
      }`;

    expect(costOf(overflow, { id: 'PR_1', withReviews: true, withTimeline: false })).toEqual([2, 1, 200]);
    expect(costOf(overflow, { id: 'PR_1', withReviews: false, withTimeline: false })).toEqual([1, 1, 100]);
    expect(costOf(overflow, { id: 'PR_1', withReviews: false, withTimeline: true })).toEqual([0, 1, 0]);
  });

  test('counts several connections of several lists', () => {
    const protection = `{ repository(owner: "o", name: "r") {
      branchProtectionRules(first: 50) { nodes { bypassPullRequestAllowances(first: 20) { totalCount } bypassForcePushAllowances(first: 20) { totalCount } matchingRefs(first: 20) { totalCount } } }
      rulesets(first: 50) { nodes { bypassActors(first: 20) { totalCount } rules(first: 50) { totalCount } } }
    } }`;
    const teams = `{ organization(login: "o") { teams(first: 49) { nodes { members(first: 100) { totalCount } invitations(first: 20) { totalCount } repositories(first: 100) { totalCount } } } } }`;

    expect(costOf(protection)).toEqual([252, 3, 6_600]);
    expect(costOf(teams)).toEqual([148, 1, 10_829]);
  });

  test('is 1 at least, and rounds half a point up', () => {
    expect([0, 1, 149, 150, 249, 250].map(pointsOf)).toEqual([1, 1, 1, 2, 2, 3]);
  });

  test('is that of the operation asked for', () => {
    const two = parse('query One { viewer { repositories(first: 1) { totalCount } } } query Two { viewer { login } }');

    expect(queryCost(two, { variables: {}, operationName: 'One' }).connections).toBe(1);
    expect(queryCost(two, { variables: {}, operationName: 'Two' }).connections).toBe(0);
    expect(() => queryCost(two, { variables: {}, operationName: 'Three' })).toThrow('The document has no operation Three.');
  });
});
