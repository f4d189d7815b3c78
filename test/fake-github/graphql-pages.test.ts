import { describe, expect, test } from '@jest/globals';
import { buildWorld } from '#test/support/fake-github/build-world.ts';
import { generatedPulls } from '#test/support/fake-github/generated/generated-pulls.ts';
import { GUI_ID, guiWorld } from '#test/support/fake-github/gui-world.ts';
import type { World } from '#test/support/fake-github/world.ts';
import { askGraphQL, type Answered } from './ask-graphql.ts';

const NOW = Date.UTC(2026, 5, 1);
const gui = guiWorld();
const FROM = Date.UTC(2026, 0, 1);
const busyWorld = (): World => buildWorld({ repositories: [{ fullName: 'acme/app', pulls: generatedPulls({ seed: 3, count: 40, from: FROM, until: NOW, busyEvery: 40 }) }] });

interface Connection<T> {
  readonly totalCount: number;
  readonly nodes: readonly T[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean; readonly startCursor: string | null; readonly endCursor: string | null };
}

const PAGE = 'totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

/** Everything behind a connection, page by page; forwards by `after`, backwards by `before`. */
async function paged<T>(read: (cursor: string | null) => Promise<Connection<T>>, isBackwards = false): Promise<T[]> {
  const all: T[] = [];
  for (let cursor: string | null = null; ; ) {
    const { nodes, pageInfo } = await read(cursor);
    if (isBackwards) all.unshift(...nodes);
    else all.push(...nodes);
    if (!(isBackwards ? pageInfo.hasPreviousPage : pageInfo.hasNextPage)) return all;
    cursor = isBackwards ? pageInfo.startCursor : pageInfo.endCursor;
  }
}

function pullRequests(world: World, name: string, at: () => number, order: string, size: number): (cursor: string | null) => Promise<Connection<{ number: number; updatedAt: string }>> {
  const [owner, repository] = name.split('/');
  const query = `query Q($after: String) { repository(owner: "${owner!}", name: "${repository!}") { pullRequests(first: ${String(size)}, after: $after, orderBy: ${order}) { ${PAGE} nodes { number updatedAt createdAt } } } }`;
  return async (after) => (await askGraphQL(world, at(), query, { after })).data.repository.pullRequests;
}

describe('the pages of pull requests', () => {
  test.each([
    ['{ field: UPDATED_AT, direction: DESC }', (a: Answered, b: Answered) => b.updatedAt.localeCompare(a.updatedAt)],
    ['{ field: UPDATED_AT, direction: ASC }', (a: Answered, b: Answered) => a.updatedAt.localeCompare(b.updatedAt)],
    ['{ field: CREATED_AT, direction: DESC }', (a: Answered, b: Answered) => b.createdAt.localeCompare(a.createdAt)],
    ['{ field: CREATED_AT, direction: ASC }', (a: Answered, b: Answered) => a.createdAt.localeCompare(b.createdAt)],
  ])('are together the whole, in the order %s', async (order, compare) => {
    const all = await paged(pullRequests(gui, 'bitcoin-core/gui', () => NOW, order, 49));

    expect(all).toHaveLength(519);
    expect(new Set(all.map(({ number }) => number)).size).toBe(519);
    expect(all.toSorted(compare).map((pull: Answered) => [pull.createdAt, pull.updatedAt])).toEqual(all.map((pull: Answered) => [pull.createdAt, pull.updatedAt]));
  });

  test('are those of one state when only that is asked', async () => {
    const query = '{ repository(owner: "bitcoin-core", name: "gui") { merged: pullRequests(first: 1, states: MERGED) { totalCount nodes { state } } open: pullRequests(first: 100, states: [OPEN]) { totalCount nodes { state } } } }';

    const { data } = await askGraphQL(gui, NOW, query);

    expect(data.repository.merged).toEqual({ totalCount: 324, nodes: [{ state: 'MERGED' }] });
    expect(new Set(data.repository.open.nodes.map(({ state }: Answered) => state))).toEqual(new Set(['OPEN']));
    expect(data.repository.open.totalCount).toBe(16);
  });

  test('neither lose nor repeat what stays in its place while others are updated', async () => {
    const world = busyWorld();
    let pages = 0;
    const read = pullRequests(world, 'acme/app', () => NOW, '{ field: UPDATED_AT, direction: DESC }', 10);
    const before = (await paged(read)).map(({ number }) => number);
    const moving = before[25]!;

    const seen = await paged(async (cursor) => {
      const page = await read(cursor);
      pages += 1;
      if (pages === 1) world.editPull('acme/app', moving, (pull) => ({ ...pull, events: [...pull.events, { event: 'commented', id: 9, created_at: '2026-05-31T23:59:59Z', user: null }] }));
      return page;
    });

    const numbers = seen.map(({ number }) => number);
    expect(numbers).toEqual(before.filter((number) => number !== moving));
    expect((await read(null)).nodes[0]!.number).toBe(moving);
  });
});

