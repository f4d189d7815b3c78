import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { standingClock } from '#src/core/clock.ts';
import { startFakeGitHub, type FakeGitHub } from '#test/support/fake-github/fake-github.ts';
import { GUI_ID, guiWorld } from '#test/support/fake-github/gui-world.ts';
import { nodeId } from '#test/support/fake-github/node-ids.ts';
import type { RecordedAccount, RecordedEvent, RecordedPull } from '#test/support/fake-github/recorded-pull.ts';
import { restProblems } from '#test/support/fake-github/rest-schemas.ts';
import type { World } from '#test/support/fake-github/world.ts';

const NOW = Date.UTC(2026, 1, 2, 9);
const RENAMED_AT = Date.UTC(2026, 0, 10);

const [ada, grace, lin] = ['ada', 'grace', 'lin'].map((login, index): RecordedAccount => ({ login, id: index + 1, type: 'User' })) as [RecordedAccount, RecordedAccount, RecordedAccount];

function minute(n: number): string {
  return new Date(Date.UTC(2026, 0, 5, 9, n)).toISOString().replace('.000Z', 'Z');
}

/** More commits than their list shows, more comments than fit on a page, and an author who has left. */
const LARGE: RecordedPull = {
  kind: 'pr',
  number: 1,
  id: 501,
  user: null,
  state: 'open',
  created_at: minute(0),
  updated_at: minute(200),
  events: [
    ...Array.from({ length: 260 }, (_, n): RecordedEvent => ({ event: 'committed', sha: n.toString(16).padStart(40, '0'), author_date: minute(0), committer_date: minute(0) })),
    ...Array.from({ length: 101 }, (_, n): RecordedEvent => ({ event: 'commented', id: 9_000 + n, created_at: minute(n + 1), user: n % 2 === 0 ? ada : null })),
    { event: 'review_requested', created_at: minute(150), actor: ada, requested_team: 'core' },
    { event: 'unassigned', created_at: minute(151), actor: ada, assignee: 'grace' },
    { event: 'assigned', created_at: minute(152), actor: ada, assignee: grace },
    { event: 'cross-referenced', created_at: minute(153), actor: lin },
    { event: 'added_to_merge_queue', created_at: minute(154), actor: lin },
  ],
  review_comment_list: [{ id: 77, created_at: minute(30), user: null }],
};

function aWorld(): World {
  const core = { id: 7, slug: 'core', name: 'Core', parentSlug: null, privacy: 'closed' as const, members: [{ account: ada, role: 'maintainer' as const }], repositories: [{ repositoryId: GUI_ID, permission: 'maintain' as const }] };
  const below = { ...core, id: 8, slug: 'below', name: 'Below', parentSlug: 'core', members: [{ account: lin, role: 'member' as const }], repositories: [] };
  const world = guiWorld({
    repositories: [
      { fullName: 'bitcoin-core/early', id: 300, pulls: [LARGE] },
      { fullName: 'elsewhere/secret', id: 400, isPrivate: true },
    ],
    organizations: [{ login: 'bitcoin-core', members: [{ account: ada, role: 'admin' }, { account: grace, role: 'member' }, { account: lin, role: 'member' }], teams: [core, below] }],
  });
  world.rename('bitcoin-core/early', 'bitcoin-core/late', RENAMED_AT);
  return world;
}

const world = aWorld();
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
/** Asked by whoever may see everything, and by installations of the App. */
let fake: FakeGitHub;
let installed: FakeGitHub;

beforeAll(async () => {
  fake = await startFakeGitHub({ world, clock: standingClock(NOW) });
  installed = await startFakeGitHub({ world, clock: standingClock(NOW), credentials: { appKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }, limits: {} });
});

afterAll(async () => {
  await Promise.all([fake.close(), installed.close()]);
});

/** Of an installation: exchanged for the App's signed word. */
async function bearer(installationId: string): Promise<Record<string, string>> {
  const signed = [{ alg: 'RS256', typ: 'JWT' }, { iat: NOW / 1000 - 60, exp: NOW / 1000 + 300, iss: world.app.id }].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const jwt = `${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url')}`;
  const response = await fetch(`${installed.url}/app/installations/${installationId}/access_tokens`, { method: 'POST', headers: { authorization: `bearer ${jwt}` } });
  const { token } = JSON.parse(await response.text());
  return { authorization: `bearer ${token}` };
}

/** JSON as it came. */
type Body = ReturnType<typeof JSON.parse>;

