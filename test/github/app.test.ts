import { verify } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import { endServers, failureOf, NUMBER_QUERY, PRIVATE_KEY, PUBLIC_KEY, question, START, withApp, type Answering } from './github-harness.ts';
import type { Received, Scripted } from './scripted-server.ts';

afterEach(endServers);

const HOUR = 3_600_000;

/** A server that gives tokens `t1`, `t2`, … for an hour each, and answers all else by `answer`. */
function givingTokens(answer: (request: Received, number: number) => Scripted): Answering {
  let given = 0;
  return (request, number, clock) => {
    if (!request.path.endsWith('/access_tokens')) return answer(request, number);
    given += 1;
    return { status: 201, body: { token: `ghs_secret_token_${given}`, expires_at: new Date(clock.now() + HOUR).toISOString(), permissions: {} } };
  };
}

function decoded(part: string | undefined): unknown {
  return JSON.parse(Buffer.from(part ?? '', 'base64url').toString());
}

const paths = (received: readonly Received[]): string[] => received.map(({ method, path }) => `${method} ${path}`);
const credentials = (received: readonly Received[]): (string | undefined)[] => received.filter(({ path }) => !path.endsWith('/access_tokens')).map(({ headers }) => headers['authorization']?.replace('ghs_secret_token_', ''));

