import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { schema as published } from '@octokit/graphql-schema';
import { buildSchema, parse, validate, visit, type DocumentNode } from 'graphql';
import type { SavedQuery, Variables } from '#src/github/github.ts';
import { organizationMembersQuery, organizationTeamsQuery, teamRemainderQuery } from '#src/github/queries/organization.ts';
import { pullRequestRemainderQuery, reviewThreadRemainderQuery } from '#src/github/queries/pull-request-remainder.ts';
import { newestPullRequestsQuery, pullRequestUpdatesQuery, updatedPullRequestsQuery } from '#src/github/queries/pull-request-updates.ts';
import { pullRequestsByIdQuery, pullRequestsQuery } from '#src/github/queries/pull-requests.ts';
import { repositoriesByIdQuery, repositoriesQuery } from '#src/github/queries/repositories.ts';
import { searchCountQuery } from '#src/github/queries/search-count.ts';
import { queryCost } from '#test/support/fake-github/query-cost.ts';
import { recordFigure } from '#test/support/figures.ts';

/** GitHub's own file holds a field twice, so it is not checked itself. */
const schema = buildSchema(published.idl, { assumeValidSDL: true });

const ids = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => String(index));
const everything = { withCommits: true, withReviews: true, withComments: true, withThreads: true, withEvents: true };

/** Each query at the size it is asked with, and what it then costs: points, and the most nodes it can bring. */
const QUERIES: readonly (readonly [query: SavedQuery<unknown>, variables: Variables, points: number, nodes: number])[] = [
  [pullRequestsQuery, { repository: 'R', first: 50, after: null, threads: 30 }, 18, 96_550],
  [pullRequestsQuery, { repository: 'R', first: 100, after: null, threads: 30 }, 35, 193_100],
  [pullRequestsByIdQuery, { ids: ids(50), threads: 30 }, 18, 96_550],
  [pullRequestsByIdQuery, { ids: ids(20), threads: 100 }, 21, 110_020],
  [pullRequestRemainderQuery, { id: 'P', first: 100, ...everything }, 1, 5_500],
  [reviewThreadRemainderQuery, { id: 'T', after: 'c' }, 1, 100],
  [pullRequestUpdatesQuery, { ids: ids(100) }, 1, 100],
  [updatedPullRequestsQuery, { repository: 'R', first: 100, after: null }, 1, 100],
  [newestPullRequestsQuery, { ids: ids(100), first: 20 }, 1, 2_100],
  [repositoriesQuery, { login: 'octo', after: null }, 1, 100],
  [repositoriesByIdQuery, { ids: ids(100) }, 1, 200],
  [organizationTeamsQuery, { login: 'octo', first: 49, after: null }, 1, 9_849],
  [teamRemainderQuery, { id: 'T', withMembers: true, withRepositories: true }, 1, 200],
  [organizationMembersQuery, { login: 'octo', after: null }, 1, 100],
  [searchCountQuery, { search: 'is:pr' }, 1, 1],
];

const CASES = QUERIES.map(([query, variables, points, nodes]) => ({ query, variables, points, nodes, name: `${query.name} ${JSON.stringify({ ...variables, ids: undefined })}` }));

describe('a saved query', () => {
  test.each(CASES)('$name is one that GitHub runs, and costs what is known of it', ({ query, variables, points, nodes }) => {
    const document = parse(query.text);

    const cost = queryCost(document, { variables });

    expect(validate(schema, document)).toEqual([]);
    expect({ points: cost.points, nodes: cost.nodes }).toEqual({ points, nodes });
    expect(cost.nodes).toBeLessThan(500_000);
  });

  test.each(CASES)('$name is told what GitHub charges for it', ({ query }) => {
    expect(query.text).toMatch(/rateLimit \{\s+cost\s+limit\s+remaining\s+used\s+resetAt\s+\}/);
    expect(query.text).not.toContain('#');
  });

  test('is known for every file of the folder, and every fragment there is used', () => {
    const folder = new URL('../../src/github/queries/', import.meta.url);
    const files = readdirSync(folder).filter((file) => file.endsWith('.graphql'));
    const fragments = readdirSync(new URL('fragments/', folder)).map((file) => readFileSync(new URL(`fragments/${file}`, folder), 'utf8'));

    const names = files.map((file) => /^query (\w+)/m.exec(readFileSync(new URL(file, folder), 'utf8'))?.[1]);

    expect(names.sort()).toEqual([...new Set(QUERIES.map(([{ name }]) => name))].sort());
    for (const fragment of fragments) expect(QUERIES.some(([{ text }]) => text.includes(fragment.split('\n').find((line) => line.startsWith('fragment')) ?? '-'))).toBe(true);
  });

  test('asks for the same kinds of events on the first page of a timeline and on the next', () => {
    expect(itemTypes(pullRequestRemainderQuery)).toEqual(itemTypes(pullRequestsQuery));
    expect(itemTypes(pullRequestsQuery)).toHaveLength(17);
  });
});

describe('a thousand pull requests', () => {
  test('take 20 requests and 360 points with everything that belongs to them, before what does not fit on a page', () => {
    const { points } = queryCost(parse(pullRequestsQuery.text), { variables: { repository: 'R', first: 50, after: null, threads: 30 } });

    expect({ requests: 1_000 / 50, points: (1_000 / 50) * points }).toEqual({ requests: 20, points: 360 });
    recordFigure('Collecting', 'GraphQL for 1,000 pull requests in pages of 50 (30 review threads each), without overflow', `20 requests, ${String(20 * points)} points`, 'at most 40 requests with it');
  });
});

function itemTypes({ text }: SavedQuery<unknown>): readonly string[] {
  const types: string[] = [];
  const document: DocumentNode = parse(text);
  visit(document, {
    Argument(argument) {
      if (argument.name.value === 'itemTypes' && argument.value.kind === 'ListValue') for (const value of argument.value.values) if (value.kind === 'EnumValue') types.push(value.value);
    },
  });
  return types;
}