interface Answered {
  readonly status: number;
  readonly body: Body;
  readonly link: string;
  readonly location: string | null;
}

async function ask(path: string, on = fake, headers: Record<string, string> = {}): Promise<Answered> {
  const response = await fetch(path.startsWith('http') ? path : `${on.url}${path}`, { redirect: 'manual', headers });
  return { status: response.status, body: JSON.parse(await response.text()), link: response.headers.get('link') ?? '', location: response.headers.get('location') };
}

/** The address of one relation in a `Link` header. */
function linkTo(relation: string, { link }: Answered): string | undefined {
  return new RegExp(`<([^>]+)>; rel="${relation}"`).exec(link)?.[1];
}

async function everyPage(path: string): Promise<Body[]> {
  const all: unknown[] = [];
  for (let next: string | undefined = path; next !== undefined; ) {
    const answer: Answered = await ask(next);
    all.push(...answer.body);
    next = linkTo('next', answer);
  }
  return all;
}

const GUI = '/repos/bitcoin-core/gui';
const LATE = '/repos/bitcoin-core/late';

describe('what REST answers is what GitHub describes', () => {
  test.each([
    ['GET /app', '/app'],
    ['GET /app/installations/{installation_id}', '/app/installations/50000001'],
    ['GET /repos/{owner}/{repo}', GUI],
    // The description lacks the address by id; what stands there is the same.
    ['GET /repos/{owner}/{repo}', `/repositories/${String(GUI_ID)}`],
    ['GET /repos/{owner}/{repo}/pulls', `${GUI}/pulls?state=all&per_page=100`],
    ['GET /repos/{owner}/{repo}/pulls', `${LATE}/pulls`],
    ['GET /repos/{owner}/{repo}/pulls/{pull_number}', `${GUI}/pulls/119`],
    ['GET /repos/{owner}/{repo}/pulls/{pull_number}', `${LATE}/pulls/1`],
    ['GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews', `${GUI}/pulls/119/reviews`],
    ['GET /repos/{owner}/{repo}/pulls/{pull_number}/comments', `${GUI}/pulls/119/comments`],
    ['GET /repos/{owner}/{repo}/pulls/{pull_number}/comments', `${LATE}/pulls/1/comments`],
    ['GET /repos/{owner}/{repo}/pulls/{pull_number}/commits', `${GUI}/pulls/119/commits`],
    ['GET /repos/{owner}/{repo}/issues/{issue_number}/comments', `${GUI}/issues/119/comments`],
    ['GET /repos/{owner}/{repo}/issues/{issue_number}/comments', `${LATE}/issues/1/comments`],
    ['GET /orgs/{org}', '/orgs/bitcoin-core'],
    ['GET /orgs/{org}/members', '/orgs/bitcoin-core/members'],
    ['GET /orgs/{org}/teams', '/orgs/bitcoin-core/teams'],
    ['GET /orgs/{org}/teams/{team_slug}', '/orgs/bitcoin-core/teams/below'],
    ['GET /orgs/{org}/teams/{team_slug}/members', '/orgs/bitcoin-core/teams/core/members'],
    ['GET /orgs/{org}/teams/{team_slug}/repos', '/orgs/bitcoin-core/teams/core/repos'],
    // What the description says of anybody holds for oneself.
    ['GET /users/{username}', '/user'],
  ])('%s (%s)', async (route, path) => {
    const { status, body } = await ask(path);

    expect(status).toBe(200);
    expect(Array.isArray(body) ? body.length : 1).toBeGreaterThan(0);
    expect(restProblems(route, body)).toEqual([]);
  });

  test('GET /app/installations', async () => {
    const installations = await everyPage('/app/installations');

    expect(installations.map(({ account }) => account.login)).toEqual(['bitcoin-core', 'elsewhere']);
    // The description of the list wants each account to be a person and an enterprise at once; that of a single one does not.
    for (const installation of installations) expect(restProblems('GET /app/installations/{installation_id}', installation)).toEqual([]);
  });

  test('GET /installation/repositories', async () => {
    const { body, status } = await ask('/installation/repositories?per_page=1', installed, await bearer('50000001'));

    expect([status, body.total_count]).toEqual([200, 2]);
    expect(body.repositories.map(({ full_name }: { full_name: string }) => full_name)).toEqual(['bitcoin-core/gui']);
    expect(restProblems('GET /installation/repositories', body)).toEqual([]);
  });

  test('GET /rate_limit, where limits are kept', async () => {
    const [kept, none] = [await ask('/rate_limit', installed, await bearer('50000001')), await ask('/rate_limit')];

    expect(restProblems('GET /rate_limit', kept.body)).toEqual([]);
    expect([none.status, none.body.message]).toEqual([404, 'Rate limiting is not enabled.']);
  });

  test('the timeline, with every kind of event that the recording has and more', async () => {
    const example = new Map<string, number>();
    for (const { number, events } of world.pulls(GUI_ID)) for (const { event } of events) if (!example.has(event)) example.set(event, number);
    const paths = [...new Set(example.values())].map((number) => `${GUI}/issues/${String(number)}/timeline?per_page=100`).concat(`${LATE}/issues/1/timeline?per_page=100`);

    const timelines = await Promise.all(paths.map(everyPage));

    for (const timeline of timelines) expect(restProblems('GET /repos/{owner}/{repo}/issues/{issue_number}/timeline', timeline)).toEqual([]);
    const kinds = new Set(timelines.flat().map(({ event }) => event));
    expect([...example.keys(), 'unassigned', 'cross-referenced', 'added_to_merge_queue'].filter((kind) => !kinds.has(kind))).toEqual([]);
  });
});