describe('what belongs to one pull request', () => {
  const parts = {
    commits: 'commit { oid }',
    reviews: 'fullDatabaseId',
    comments: 'fullDatabaseId',
    reviewThreads: 'id',
    timelineItems: '__typename ... on Node { id }',
  };

  test.each(Object.entries(parts))('is, page by page, the whole: %s', async (part, selection) => {
    const world = busyWorld();
    const query = `query Q($after: String, $before: String, $first: Int, $last: Int) { repository(owner: "acme", name: "app") { pullRequest(number: 40) { ${part}(first: $first, last: $last, after: $after, before: $before) { ${PAGE} nodes { ${selection} } } } } }`;
    const ask = async (variables: Readonly<Record<string, unknown>>): Promise<Connection<unknown>> => (await askGraphQL(world, NOW, query, variables)).data.repository.pullRequest[part];

    const [forwards, backwards, total] = [
      await paged((after) => ask({ first: 7, after })),
      await paged((before) => ask({ last: 7, before }), true),
      (await ask({ first: 1 })).totalCount,
    ];

    expect(total).toBeGreaterThan(50);
    expect(forwards).toHaveLength(total);
    expect(new Set(forwards.map((item) => JSON.stringify(item))).size).toBe(total);
    expect(backwards).toEqual(forwards);
  });

  test('is filtered by the kinds of items that are asked for, and counts only those', async () => {
    const query = 'query Q($types: [PullRequestTimelineItemsItemType!]) { repository(owner: "acme", name: "app") { pullRequest(number: 40) { timelineItems(first: 5, itemTypes: $types) { totalCount filteredCount pageCount nodes { __typename } } } } }';
    const ask = async (types: readonly string[]): Promise<Answered> => (await askGraphQL(busyWorld(), NOW, query, { types })).data.repository.pullRequest.timelineItems;

    const [commits, some] = [await ask(['PULL_REQUEST_COMMIT']), await ask(['LABELED_EVENT', 'PULL_REQUEST_REVIEW'])];

    expect(commits).toEqual({ totalCount: 130, filteredCount: 130, pageCount: 5, nodes: Array.from({ length: 5 }, () => ({ __typename: 'PullRequestCommit' })) });
    expect(some.totalCount).toBe(116);
    expect(new Set(some.nodes.map((node: Answered) => node.__typename))).toEqual(new Set(['LabeledEvent', 'PullRequestReview']));
  });

  test('stays in its place while a comment before it is deleted', async () => {
    const world = busyWorld();
    const query = 'query Q($after: String) { repository(owner: "acme", name: "app") { pullRequest(number: 40) { comments(first: 50, after: $after) { totalCount pageInfo { endCursor } nodes { fullDatabaseId } } } } }';
    const comments = async (after: string | null): Promise<Answered> => (await askGraphQL(world, NOW, query, { after })).data.repository.pullRequest.comments;
    const first = await comments(null);
    const second = await comments(first.pageInfo.endCursor);

    world.deleteComment('acme/app', 40, Number(first.nodes[10].fullDatabaseId), NOW - 1000);
    const afterwards = await comments(first.pageInfo.endCursor);

    expect(afterwards.nodes).toEqual(second.nodes);
    expect(afterwards.totalCount).toBe(second.totalCount - 1);
  });
});

describe('a search', () => {
  const search = async (world: World, query: string, first = 100, after: string | null = null): Promise<Answered> =>
    (await askGraphQL(world, NOW, 'query Q($q: String!, $first: Int!, $after: String) { search(type: ISSUE, query: $q, first: $first, after: $after) { issueCount pageInfo { hasNextPage endCursor } nodes { ... on PullRequest { number updatedAt createdAt } } } }', { q: query, first, after })).data.search;

  test('finds by when they were made and updated, both ends included', async () => {
    const entries = gui.entries(GUI_ID, NOW);
    const year = (at: number): number => new Date(at).getUTCFullYear();
    const some = entries[200]!;
    const instant = `${new Date(some.updatedAt).toISOString().slice(0, 19)}Z`;

    const [made, updated, exactly] = [
      await search(gui, 'repo:bitcoin-core/gui is:pr created:2022-01-01..2022-12-31', 1),
      await search(gui, 'repo:bitcoin-core/gui is:pr updated:>=2024-01-01', 1),
      await search(gui, `repo:bitcoin-core/gui is:pr updated:${instant}..${instant}`),
    ];

    expect(made.issueCount).toBe(entries.filter(({ createdAt }) => year(createdAt) === 2022).length);
    expect(updated.issueCount).toBe(entries.filter(({ updatedAt }) => year(updatedAt) >= 2024).length);
    expect(exactly.nodes.map(({ number }: Answered) => number)).toContain(some.number);
  });

  test('counts all that it finds and hands out a thousand', async () => {
    const world = buildWorld({ repositories: [{ fullName: 'acme/app', pulls: generatedPulls({ seed: 5, count: 1_100, from: FROM, until: NOW }) }] });

    const first = await search(world, 'org:acme is:pr sort:updated-asc');
    let given: number = first.nodes.length;
    let [cursor, page] = [first.pageInfo.endCursor, first];
    while (page.pageInfo.hasNextPage) {
      page = await search(world, 'org:acme is:pr sort:updated-asc', 100, cursor);
      given += Number(page.nodes.length);
      cursor = page.pageInfo.endCursor;
    }

    expect(first.issueCount).toBe(1_100);
    expect(given).toBe(1_000);
  });

  test('notes a word that it does not know', async () => {
    const { refusals } = await askGraphQL(gui, NOW, '{ search(type: ISSUE, query: "repo:bitcoin-core/gui is:pr label:bug", first: 1) { issueCount } }');

    expect(refusals).toEqual([expect.stringContaining('label:bug')]);
  });
});
