import { describe, expect, test } from '@jest/globals';
import { buildWorld } from '#test/support/fake-github/build-world.ts';
import { generatedPulls } from '#test/support/fake-github/generated/generated-pulls.ts';
import { askGraphQL } from './ask-graphql.ts';

const NOW = Date.UTC(2026, 5, 1);
const world = buildWorld({ repositories: [{ fullName: 'acme/app', pulls: generatedPulls({ seed: 1, count: 3, from: NOW - 1e10, until: NOW }) }] });
const ask = (query: string, variables: Readonly<Record<string, unknown>> = {}): ReturnType<typeof askGraphQL> => askGraphQL(world, NOW, query, variables);
const inPulls = (selection: string, pulls = 'pullRequests(first: 2)'): string => `query Q { repository(owner: "acme", name: "app") { ${pulls} { ${selection} } } }`;

describe('the fake refuses what GitHub refuses, with status 200', () => {
  test('a field that the schema does not have, by the path of the query', async () => {
    const { status, data, errors } = await ask(inPulls('nodes { moodOfAuthor }'));

    expect(status).toBe(200);
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([
      {
        message: "Field 'moodOfAuthor' doesn't exist on type 'PullRequest'",
        path: ['query Q', 'repository', 'pullRequests', 'nodes', 'moodOfAuthor'],
        extensions: { code: 'undefinedField', typeName: 'PullRequest', fieldName: 'moodOfAuthor' },
        locations: [{ line: 1, column: expect.any(Number) }],
      },
    ]);
  });

  test('an argument that the field does not have', async () => {
    const { errors } = await ask(inPulls('totalCount', 'pullRequests(first: 2, mood: GOOD)'));

    expect(errors).toMatchObject([{ message: "Field 'pullRequests' doesn't accept argument 'mood'", extensions: { code: 'argumentNotAccepted', argumentName: 'mood' } }]);
  });

  test('a variable that is declared and not used', async () => {
    const { errors } = await ask('query Q($left: Int) { rateLimit { cost } }');

    expect(errors).toMatchObject([{ message: 'Variable $left is declared by Q but not used' }]);
  });

  test('a required variable that is missing', async () => {
    const { data, errors } = await ask('query Q($id: ID!) { node(id: $id) { id } }');

    expect(data).toBeUndefined();
    expect(errors).toMatchObject([{ message: 'Variable $id of type ID! was provided invalid value', extensions: { value: null } }]);
  });

  test('a query that cannot be read', async () => {
    const { status, errors } = await ask('query {');

    expect(status).toBe(200);
    expect(errors).toMatchObject([{ message: expect.stringContaining('Parse error') }]);
  });

  test('a connection without bounds, unless only its count is asked', async () => {
    const [without, counted] = [await ask(inPulls('nodes { id }', 'pullRequests')), await ask(inPulls('totalCount', 'pullRequests'))];

    expect(without.data).toBeNull();
    expect(without.errors).toMatchObject([
      { type: 'MISSING_PAGINATION_BOUNDARIES', path: ['repository', 'pullRequests'], message: 'You must provide a `first` or `last` value to properly paginate the `pullRequests` connection.' },
    ]);
    expect(counted).toMatchObject({ data: { repository: { pullRequests: { totalCount: 3 } } }, errors: [] });
  });

  test.each([
    ['first: 101', 'first'],
    ['last: 101', 'last'],
  ])('a page of more than a hundred (%s)', async (bounds, name) => {
    const { data, errors } = await ask(inPulls('nodes { id }', `pullRequests(${bounds})`));

    expect(data).toBeNull();
    expect(errors).toMatchObject([{ type: 'EXCESSIVE_PAGINATION', message: `Requesting 101 records on the \`pullRequests\` connection exceeds the \`${name}\` limit of 100 records.` }]);
  });

  test('a page whose size stands in a variable, as well', async () => {
    const { errors } = await ask('query Q($n: Int!) { repository(owner: "acme", name: "app") { pullRequests(first: $n) { nodes { id } } } }', { n: 101 });

    expect(errors).toMatchObject([{ type: 'EXCESSIVE_PAGINATION' }]);
  });

  test('more than a hundred ids at once', async () => {
    const query = 'query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    const idsOf = (count: number): string[] => Array.from({ length: count }, (_, index) => `X${String(index)}`);

    const [tooMany, enough] = [await ask(query, { ids: idsOf(101) }), await ask(query, { ids: idsOf(100) })];

    expect(tooMany).toMatchObject({ data: null, errors: [{ type: 'ARGUMENT_LIMIT', message: 'You may not provide more than 100 node ids; you provided 101.' }] });
    expect(enough.data.nodes).toHaveLength(100);
  });

  test('more than half a million nodes, and not one less', async () => {
    const query = (reviews: number): string => inPulls(`nodes { reviews(first: ${String(reviews)}) { nodes { comments(first: 100) { nodes { id } } } } }`, 'pullRequests(first: 100)');

    const [over, under] = [await ask(query(50)), await ask(query(49))];

    expect(over).toMatchObject({ data: null, errors: [{ type: 'MAX_NODE_LIMIT_EXCEEDED', message: 'This query requests up to 505,100 possible nodes which exceeds the maximum limit of 500,000.' }] });
    expect(under).toMatchObject({ errors: [], data: { repository: { pullRequests: { nodes: expect.anything() } } } });
  });

  test('a cursor that it never gave', async () => {
    const { data, errors } = await ask(inPulls('nodes { id }', 'pullRequests(first: 1, after: "abc")'));

    expect(data.repository).toBeNull();
    expect(errors).toMatchObject([{ type: 'INVALID_CURSOR_ARGUMENTS', message: '`abc` does not appear to be a valid cursor.' }]);
  });
});