describe('the App', () => {
  test('proves itself with a token signed by its key, which GitHub takes for ten minutes at most', async () => {
    const { github, server } = await withApp(() => ({ body: { id: 4711, slug: 'narrows', permissions: { pull_requests: 'read' }, events: ['push'] } }));

    const identity = await github.identity();

    const [header, claims, signature] = server.received[0]?.headers['authorization']?.replace('Bearer ', '').split('.') ?? [];
    expect(identity).toEqual({ id: '4711', slug: 'narrows', permissions: { pull_requests: 'read' }, events: ['push'] });
    expect(decoded(header)).toEqual({ alg: 'RS256', typ: 'JWT' });
    expect(decoded(claims)).toEqual({ iat: START / 1000 - 60, exp: START / 1000 + 540, iss: '4711' });
    expect(verify('RSA-SHA256', Buffer.from(`${header}.${claims}`), PUBLIC_KEY, Buffer.from(signature ?? '', 'base64url'))).toBe(true);
  });

  test('signs anew before a token ends, and not before', async () => {
    const { github, server, clock } = await withApp(() => ({ body: { id: 4711, slug: 'narrows', permissions: {}, events: [] } }));

    await github.identity();
    clock.advance(479_000);
    await github.identity();
    clock.advance(1_000);
    await github.identity();

    const [first, second, third] = server.received.map(({ headers }) => headers['authorization']);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  test('whose key GitHub refuses says what to compare', async () => {
    const { github, server } = await withApp(() => ({ status: 401, body: { message: 'A JSON web token could not be decoded' } }));

    expect(await failureOf(github.installations())).toMatchObject({ code: 'github-refused', message: expect.stringContaining('NARROWS_GITHUB_APP_ID and NARROWS_GITHUB_PRIVATE_KEY do not belong together') });
    expect(server.received).toHaveLength(1);
  });

  test('tells its installations from all pages, suspended ones included, those of enterprises left out', async () => {
    const permissions = { metadata: 'read' };
    const { github, server } = await withApp(({ path }) =>
      path === '/app/installations?per_page=100'
        ? {
            headers: { link: '</app/installations?per_page=100&page=2>; rel="next"' },
            body: [
              { id: 1, account: { id: 10, login: 'octo', type: 'Organization' }, permissions, events: ['push'], suspended_at: null },
              { id: 2, account: { id: 11, slug: 'octo-enterprise', name: 'Octo' }, permissions, events: [], suspended_at: null },
            ],
          }
        : { body: '[{"id":9007199254740993,"account":{"id":12,"login":"mona","type":"User"},"permissions":{},"events":[],"suspended_at":"2026-01-05T10:00:00Z"}]' },
    );

    const installations = await github.installations();

    expect(installations).toEqual([
      { id: '1', account: { id: '10', login: 'octo', type: 'Organization' }, permissions, events: ['push'], suspendedAt: null },
      { id: '9007199254740993', account: { id: '12', login: 'mona', type: 'User' }, permissions: {}, events: [], suspendedAt: Date.UTC(2026, 0, 5, 10) },
    ]);
    expect(server.received).toHaveLength(2);
  });
});

describe('an installation', () => {
  test('asks for one token, however many need it, and keeps it', async () => {
    const { github, server } = await withApp(givingTokens(({ path }) => ({ body: path === '/graphql' ? { data: { n: 1 } } : {} })));
    const installation = github.installation('7');

    await Promise.all([installation.get(question('/a')), installation.get(question('/b')), installation.query(NUMBER_QUERY, {})]);
    await github.installation('7').get(question('/c'));

    expect(paths(server.received).filter((path) => path.startsWith('POST /app'))).toEqual(['POST /app/installations/7/access_tokens']);
    expect(credentials(server.received)).toEqual(Array.from({ length: 4 }, () => 'Bearer 1'));
  });

  test('has its own token and its own queue', async () => {
    const { github, server } = await withApp(givingTokens(() => ({ body: {} })));

    await github.installation('7').get(question('/a'));
    await github.installation('8').get(question('/b'));

    expect(credentials(server.received)).toEqual(['Bearer 1', 'Bearer 2']);
  });

  test('takes a new token five minutes before the old one ends', async () => {
    const { github, server, clock } = await withApp(givingTokens(() => ({ body: {} })));
    const installation = github.installation('7');

    await installation.get(question('/a'));
    clock.advance(HOUR - 300_001);
    await installation.get(question('/b'));
    clock.advance(1);
    await installation.get(question('/c'));

    expect(credentials(server.received)).toEqual(['Bearer 1', 'Bearer 1', 'Bearer 2']);
  });

  test('whose token is refused in the middle takes a new one, once for all that were refused', async () => {
    const { github, server } = await withApp(givingTokens(({ headers }) => (headers['authorization']?.endsWith('_1') ? { status: 401, body: { message: 'Bad credentials' } } : { body: {} })));
    const installation = github.installation('7');

    const answers = await Promise.all(['/a', '/b', '/c', '/d'].map((path) => installation.get(question(path))));

    expect(answers.map(({ isUnchanged }) => isUnchanged)).toEqual([false, false, false, false]);
    expect(paths(server.received).filter((path) => path.startsWith('POST'))).toHaveLength(2);
  });

  test('whose new token is refused as well fails', async () => {
    const { github, server } = await withApp(givingTokens(() => ({ status: 401, body: { message: 'Bad credentials' } })));

    const failure = await failureOf(github.installation('7').get(question('/a')));

    expect(failure).toMatchObject({ code: 'github-refused', message: expect.stringContaining('/a') });
    expect(credentials(server.received)).toEqual(['Bearer 1', 'Bearer 2']);
  });

  test.each([
    ['taken away', { status: 404, body: { message: 'Not Found' } }, 'github-forbidden', 'The App is no longer installed as installation 7: its owner took it away, or it was another App\'s.'],
    ['suspended', { status: 403, body: { message: 'This installation has been suspended' } }, 'github-forbidden', expect.stringContaining('This installation has been suspended')],
  ])('that was %s says so', async (_, answer, code, message) => {
    const { github } = await withApp(() => answer);

    expect(await failureOf(github.installation('7').get(question('/a')))).toMatchObject({ code, message });
  });

  test('gives nobody a token that no header could carry, and does not show it', async () => {
    const { github } = await withApp(() => ({ status: 201, body: { token: 'ghs_secret\r\nX: 1', expires_at: '2026-02-02T10:00:00Z' } }));

    const failure = await failureOf(github.installation('7').get(question('/a')));

    expect(failure).toMatchObject({ code: 'github-failed' });
    expect(String(failure)).not.toContain('ghs_secret');
  });

  test('goes on asking for the token when one who waits for it gives up', async () => {
    const { github, server } = await withApp(async (request, number, clock) => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      return givingTokens(() => ({ body: {} }))(request, number, clock);
    });
    const installation = github.installation('7');
    const stop = new AbortController();

    const dropped = failureOf(installation.get(question('/dropped'), stop.signal));
    const kept = installation.get(question('/kept'));
    while (server.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    stop.abort(new Error('given up'));

    expect(await dropped).toMatchObject({ message: 'given up' });
    expect(await kept).toMatchObject({ isUnchanged: false });
    expect(paths(server.received)).toEqual(['POST /app/installations/7/access_tokens', 'GET /kept']);
  });
});

describe('the log of deliveries', () => {
  const logged = { id: 12345678901234567890n, guid: 'b7a0', delivered_at: '2026-02-01T08:00:00.250Z', redelivery: false, status: 'OK', status_code: 202, event: 'push', action: null, installation_id: 7, repository_id: 9 };
  const text = (one: Readonly<Record<string, unknown>>): string => JSON.stringify(one, (_, value: unknown) => (typeof value === 'bigint' ? `#${value}#` : value)).replaceAll(/"#(\d+)#"/g, '$1');

  test('is read page by page', async () => {
    const { github, server } = await withApp(({ path }) =>
      path.includes('cursor')
        ? { body: `[${text({ ...logged, id: 3, status_code: 500, redelivery: true, action: 'opened', installation_id: null, repository_id: undefined })}]` }
        : { headers: { link: '</app/hook/deliveries?per_page=100&cursor=v1_3>; rel="next"' }, body: `[${text(logged)}]` },
    );

    const first = await github.deliveryLog(null);
    const second = await github.deliveryLog(first.next);

    const deliveredAt = Date.UTC(2026, 1, 1, 8, 0, 0, 250);
    expect(first).toEqual({
      deliveries: [{ id: '12345678901234567890', guid: 'b7a0', event: 'push', action: null, deliveredAt, isRedelivery: false, isAccepted: true, repositoryId: '9', installationId: '7' }],
      next: 'v1_3',
    });
    expect(second).toEqual({
      deliveries: [{ id: '3', guid: 'b7a0', event: 'push', action: 'opened', deliveredAt, isRedelivery: true, isAccepted: false, repositoryId: null, installationId: null }],
      next: null,
    });
    expect(paths(server.received)).toEqual(['GET /app/hook/deliveries?per_page=100', 'GET /app/hook/deliveries?per_page=100&cursor=v1_3']);
  });

  test('gives a payload character for character', async () => {
    const payload = '{ "id": 9007199254740993, "text": "a\\u00e9\\/\\"}", "n": 1.0, "list": [ 1 ] }';
    const { github, server } = await withApp(() => ({ body: `{"id":3,"request":{"headers":{"X-GitHub-Event":"push"},"payload": ${payload} },"response":{"payload":"{}"}}` }));

    expect(await github.deliveredPayload('3')).toBe(payload);
    expect(paths(server.received)).toEqual(['GET /app/hook/deliveries/3']);
  });

  test('says where there is no payload', async () => {
    const { github } = await withApp(() => ({ body: { id: 3, request: { headers: null, payload: null } } }));

    expect(await github.deliveredPayload('3')).toBeNull();
  });

  test('is asked to deliver once more', async () => {
    const { github, server } = await withApp(() => ({ status: 202, body: {} }));

    await github.redeliver('12345678901234567890');

    expect(paths(server.received)).toEqual(['POST /app/hook/deliveries/12345678901234567890/attempts']);
  });
});

describe('secrets', () => {
  const TOKEN = 'ghs_secret_token_1';
  const echo = ({ headers }: Received): string => `You sent ${headers['authorization'] ?? ''}`;

  test.each<[string, (request: Received) => Scripted]>([
    ['401', (request) => ({ status: 401, body: { message: echo(request) } })],
    ['403', (request) => ({ status: 403, body: { message: echo(request) } })],
    ['a limit', (request) => ({ status: 429, body: { message: echo(request) } })],
    ['422', (request) => ({ status: 422, body: { message: echo(request) } })],
    ['500', (request) => ({ status: 500, body: { message: echo(request) } })],
    ['a broken connection', () => ({ hangUp: true })],
    ['an error of GraphQL', (request) => ({ body: { errors: [{ message: echo(request) }] } })],
    ['an answer in part', (request) => ({ body: { data: {}, errors: [{ message: echo(request) }] } })],
    ['a foreign redirect', (request) => ({ status: 301, headers: { location: `http://evil.example.com/?${request.headers['authorization'] ?? ''}` } })],
    ['an unexpected answer', (request) => ({ body: { n: echo(request) } })],
  ])('are in no error and no line of the log after %s', async (_, answer) => {
    const { github, clock, lines, server } = await withApp(givingTokens(answer));
    const installation = github.installation('7');

    const failures = [await failureOf(clock.runUntil(installation.query(NUMBER_QUERY, {}))), await clock.runUntil(installation.get({ ...question('/a'), answer: NUMBER_QUERY.answer }).catch((error: unknown) => error))];

    const written = [...failures.map(everything), JSON.stringify(lines), server.received.map(({ path }) => path).join()].join('\n');
    expect(server.received.some(({ headers }) => headers['authorization'] === `Bearer ${TOKEN}`)).toBe(true);
    expect(written).not.toMatch(/ghs_|eyJ/);
    for (const line of PRIVATE_KEY.trim().split('\n').slice(1, -1)) expect(written).not.toContain(line);
  });

  function everything(error: unknown): string {
    return error instanceof Error ? `${error.stack} ${everything(error.cause)}` : String(error);
  }
});
