import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { standingClock } from '#src/core/clock.ts';
import type { SavedQuery, Variables } from '#src/github/github.ts';
import { organizationMembersQuery, organizationTeamsQuery, teamRemainderQuery } from '#src/github/queries/organization.ts';
import { pullRequestRemainderQuery, reviewThreadRemainderQuery } from '#src/github/queries/pull-request-remainder.ts';
import { newestPullRequestsQuery, pullRequestUpdatesQuery, updatedPullRequestsQuery } from '#src/github/queries/pull-request-updates.ts';
import { pullRequestsByIdQuery, pullRequestsQuery } from '#src/github/queries/pull-requests.ts';
import { repositoriesByIdQuery, repositoriesQuery } from '#src/github/queries/repositories.ts';
import { searchCountQuery } from '#src/github/queries/search-count.ts';
import { startFakeGitHub, type FakeGitHub } from '#test/support/fake-github/fake-github.ts';
import { generatedWorld } from '#test/support/fake-github/generated/generated-world.ts';
import { nodeId } from '#test/support/fake-github/node-ids.ts';

const FROM = Date.UTC(2026, 0, 1);
const NOW = Date.UTC(2026, 3, 1);
const world = generatedWorld({ seed: 2, repositories: 3, pullRequests: 60, from: FROM, until: NOW, busyEvery: 20 });
const [repository] = world.repositories(NOW).map(({ id }) => nodeId('R', id));
const pulls = [20, 21, 22].map((number) => nodeId('PR', 700_000_000, number));
const thread = world.pull(700_000_000, 20, NOW)?.lineComments[0]?.id ?? 0;
const everything = { withCommits: true, withReviews: true, withComments: true, withThreads: true, withEvents: true };

/** Every query that the product asks, with something to find. */
const QUERIES: readonly (readonly [query: SavedQuery<unknown>, variables: Variables])[] = [
  [pullRequestsQuery, { repository: repository ?? '', first: 50, after: null, threads: 30 }],
  [pullRequestsByIdQuery, { ids: pulls, threads: 30 }],
  [pullRequestRemainderQuery, { id: pulls[0] ?? '', first: 100, ...everything }],
  [reviewThreadRemainderQuery, { id: nodeId('PRRT', 700_000_000, 20, thread), after: Buffer.from('cursor:v2:[-1]').toString('base64') }],
  [pullRequestUpdatesQuery, { ids: pulls }],
  [updatedPullRequestsQuery, { repository: repository ?? '', first: 100, after: null }],
  [newestPullRequestsQuery, { ids: [repository ?? ''], first: 20 }],
  [repositoriesQuery, { login: 'acme', after: null }],
  [repositoriesByIdQuery, { ids: [repository ?? ''] }],
  [organizationTeamsQuery, { login: 'acme', first: 49, after: null }],
  [teamRemainderQuery, { id: nodeId('T', 'acme', 'team-1', 2), withMembers: true, withRepositories: true }],
  [organizationMembersQuery, { login: 'acme', after: null }],
  [searchCountQuery, { search: 'repo:acme/service-1 is:pr created:2026-01-01..2026-01-31' }],
];

describe('a query of the product', () => {
  let fake: FakeGitHub;

  beforeAll(async () => {
    fake = await startFakeGitHub({ world, clock: standingClock(NOW) });
  });

  // It rejects if any of the queries asked what the fake does not know.
  afterAll(() => fake.close());

  test.each(QUERIES.map(([query, variables]) => ({ name: query.name, query, variables })))('is answered over HTTP as the product reads it: $name', async ({ name, query, variables }) => {
    const response = await fetch(`${fake.url}/graphql`, { method: 'POST', body: JSON.stringify({ query: query.text, variables }) });

    const { data, errors = [] } = JSON.parse(await response.text());
    const read = query.answer.safeParse(data);

    expect(errors).toEqual([]);
    expect(read.error?.issues ?? []).toEqual([]);
    expect(JSON.stringify(data)).not.toMatch(/^\{"(?:rateLimit":\{[^}]*\},")?(?:node|organization|repositoryOwner)":null/);
    expect(fake.refusals).toEqual([]);
    expect(fake.requests.at(-1)).toMatchObject({ name, status: 200, errors: [] });
  });
});