describe('what REST tells', () => {
  test('is what GraphQL tells, under the same ids', async () => {
    const query = `{ repository(owner: "bitcoin-core", name: "gui") { id pullRequest(number: 119) { id title state reviews(first: 100) { nodes { id databaseId state } } comments(first: 100) { nodes { databaseId } } } } organization(login: "bitcoin-core") { id team(slug: "core") { id } membersWithRole(first: 9) { nodes { id login } } } }`;
    const response = await fetch(`${fake.url}/graphql`, { method: 'POST', body: JSON.stringify({ query }) });
    const { repository, organization } = JSON.parse(await response.text()).data;

    const [pull, reviews, comments, team, members] = await Promise.all([ask(`${GUI}/pulls/119`), everyPage(`${GUI}/pulls/119/reviews`), everyPage(`${GUI}/issues/119/comments`), ask('/orgs/bitcoin-core/teams/core'), everyPage('/orgs/bitcoin-core/members')]);

    expect([pull.body.node_id, pull.body.base.repo.node_id, pull.body.title]).toEqual([repository.pullRequest.id, repository.id, repository.pullRequest.title]);
    expect(reviews.map(({ id, node_id, state }) => ({ id: node_id, databaseId: id, state }))).toEqual(repository.pullRequest.reviews.nodes);
    expect(comments.map(({ id }) => id)).toEqual(repository.pullRequest.comments.nodes.map(({ databaseId }: { databaseId: number }) => databaseId));
    expect([team.body.node_id, team.body.organization.node_id]).toEqual([organization.team.id, organization.id]);
    expect(members.map(({ node_id, login }) => ({ id: node_id, login }))).toEqual(organization.membersWithRole.nodes);
  });

  test('holds at the time of the question', async () => {
    const before = await startFakeGitHub({ world, clock: standingClock(Date.parse(minute(10))) });

    const [pull, comments, late] = [await ask('/repos/bitcoin-core/early/pulls/1', before), await ask('/repos/bitcoin-core/early/issues/1/comments', before), await ask(LATE, before)];
    await before.close();

    expect(pull.body).toMatchObject({ updated_at: minute(10), comments: 10, requested_teams: [], user: { login: 'ghost' } });
    expect(comments.body.map(({ id }: { id: number }) => id)).toEqual(Array.from({ length: 10 }, (_, n) => 9_000 + n));
    expect(late.status).toBe(404);
  });

  test('lists open pull requests, newest first, unless others are asked for', async () => {
    const open = await everyPage(`${GUI}/pulls?per_page=100`);
    const closed = await everyPage(`${GUI}/pulls?state=closed&sort=updated&direction=asc&per_page=100`);
    const all = await everyPage(`${GUI}/pulls?state=all&sort=updated&direction=desc&per_page=100`);

    expect(open.every(({ state }) => state === 'open')).toBe(true);
    expect(open.map(({ created_at }) => created_at)).toEqual(open.map(({ created_at }) => created_at).sort().reverse());
    expect(closed.map(({ updated_at }) => updated_at)).toEqual(closed.map(({ updated_at }) => updated_at).sort());
    expect(all.map(({ number }) => number).sort((a, b) => a - b)).toEqual(world.entries(GUI_ID, NOW).map(({ number }) => number));
    expect(open.length + closed.length).toBe(all.length);
  });

  test('shows at most 250 commits of a pull request', async () => {
    const [pull, commits] = [await ask(`${LATE}/pulls/1`), await everyPage(`${LATE}/pulls/1/commits?per_page=100`)];

    expect([pull.body.commits, commits.length]).toEqual([260, 250]);
  });

  test('counts those of child teams among the members of a team, and says what each role is', async () => {
    const members = await everyPage('/orgs/bitcoin-core/teams/core/members');
    const [admins, maintainers] = [await everyPage('/orgs/bitcoin-core/members?role=admin'), await everyPage('/orgs/bitcoin-core/teams/core/members?role=maintainer')];
    const [repository] = await everyPage('/orgs/bitcoin-core/teams/core/repos');

    expect(members.map(({ login, role }) => [login, role])).toEqual([['lin', 'member'], ['ada', 'maintainer']]);
    expect([admins, maintainers].map((list) => list.map(({ login }) => login))).toEqual([['ada'], ['ada']]);
    expect(repository).toMatchObject({ full_name: 'bitcoin-core/gui', role_name: 'maintain', permissions: { pull: true, maintain: true, admin: false } });
  });

  test('leaves out comments that were not changed since', async () => {
    const { body } = await ask(`${LATE}/issues/1/comments?since=${minute(99)}`);

    expect(body.map(({ id }: { id: number }) => id)).toEqual([9_098, 9_099, 9_100]);
  });
});

