import { createSign, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { standingClock } from '#src/core/clock.ts';
import { aCall, aQueryCall, ask } from '#test/support/fake-github/a-call.ts';
import { buildWorld } from '#test/support/fake-github/build-world.ts';
import { credentials } from '#test/support/fake-github/credentials.ts';
import { json, type FakeAnswer, type FakeCall, type Middleware } from '#test/support/fake-github/hooks.ts';
import { restProblems } from '#test/support/fake-github/rest-schemas.ts';
import type { World } from '#test/support/fake-github/world.ts';

const NOON = Date.UTC(2026, 0, 5, 12);
const NOON_SECONDS = NOON / 1000;

function keyPair(): { readonly privateKey: string; readonly publicKey: string } {
  return generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
}

const APP_KEYS = keyPair();

function jwt(claims: Record<string, unknown> = {}, { key = APP_KEYS.privateKey, alg = 'RS256' } = {}): string {
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${encode({ alg, typ: 'JWT' })}.${encode({ iat: NOON_SECONDS - 30, exp: NOON_SECONDS + 570, iss: '4711', ...claims })}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key, 'base64url')}`;
}

function makeLayer(world: World = buildWorld({ repositories: [{ fullName: 'acme/widgets', createdAt: 0 }] })): { readonly layer: Middleware; readonly world: World; readonly installationId: string } {
  const layer = credentials({ world, clock: standingClock(NOON) }, { appKey: APP_KEYS.privateKey, personalTokens: ['ghp_known'] });
  return { layer, world, installationId: world.installations(NOON)[0]?.id ?? '' };
}

function withToken(token: string | null, more: Partial<FakeCall> = {}): FakeCall {
  return aCall({ at: NOON, headers: token === null ? {} : { authorization: `Bearer ${token}` }, caller: { kind: 'anonymous' }, ...more });
}

const APP = { path: '/app', name: 'GET /app' };

function tokenCall(installationId: string, more: Partial<FakeCall> = {}): FakeCall {
  return withToken(jwt(), { method: 'POST', path: `/app/installations/${installationId}/access_tokens`, name: 'POST /app/installations/{installation_id}/access_tokens', ...more });
}

async function installationToken(layer: Middleware, installationId: string): Promise<string> {
  return JSON.parse((await ask(layer, tokenCall(installationId))).body).token;
}

function messageOf(answer: FakeAnswer): string {
  return `${String(answer.status)} ${JSON.parse(answer.body).message}`;
}

const whoAsks = (call: FakeCall): Promise<FakeAnswer> => Promise.resolve(json(call.caller));

describe('the App’s signed token', () => {
  test('is good with the right key, clock and id, the id as text or number', async () => {
    const { layer } = makeLayer();

    const answers = [await ask(layer, withToken(jwt(), APP), whoAsks), await ask(layer, withToken(jwt({ iss: 4711 }), APP), whoAsks)];

    expect(answers.map(({ body }) => JSON.parse(body))).toEqual([{ kind: 'app' }, { kind: 'app' }]);
  });

  test.each([
    ['signed with another key', jwt({}, { key: keyPair().privateKey }), '401 A JSON web token could not be decoded'],
    ['that names another algorithm', jwt({}, { alg: 'HS256' }), '401 A JSON web token could not be decoded'],
    ['with a claim changed', jwt().replace(/\.[^.]+\./, `.${Buffer.from(JSON.stringify({ iat: NOON_SECONDS, exp: NOON_SECONDS + 60, iss: '1' })).toString('base64url')}.`), '401 A JSON web token could not be decoded'],
    ['that is none', 'one.two.three', '401 A JSON web token could not be decoded'],
    ['issued after now', jwt({ iat: NOON_SECONDS + 1 }), "401 'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued"],
    ['that has ended', jwt({ exp: NOON_SECONDS }), "401 'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires"],
    ['that lives over ten minutes', jwt({ exp: NOON_SECONDS + 601 }), "401 'Expiration time' claim ('exp') is too far in the future"],
    ['of an App that is not there', jwt({ iss: '4712' }), '404 Integration not found'],
  ])('%s is refused', async (_, token, refusal) => {
    const { layer } = makeLayer();

    expect(messageOf(await ask(layer, withToken(token, APP)))).toBe(refusal);
  });

  test('of exactly ten minutes, issued this second, is good', async () => {
    const { layer } = makeLayer();

    expect((await ask(layer, withToken(jwt({ iat: NOON_SECONDS, exp: NOON_SECONDS + 600 }), APP))).status).toBe(200);
  });

  test('is for the App’s own routes alone', async () => {
    const { layer } = makeLayer();

    expect(messageOf(await ask(layer, withToken(jwt())))).toBe('401 Bad credentials');
    expect((await ask(layer, withToken(jwt(), { path: '/orgs/acme/installation', name: 'GET /orgs/{org}/installation' }))).status).toBe(200);
  });
});

describe('an installation’s token', () => {
  test('is given for the App’s own, says what it may, and lives an hour to the second', async () => {
    const { layer, installationId } = makeLayer();

    const given = await ask(layer, tokenCall(installationId));
    const { token, expires_at: expiresAt, permissions } = JSON.parse(given.body);
    const asked = (at: number): Promise<FakeAnswer> => ask(layer, withToken(token, { at }), whoAsks);

    expect(given.status).toBe(201);
    expect(restProblems('POST /app/installations/{installation_id}/access_tokens', JSON.parse(given.body))).toEqual([]);
    expect(permissions).toMatchObject({ pull_requests: 'read' });
    expect(expiresAt).toBe('2026-01-05T13:00:00Z');
    expect(JSON.parse((await asked(NOON + 3_600_000 - 1)).body)).toEqual({ kind: 'installation', installationId });
    expect(messageOf(await asked(NOON + 3_600_000))).toBe('401 Bad credentials');
  });

  test('is another each time, and the older one stays good', async () => {
    const { layer, installationId } = makeLayer();

    const [first, second] = [await installationToken(layer, installationId), await installationToken(layer, installationId)];

    expect(first).not.toBe(second);
    expect((await ask(layer, withToken(first))).status).toBe(200);
  });

  test('is refused at the App’s own routes, and so is a personal one', async () => {
    const { layer, installationId } = makeLayer();
    const token = await installationToken(layer, installationId);

    expect(messageOf(await ask(layer, withToken(token, APP)))).toBe('401 A JSON web token could not be decoded');
    expect(messageOf(await ask(layer, withToken('ghp_known', APP)))).toBe('401 A JSON web token could not be decoded');
  });

  test('can be had with fewer permissions, not with more', async () => {
    const { layer, installationId } = makeLayer();
    const asking = (permissions: object): Promise<FakeAnswer> => ask(layer, tokenCall(installationId, { body: JSON.stringify({ permissions }) }));

    expect(JSON.parse((await asking({ metadata: 'read' })).body).permissions).toEqual({ metadata: 'read' });
    expect(messageOf(await asking({ metadata: 'write' }))).toBe('422 The permissions requested are not granted to this installation.');
    expect((await asking({ actions: 'read' })).status).toBe(422);
  });

  test('of a suspended installation is refused, and none is given, until it is taken up again', async () => {
    const { layer, world, installationId } = makeLayer();
    const token = await installationToken(layer, installationId);
    world.suspendInstallation(installationId, NOON + 1_000);
    world.unsuspendInstallation(installationId, NOON + 3_000);
    const at = NOON + 2_000;

    expect(messageOf(await ask(layer, withToken(token, { at })))).toBe('403 This installation has been suspended');
    expect(messageOf(await ask(layer, aQueryCall('{ viewer { login } }', { at, headers: { authorization: `token ${token}` } })))).toBe('403 This installation has been suspended');
    expect(messageOf(await ask(layer, tokenCall(installationId, { at })))).toBe('403 This installation has been suspended');
    expect((await ask(layer, withToken(token, { at: NOON + 3_000 }))).status).toBe(200);
  });

  test('of a removed installation is no credential any more, and none is given', async () => {
    const { layer, world, installationId } = makeLayer();
    const token = await installationToken(layer, installationId);
    world.uninstall(installationId, NOON + 1_000);

    expect(messageOf(await ask(layer, withToken(token, { at: NOON + 1_000 })))).toBe('401 Bad credentials');
    expect(messageOf(await ask(layer, tokenCall(installationId, { at: NOON + 1_000 })))).toBe('404 Not Found');
  });
});

describe('who has no good credential', () => {
  test('is refused: with none, with an unknown one', async () => {
    const { layer } = makeLayer();

    expect(messageOf(await ask(layer, withToken(null)))).toBe('401 Requires authentication');
    expect(messageOf(await ask(layer, withToken('ghs_never')))).toBe('401 Bad credentials');
    expect(messageOf(await ask(layer, aQueryCall('{ viewer { login } }', { headers: {} })))).toBe('401 This endpoint requires you to be authenticated.');
  });

  test('while a personal token that is known sees as a token', async () => {
    const { layer } = makeLayer();

    expect(JSON.parse((await ask(layer, withToken('ghp_known'), whoAsks)).body)).toEqual({ kind: 'token' });
  });
});

describe('a permission that is not granted', () => {
  async function without(permission: string): Promise<{ readonly layer: Middleware; readonly token: string }> {
    const { layer, world, installationId } = makeLayer();
    const { [permission]: _, ...permissions } = world.app.permissions;
    const token = await installationToken(layer, installationId);
    world.grant(installationId, { permissions }, NOON);
    return { layer, token };
  }

  test('makes REST answer 403 and name what would be enough', async () => {
    const { layer, token } = await without('pull_requests');
    const pulls = { path: '/repos/acme/widgets/pulls', name: 'GET /repos/{owner}/{repo}/pulls' };

    const answer = await ask(layer, withToken(token, pulls));

    expect(messageOf(answer)).toBe('403 Resource not accessible by integration');
    expect(answer.headers['x-accepted-github-permissions']).toBe('pull_requests=read');
    expect((await ask(layer, withToken(token))).status).toBe(200);
    expect((await ask((await without('members')).layer, withToken('ghp_known', pulls))).status).toBe(200);
  });

  test('makes GraphQL give null there, and a FORBIDDEN error under 200', async () => {
    const { layer, token } = await without('pull_requests');
    const query = '{ rateLimit { cost } repository(owner: "o", name: "r") { id pulls: pullRequests(first: 1) { ...Pulls } } other: repository(owner: "o", name: "s") { id } } fragment Pulls on PullRequestConnection { totalCount }';

    const answer = await ask(layer, aQueryCall(query, { at: NOON, headers: { authorization: `bearer ${token}` } }), json({ data: { rateLimit: { cost: 1 }, repository: { id: 'R_1', pulls: { totalCount: 3 } }, other: { id: 'R_2' } } }));

    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({
      data: { rateLimit: { cost: 1 }, repository: null, other: { id: 'R_2' } },
      errors: [{ type: 'FORBIDDEN', path: ['repository', 'pulls'], extensions: { saml_failure: false }, message: 'Resource not accessible by integration' }],
    });
  });

  test('takes out each of several that are asked for by id, and leaves a team that is asked for a review', async () => {
    const pulls = await without('pull_requests');
    const members = await without('members');
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on PullRequest { id reviewRequests(first: 1) { nodes { requestedReviewer { ... on Team { slug } } } } } } }';
    const data = { data: { nodes: [{ id: 'PR_1' }, { id: 'PR_2' }] } };
    const asked = ({ layer, token }: typeof pulls): Promise<FakeAnswer> => ask(layer, aQueryCall(query, { at: NOON, headers: { authorization: `bearer ${token}` } }), json(data));

    const answer = JSON.parse((await asked(pulls)).body);

    expect(answer.data).toEqual({ nodes: [null, null] });
    expect(answer.errors.map(({ path }: { path: unknown }) => path)).toEqual([['nodes', 0], ['nodes', 1]]);
    expect(JSON.parse((await asked(members)).body)).toEqual(data);
  });
});
