import { describe, expect, test } from '@jest/globals';
import { buildWorld } from '#test/support/fake-github/build-world.ts';
import type { RecordedAccount, RecordedPull } from '#test/support/fake-github/recorded-pull.ts';
import type { OrganizationState, World } from '#test/support/fake-github/world.ts';
import { askGraphQL, type Answered } from './ask-graphql.ts';

const NOW = Date.UTC(2026, 5, 1);
const ADA: RecordedAccount = { login: 'ada', id: 11, type: 'User' };
const BOT: RecordedAccount = { login: 'dependabot[bot]', id: 49699333, type: 'Bot' };
const GHOST: RecordedAccount = { login: 'ghost', id: 10137, type: 'User' };

function aPull(more: Partial<RecordedPull> = {}): RecordedPull {
  return { kind: 'pr', number: 7, id: 3_123_456_789, user: ADA, state: 'open', created_at: '2026-03-01T10:00:00Z', updated_at: '2026-03-02T10:00:00Z', events: [], ...more };
}

function worldWith(pull: Partial<RecordedPull>, organizations: readonly OrganizationState[] = []): World {
  return buildWorld({ repositories: [{ fullName: 'acme/app', id: 5, pulls: [aPull(pull)] }], organizations });
}

/** What is answered about the pull request 7. */
async function pullIn(world: World, selection: string): Promise<Answered> {
  const { data, errors, refusals } = await askGraphQL(world, NOW, `{ repository(owner: "acme", name: "app") { pullRequest(number: 7) { ${selection} } } }`);
  expect([errors, refusals]).toEqual([[], []]);
  return data.repository.pullRequest;
}

const ACTOR = '__typename login ... on User { databaseId } ... on Bot { databaseId }';

describe('accounts', () => {
  test('of bots are written without the suffix that REST gives them', async () => {
    const pull = await pullIn(worldWith({ user: BOT }), `author { ${ACTOR} }`);

    expect(pull.author).toEqual({ __typename: 'Bot', login: 'dependabot', databaseId: 49699333 });
  });

  test.each([['null', null], ['the login ghost', GHOST]])('that were deleted are null, where the recording has %s', async (_, user) => {
    const world = worldWith({
      user,
      events: [
        { event: 'commented', id: 1, created_at: '2026-03-01T11:00:00Z', user },
        { event: 'reviewed', id: 2, submitted_at: '2026-03-01T12:00:00Z', state: 'approved', user },
        { event: 'labeled', created_at: '2026-03-01T13:00:00Z', label: 'x', actor: user },
      ],
    });

    const pull = await pullIn(world, 'author { login } comments(first: 1) { nodes { author { login } } } reviews(first: 1) { nodes { author { login } } } timelineItems(first: 1, itemTypes: [LABELED_EVENT]) { nodes { ... on LabeledEvent { actor { login } } } }');

    expect(pull).toEqual({ author: null, comments: { nodes: [{ author: null }] }, reviews: { nodes: [{ author: null }] }, timelineItems: { nodes: [{ actor: null }] } });
  });

  test('that are asked for by login alone are those that the world has seen', async () => {
    const world = worldWith({ user: ADA, events: [{ event: 'review_requested', created_at: '2026-03-01T11:00:00Z', requested_reviewer: 'ada', actor: BOT }] });

    const pull = await pullIn(world, `timelineItems(first: 1) { nodes { ... on ReviewRequestedEvent { requestedReviewer { ... on Actor { ${ACTOR} } } } } }`);

    expect(pull.timelineItems.nodes[0].requestedReviewer).toEqual({ __typename: 'User', login: 'ada', databaseId: 11 });
  });
});

describe('ids', () => {
  test('may be larger than the Int that the schema says', async () => {
    const pull = await pullIn(worldWith({ events: [{ event: 'commented', id: 4_294_967_301, created_at: '2026-03-01T11:00:00Z', user: ADA }] }), 'databaseId fullDatabaseId comments(first: 1) { nodes { databaseId fullDatabaseId } }');

    expect(pull).toEqual({ databaseId: 3_123_456_789, fullDatabaseId: '3123456789', comments: { nodes: [{ databaseId: 4_294_967_301, fullDatabaseId: '4294967301' }] } });
  });

  test('of the database are refused of events: they have none', async () => {
    const { errors } = await askGraphQL(worldWith({}), NOW, '{ repository(owner: "acme", name: "app") { pullRequest(number: 7) { timelineItems(first: 1) { nodes { ... on ClosedEvent { databaseId } } } } } }');

    expect(errors).toMatchObject([{ message: "Field 'databaseId' doesn't exist on type 'ClosedEvent'" }]);
  });

  test('of nodes lead back to what they name', async () => {
    const world = worldWith({
      events: [
        { event: 'commented', id: 1, created_at: '2026-03-01T11:00:00Z', user: ADA },
        { event: 'reviewed', id: 2, submitted_at: '2026-03-01T12:00:00Z', state: 'commented', user: BOT },
      ],
      review_comment_list: [{ id: 3, created_at: '2026-03-01T11:30:00Z', user: BOT, pull_request_review_id: 2 }],
    });
    const pull = await pullIn(world, 'id repository { id } comments(first: 1) { nodes { id } } reviews(first: 1) { nodes { id } } reviewThreads(first: 1) { nodes { id comments(first: 1) { nodes { id } } } }');
    const thread = pull.reviewThreads.nodes[0];
    const ids = [pull.id, pull.repository.id, pull.comments.nodes[0].id, pull.reviews.nodes[0].id, thread.id, thread.comments.nodes[0].id];

    const { data } = await askGraphQL(world, NOW, 'query Q($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', { ids });

    expect(data.nodes).toEqual(['PullRequest', 'Repository', 'IssueComment', 'PullRequestReview', 'PullRequestReviewThread', 'PullRequestReviewComment'].map((__typename, index) => ({ __typename, id: ids[index] })));
  });
});