describe('a timeline', () => {
  /** What is said of the first event of a kind, of all pull requests that have one. */
  async function first(kind: string): Promise<{ readonly told: Body; readonly recorded: RecordedEvent }> {
    for (const { number, events } of world.pulls(GUI_ID)) {
      const recorded = events.find(({ event }) => event === kind);
      if (recorded === undefined) continue;
      const timeline = await everyPage(`${GUI}/issues/${String(number)}/timeline?per_page=100`);
      return { told: timeline.find(({ event }) => event === kind), recorded };
    }
    throw new Error(`There is no ${kind}.`);
  }

  test.each([
    ['labeled', ({ label }: RecordedEvent) => ({ label: { name: label } })],
    ['milestoned', ({ milestone }: RecordedEvent) => ({ milestone: { title: milestone } })],
    ['review_requested', ({ requested_reviewer: login, actor }: RecordedEvent) => ({ requested_reviewer: { login }, review_requester: { login: actor?.login } })],
    ['review_request_removed', ({ requested_reviewer: login }: RecordedEvent) => ({ requested_reviewer: { login } })],
    ['review_dismissed', ({ dismissed_review: review }: RecordedEvent) => ({ dismissed_review: { review_id: review?.review_id, state: review?.state?.toLowerCase() } })],
    ['locked', ({ lock_reason: reason = null }: RecordedEvent) => ({ lock_reason: reason })],
    ['assigned', ({ assignee: login }: RecordedEvent) => ({ assignee: { login } })],
    ['merged', ({ commit_id: id }: RecordedEvent) => ({ commit_id: id })],
    ['commented', ({ id, user }: RecordedEvent) => ({ id, user: { login: user?.login } })],
    ['reviewed', ({ id, state, submitted_at: at }: RecordedEvent) => ({ id, state: state?.toLowerCase(), submitted_at: at })],
    ['committed', ({ sha, author_date: authored, committer_date: committed }: RecordedEvent) => ({ sha, author: { date: authored }, committer: { date: committed } })],
  ])('says of %s what it is about', async (kind, about) => {
    const { told, recorded } = await first(kind);

    expect(told).toMatchObject({ event: kind, ...about(recorded) });
  });

  test('names a team that is asked', async () => {
    const timeline = await everyPage(`${LATE}/issues/1/timeline?per_page=100`);

    expect(timeline.find(({ event }) => event === 'review_requested')).toMatchObject({ requested_team: { slug: 'core', id: 7 }, review_requester: { login: 'ada' } });
  });
});