describe('what does not exist, or is not seen', () => {
  test.each([
    ['repository(owner: "acme", name: "none") { id }', 'repository', "Could not resolve to a Repository with the name 'acme/none'."],
    ['organization(login: "nobody") { id }', 'organization', "Could not resolve to an Organization with the login of 'nobody'."],
    ['node(id: "R_none") { id }', 'node', "Could not resolve to a node with the global id of 'R_none'."],
  ])('is null and said: %s', async (field, name, message) => {
    const { data, errors } = await ask(`{ ${field} }`);

    expect(data).toEqual({ [name]: null });
    expect(errors).toMatchObject([{ type: 'NOT_FOUND', path: [name], message }]);
  });

  test('leaves the rest of the answer whole', async () => {
    const repository = world.repositories(NOW)[0]!.nodeId;

    const { data, errors } = await ask('query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: ['gone', repository] });

    expect(data.nodes).toEqual([null, { id: repository }]);
    expect(errors).toMatchObject([{ type: 'NOT_FOUND', path: ['nodes', 0] }]);
  });

  test('a pull request that has no such number', async () => {
    const { data, errors } = await ask('{ repository(owner: "acme", name: "app") { pullRequest(number: 99) { id } } }');

    expect(data).toEqual({ repository: { pullRequest: null } });
    expect(errors).toMatchObject([{ type: 'NOT_FOUND', message: 'Could not resolve to a PullRequest with the number of 99.' }]);
  });
});

describe('what the fake does not know', () => {
  test('is noted rather than answered with a null that looks like GitHub’s', async () => {
    const { data, errors, refusals } = await ask(inPulls('nodes { viewerLatestReview { id } }', 'pullRequests(first: 1)'));

    expect(data.repository.pullRequests.nodes).toEqual([{ viewerLatestReview: null }]);
    expect(errors).toEqual([]);
    expect(refusals).toEqual([expect.stringContaining('PullRequest.viewerLatestReview')]);
  });

  test('is noted of arguments that it would have to ignore', async () => {
    const { refusals } = await ask(inPulls('totalCount', 'pullRequests(first: 1, headRefName: "x")'));

    expect(refusals).toEqual([expect.stringContaining('headRefName')]);
  });

  test('is a constant where the schema requires a value', async () => {
    const { data, refusals } = await ask(inPulls('nodes { body viewerCanUpdate authorAssociation assignees(first: 1) { totalCount } }', 'pullRequests(first: 1)'));

    expect(data.repository.pullRequests.nodes).toEqual([{ body: '', viewerCanUpdate: false, authorAssociation: expect.any(String), assignees: { totalCount: 0 } }]);
    expect(refusals).toEqual([]);
  });
});

test('a dry run prices a query and runs nothing of it', async () => {
  const query = '{ rateLimit(dryRun: true) { cost nodeCount } search(type: ISSUE, query: "repo:acme/none", first: 100) { issueCount } }';

  const { data, errors } = await ask(query);

  expect(errors).toEqual([]);
  expect(data).toEqual({ rateLimit: { cost: 1, nodeCount: 100 } });
});