describe('a pull request', () => {
  test('shows the state that a dismissed review had, where it was dismissed', async () => {
    const world = worldWith({
      events: [
        { event: 'reviewed', id: 2, submitted_at: '2026-03-01T12:00:00Z', state: 'dismissed', user: BOT },
        { event: 'review_dismissed', created_at: '2026-03-01T13:00:00Z', actor: ADA, dismissed_review: { state: 'approved', review_id: 2 } },
      ],
    });

    const pull = await pullIn(world, 'reviews(first: 1) { nodes { state } } timelineItems(first: 1, itemTypes: [REVIEW_DISMISSED_EVENT]) { nodes { ... on ReviewDismissedEvent { previousReviewState review { fullDatabaseId state } } } }');

    expect(pull).toEqual({ reviews: { nodes: [{ state: 'DISMISSED' }] }, timelineItems: { nodes: [{ previousReviewState: 'APPROVED', review: { fullDatabaseId: '2', state: 'DISMISSED' } }] } });
  });

  test('names who merged it, and with which commit', async () => {
    const world = worldWith({
      state: 'closed',
      closed_at: '2026-03-02T10:00:00Z',
      merged_at: '2026-03-02T10:00:00Z',
      merge_commit_sha: 'f'.repeat(40),
      events: [{ event: 'merged', created_at: '2026-03-02T10:00:00Z', actor: ADA, commit_id: 'f'.repeat(40) }],
    });

    expect(await pullIn(world, 'state merged mergedBy { login } mergeCommit { oid } closedAt')).toEqual({ state: 'MERGED', merged: true, mergedBy: { login: 'ada' }, mergeCommit: { oid: 'f'.repeat(40) }, closedAt: '2026-03-02T10:00:00Z' });
  });

  test('puts answers on a line into the thread that they answer', async () => {
    const comment = (id: number, inReplyTo?: number): NonNullable<RecordedPull['review_comment_list']>[number] => ({ id, created_at: '2026-03-01T11:30:00Z', user: ADA, pull_request_review_id: null, ...(inReplyTo === undefined ? {} : { in_reply_to_id: inReplyTo }) });

    const pull = await pullIn(worldWith({ review_comment_list: [comment(3), comment(4), comment(5, 3)] }), 'reviewThreads(first: 9) { nodes { comments(first: 9) { nodes { fullDatabaseId replyTo { fullDatabaseId } } } } }');

    const threads = pull.reviewThreads.nodes.map((thread: Answered) => thread.comments.nodes.map((node: Answered) => [node.fullDatabaseId, node.replyTo?.fullDatabaseId ?? null]));
    expect(threads).toEqual([
      [['3', null], ['5', '3']],
      [['4', null]],
    ]);
  });

  test('lists who is asked and has not answered, persons and teams', async () => {
    const team = { id: 31, slug: 'core', name: 'Core', parentSlug: null, privacy: 'closed' as const, members: [], repositories: [] };
    const world = worldWith(
      {
        events: [
          { event: 'review_requested', created_at: '2026-03-01T11:00:00Z', requested_reviewer: ADA, actor: BOT },
          { event: 'review_requested', created_at: '2026-03-01T11:00:00Z', requested_reviewer: { login: 'bo', id: 12, type: 'User' }, actor: BOT },
          { event: 'review_requested', created_at: '2026-03-01T11:00:00Z', requested_team: { slug: 'core' }, actor: BOT },
          { event: 'reviewed', id: 2, submitted_at: '2026-03-01T12:00:00Z', state: 'commented', user: ADA },
        ],
      },
      [{ login: 'acme', members: [], teams: [team] }],
    );

    const pull = await pullIn(world, 'reviewRequests(first: 9) { nodes { requestedReviewer { ... on User { login } ... on Team { slug databaseId } } } }');

    expect(pull.reviewRequests.nodes.map((node: Answered) => node.requestedReviewer)).toEqual([{ login: 'bo' }, { slug: 'core', databaseId: 31 }]);
  });
});