describe('pages', () => {
  const COMMENTS = `${LATE}/issues/1/comments`;

  test('hold 30 unless more are asked for, and 100 at most', async () => {
    const sizes = await Promise.all(['', '?per_page=7', '?per_page=1000', '?per_page=0'].map(async (query) => (await ask(`${COMMENTS}${query}`)).body.length));

    expect(sizes).toEqual([30, 7, 100, 30]);
  });

  test('lead to each other', async () => {
    const first = await ask(`${COMMENTS}?per_page=40`);
    const second = await ask(linkTo('next', first) ?? '');
    const last = await ask(linkTo('last', first) ?? '');

    const url = (page: number): string => `${fake.url}${COMMENTS}?per_page=40&page=${String(page)}`;
    const relations = (answer: Answered): unknown => ['prev', 'next', 'last', 'first'].map((relation) => linkTo(relation, answer));
    expect(relations(first)).toEqual([undefined, url(2), url(3), undefined]);
    expect(relations(second)).toEqual([url(1), url(3), url(3), url(1)]);
    expect(relations(last)).toEqual([url(2), undefined, undefined, url(1)]);
    expect([first, second, last].flatMap(({ body }) => body.map(({ id }: { id: number }) => id))).toEqual(Array.from({ length: 101 }, (_, n) => 9_000 + n));
  });

  test('behind the last one are empty, and one that is alone leads nowhere', async () => {
    const [behind, alone] = [await ask(`${COMMENTS}?page=9`), await ask('/orgs/bitcoin-core/teams')];

    expect([behind.body, linkTo('prev', behind)]).toEqual([[], `${fake.url}${COMMENTS}?page=4`]);
    expect(alone.link).toBe('');
  });

  test('of an Enterprise Server stay below its root', async () => {
    const first = await ask(`/api/v3${COMMENTS}`);

    expect(linkTo('next', first)).toBe(`${fake.url}/api/v3${COMMENTS}?page=2`);
    expect((await ask(linkTo('next', first) ?? '')).body).toHaveLength(30);
  });
});

describe('what is not there', () => {
  test('under an earlier name stands under the id', async () => {
    const moved = await ask('/repos/bitcoin-core/early/issues/1/comments?per_page=5');
    const there = await ask(moved.location ?? '');

    expect([moved.status, moved.location]).toEqual([301, `${fake.url}/repositories/300/issues/1/comments?per_page=5`]);
    expect(moved.body).toMatchObject({ message: 'Moved Permanently', url: moved.location });
    expect(there.body).toHaveLength(5);
  });

  test.each(['/repos/bitcoin-core/none', '/repositories/9', `${GUI}/pulls/99999`, '/orgs/nobody', '/orgs/bitcoin-core/teams/none', '/app/installations/9', '/orgs/nobody/members'])('is not found (%s)', async (path) => {
    const { status, body } = await ask(path);

    expect([status, body]).toEqual([404, { message: 'Not Found', documentation_url: 'https://docs.github.com/rest', status: '404' }]);
  });

  test.each([
    ['a repository', '/repos/elsewhere/secret', 404],
    ['by its id', '/repositories/400', 404],
    ['who is in an organisation', '/orgs/elsewhere/members', 403],
    ['a person', '/user', 403],
  ])('for an installation of another account is %s', async (_, path, status) => {
    const [foreign, own] = [await ask(path, installed, await bearer('50000001')), await ask(path.replace('/orgs/elsewhere', '/orgs/bitcoin-core'))];

    expect([foreign.status, own.status]).toEqual([status, 200]);
  });

  test('is nobody’s without the permission, by name and by id', async () => {
    world.grant('50000002', { permissions: { metadata: 'read' } }, NOW);

    const answers = [await ask('/repos/elsewhere/secret', installed, await bearer('50000002')), await ask('/repos/elsewhere/secret/pulls', installed, await bearer('50000002')), await ask('/repositories/400/pulls', installed, await bearer('50000002'))];

    expect(answers.map(({ status }) => status)).toEqual([200, 403, 403]);
  });

  test.each(['/repos/bitcoin-core/gui/hooks', `${GUI}/pulls?head=ada:topic`, `${GUI}/pulls?state=all&sort=popularity`])('in the fake is told, so that a test fails (%s)', async (path) => {
    const own = await startFakeGitHub({ world, clock: standingClock(NOW) });

    await ask(path, own);

    await expect(own.close()).rejects.toThrow('was asked what it does not know');
  });
});

test('every route of the fake was asked for', () => {
  const unused = fake.unusedRoutes().filter((route) => installed.unusedRoutes().includes(route));

  expect(unused).toEqual([]);
});

test('node ids of accounts name the account', async () => {
  const { body } = await ask('/user');

  expect(body.node_id).toBe(nodeId('U', body.id));
});