describe('an organisation', () => {
  const member = (id: number): OrganizationState['members'][number] => ({ account: { login: `m${String(id)}`, id, type: 'User' }, role: id === 1 ? 'admin' : 'member' });
  const team = (id: number, slug: string, parentSlug: string | null, members: readonly number[]): OrganizationState['teams'][number] => ({
    id,
    slug,
    name: slug,
    parentSlug,
    privacy: 'closed',
    members: members.map((one) => ({ account: member(one).account, role: 'member' as const })),
    repositories: [{ repositoryId: 5, permission: 'maintain' as const }],
  });
  const acme: OrganizationState = { login: 'acme', members: [1, 2, 3].map(member), teams: [team(1, 'all', null, [1]), team(2, 'web', 'all', [2, 3])] };

  test('has members with their roles, and teams with members, repositories and parents', async () => {
    const { data } = await askGraphQL(worldWith({}, [acme]), NOW, '{ organization(login: "ACME") { membersWithRole(first: 9) { edges { role node { login } } } teams(first: 9) { nodes { slug parentTeam { slug } members(first: 9) { totalCount } own: members(first: 9, membership: IMMEDIATE) { nodes { login } } repositories(first: 9) { edges { permission node { nameWithOwner } } } } } } }');

    expect(data.organization.membersWithRole.edges).toEqual([{ role: 'ADMIN', node: { login: 'm1' } }, ...['m2', 'm3'].map((login) => ({ role: 'MEMBER', node: { login } }))]);
    const repositories = { edges: [{ permission: 'MAINTAIN', node: { nameWithOwner: 'acme/app' } }] };
    expect(data.organization.teams.nodes).toEqual([
      { slug: 'all', parentTeam: null, members: { totalCount: 3 }, own: { nodes: [{ login: 'm1' }] }, repositories },
      { slug: 'web', parentTeam: { slug: 'all' }, members: { totalCount: 2 }, own: { nodes: [{ login: 'm2' }, { login: 'm3' }] }, repositories },
    ]);
  });

  test('is as it was at the instant that is asked about', async () => {
    const world = worldWith({}, [acme]);
    world.putOrganization({ ...acme, members: [member(1)] }, NOW);
    const count = async (at: number): Promise<number> => (await askGraphQL(world, at, '{ organization(login: "acme") { membersWithRole(first: 1) { totalCount } } }')).data.organization.membersWithRole.totalCount;

    expect([await count(NOW - 1), await count(NOW)]).toEqual([3, 1]);
  });
});

describe('an installation', () => {
  const world = buildWorld({ repositories: ['acme/app', 'acme/lib', 'other/app'].map((fullName) => ({ fullName, pulls: [aPull()] })) });
  const [acme] = world.installations(NOW);
  const caller = { kind: 'installation', installationId: acme!.id } as const;

  test('sees its own repositories and no other, by name, by id, in lists and in searches', async () => {
    const other = world.repositoryNamed('other/app', NOW)!.repository;

    const { data, errors } = await askGraphQL(
      world,
      NOW,
      'query Q($id: ID!) { a: repository(owner: "acme", name: "app") { name } b: repository(owner: "other", name: "app") { name } node(id: $id) { id } repositoryOwner(login: "acme") { repositories(first: 9) { totalCount } } foreign: repositoryOwner(login: "other") { repositories(first: 9) { totalCount } } search(type: ISSUE, query: "is:pr", first: 9) { issueCount } }',
      { id: other.nodeId },
      caller,
    );

    expect(data).toEqual({ a: { name: 'app' }, b: null, node: null, repositoryOwner: { repositories: { totalCount: 2 } }, foreign: { repositories: { totalCount: 0 } }, search: { issueCount: 2 } });
    expect(errors.map(({ type, path }) => [type, path[0]])).toEqual([['NOT_FOUND', 'b'], ['NOT_FOUND', 'node']]);
  });
});

describe('a repository that was renamed', () => {
  test('answers to its earlier name, unless that is not wanted or another has it now', async () => {
    const world = buildWorld({ repositories: [{ fullName: 'acme/old', id: 5, pulls: [aPull()] }] });
    world.rename('acme/old', 'acme/new', NOW);
    const ask = async (at: number, more = ''): Promise<Answered> => (await askGraphQL(world, at, `{ repository(owner: "acme", name: "old"${more}) { databaseId nameWithOwner } }`)).data.repository;

    const seen = [await ask(NOW - 1), await ask(NOW), await ask(NOW, ', followRenames: false')];
    world.plantRepository({ fullName: 'acme/old', id: 6, createdAt: NOW + 1 });

    expect(seen).toEqual([{ databaseId: 5, nameWithOwner: 'acme/old' }, { databaseId: 5, nameWithOwner: 'acme/new' }, null]);
    expect(await ask(NOW + 1)).toEqual({ databaseId: 6, nameWithOwner: 'acme/old' });
  });
});
