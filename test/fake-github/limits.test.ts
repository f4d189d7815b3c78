import { describe, expect, test } from '@jest/globals';
import { standingClock } from '#src/core/clock.ts';
import { aCall, aQueryCall, ask } from '#test/support/fake-github/a-call.ts';
import { buildWorld } from '#test/support/fake-github/build-world.ts';
import { json, type FakeAnswer, type FakeCall } from '#test/support/fake-github/hooks.ts';
import { LimitWatch } from '#test/support/fake-github/limit-watch.ts';
import { limits, type LimitsOptions } from '#test/support/fake-github/limits.ts';

const NOON = Date.UTC(2026, 0, 5, 12);
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

function repositories(count: number): { fullName: string; createdAt: number }[] {
  return Array.from({ length: count }, (_, index) => ({ fullName: `acme/repository-${String(index)}`, createdAt: 0 }));
}

function makeLimits(options: LimitsOptions = {}, repositoryCount = 1): { layer: ReturnType<typeof limits>; watch: LimitWatch } {
  const watch = new LimitWatch();
  const layer = limits({ world: buildWorld({ repositories: repositories(repositoryCount) }), clock: standingClock(NOON) }, { watch, ...options });
  return { layer, watch };
}

/** Pages of one route each, so that no endpoint sees more than 900 a minute. */
function spread(index: number, at: number): FakeCall {
  return aCall({ at, name: `GET /route/${String(index % 50)}` });
}

describe('the hourly pot of REST', () => {
  test('gives 5,000 calls to the unit, refuses the next with 403, and is full again after an hour', async () => {
    const { layer, watch } = makeLimits();
    for (let index = 0; index < 4_999; index += 1) await ask(layer, spread(index, NOON));

    const last = await ask(layer, spread(0, NOON + 30 * MINUTE));
    const over = await ask(layer, spread(1, NOON + HOUR - 1));
    const after = await ask(layer, spread(2, NOON + HOUR));

    expect(last).toMatchObject({ status: 200, headers: { 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '0', 'x-ratelimit-used': '5000', 'x-ratelimit-reset': String((NOON + HOUR) / 1000), 'x-ratelimit-resource': 'core' } });
    expect(over).toMatchObject({ status: 403, headers: { 'x-ratelimit-remaining': '0' } });
    expect(JSON.parse(over.body)).toMatchObject({ message: 'API rate limit exceeded for installation ID 50000001.' });
    expect(after).toMatchObject({ status: 200, headers: { 'x-ratelimit-remaining': '4999', 'x-ratelimit-reset': String((NOON + 2 * HOUR) / 1000) } });
    expect(watch.violations).toMatchObject([{ limit: 'primary', name: 'GET /route/1', at: NOON + HOUR - 1 }]);
    expect(watch.spent.rest).toBe(5_001);
  });

  test('grows by 50 for each repository over 20, up to 12,500', async () => {
    const limitWith = async (count: number): Promise<string | undefined> => (await ask(makeLimits({}, count).layer, aCall({ at: NOON }))).headers['x-ratelimit-limit'];

    expect(await Promise.all([20, 21, 170, 171].map(limitWith))).toEqual(['5000', '5050', '12500', '12500']);
  });

  test('is each installation’s own, and a personal token has 5,000', async () => {
    const { layer } = makeLimits({ perHour: { rest: 1 } });
    await ask(layer, aCall({ at: NOON }));

    const [again, other] = [await ask(layer, aCall({ at: NOON })), await ask(layer, aCall({ at: NOON, caller: { kind: 'installation', installationId: '2' } }))];
    const token = await ask(makeLimits({}, 300).layer, aCall({ at: NOON, caller: { kind: 'token' } }));

    expect([again.status, other.status]).toEqual([403, 200]);
    expect(token.headers['x-ratelimit-limit']).toBe('5000');
  });

  test('may be refused with 429 instead', async () => {
    const { layer } = makeLimits({ perHour: { rest: 0 }, refusal: 429 });

    expect((await ask(layer, aCall({ at: NOON }))).status).toBe(429);
  });

  test('is shown by GET /rate_limit, which takes nothing of it', async () => {
    const { layer, watch } = makeLimits();
    await ask(layer, aCall({ at: NOON }));
    await ask(layer, aQueryCall('{ viewer { login } }', { at: NOON }));

    const shown = await ask(layer, aCall({ at: NOON, path: '/rate_limit', name: 'GET /rate_limit' }));
    const again = await ask(layer, aCall({ at: NOON, path: '/rate_limit', name: 'GET /rate_limit' }));

    expect(JSON.parse(shown.body).resources).toMatchObject({ core: { limit: 5_000, used: 1, remaining: 4_999, reset: (NOON + HOUR) / 1000 }, graphql: { used: 1 } });
    expect(again.body).toBe(shown.body);
    expect(watch.calls).toBe(2);
  });
});

describe('the hourly pot of GraphQL', () => {
  const PAGE = 'query Asked($n: Int!) { repository(owner: "o", name: "r") { pullRequests(first: $n) { nodes { reviews(first: 50) { totalCount } commits(first: 1) { totalCount } timelineItems(first: 60) { totalCount } } } } }';

  test('gives points by the cost of each query, and refuses with 200 and RATE_LIMITED', async () => {
    const { layer, watch } = makeLimits({ perHour: { graphql: 5 } });

    const first = await ask(layer, aQueryCall(PAGE, { at: NOON, variables: { n: 100 } }));
    const second = await ask(layer, aQueryCall(PAGE, { at: NOON, variables: { n: 100 } }));
    const third = await ask(layer, aQueryCall(PAGE, { at: NOON, variables: { n: 49 } }));

    expect([first, second, third].map((answer) => [answer.status, answer.headers['x-ratelimit-remaining']])).toEqual([[200, '2'], [200, '0'], [200, '1']]);
    expect(JSON.parse(second.body)).toEqual({ errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded for installation ID 50000001.' }] });
    expect(first.headers['x-ratelimit-resource']).toBe('graphql');
    expect(watch).toMatchObject({ spent: { graphql: 4, rest: 0 }, violations: [{ limit: 'primary' }] });
  });

  test('tells the query what it cost and what is left, as rateLimit asks', async () => {
    const { layer } = makeLimits();
    const seen: FakeCall['budget'][] = [];
    const behind = (call: FakeCall): Promise<FakeAnswer> => {
      seen.push(call.budget);
      return Promise.resolve(json({ data: {} }));
    };

    await ask(layer, aQueryCall(PAGE, { at: NOON, variables: { n: 100 } }), behind);
    await ask(layer, aQueryCall(PAGE, { at: NOON, variables: { n: 49 }, isDryRun: true }), behind);

    expect(seen).toEqual([
      { limit: 5_000, used: 3, remaining: 4_997, resetAt: NOON + HOUR, cost: 3, nodeCount: 100 + 100 * 111 },
      { limit: 5_000, used: 3, remaining: 4_997, resetAt: NOON + HOUR, cost: 1, nodeCount: 49 + 49 * 111 },
    ]);
  });
});

describe('the secondary limits', () => {
  test('let 900 points a minute pass at one endpoint of REST, and name the seconds until there is room', async () => {
    const { layer, watch } = makeLimits();
    for (let index = 0; index < 900; index += 1) await ask(layer, aCall({ at: NOON + (index < 450 ? 0 : 20 * SECOND) }));

    const over = await ask(layer, aCall({ at: NOON + 59 * SECOND }));
    const elsewhere = await ask(layer, aCall({ at: NOON + 59 * SECOND, name: 'GET /other' }));
    const later = await ask(layer, aCall({ at: NOON + 60 * SECOND }));

    expect(over).toMatchObject({ status: 403, headers: { 'retry-after': '1' } });
    expect(JSON.parse(over.body).message).toContain('You have exceeded a secondary rate limit');
    expect([elsewhere.status, later.status]).toEqual([200, 200]);
    expect(watch.violations).toMatchObject([{ limit: 'minute' }]);
    expect(watch.mostInMinute.rest).toBe(900);
  });

  test('count a writing request of REST as 5', async () => {
    const { layer } = makeLimits();
    const post = { at: NOON, method: 'POST', path: '/app/hook/deliveries/1/attempts', name: 'POST /app/hook/deliveries/{delivery_id}/attempts', caller: { kind: 'app' } } as const;
    const statuses: number[] = [];
    for (let index = 0; index < 181; index += 1) statuses.push((await ask(layer, aCall(post))).status);

    expect(statuses.indexOf(403)).toBe(180);
  });

  test('let 2,000 queries a minute pass, whatever they are called', async () => {
    const { layer, watch } = makeLimits();
    for (let index = 0; index < 2_000; index += 1) await ask(layer, aQueryCall('{ viewer { login } }', { at: NOON, name: `Query${String(index % 7)}` }));

    const over = await ask(layer, aQueryCall('{ viewer { login } }', { at: NOON + MINUTE - 1 }));
    const later = await ask(layer, aQueryCall('{ viewer { login } }', { at: NOON + MINUTE }));

    expect([over.status, later.status]).toEqual([403, 200]);
    expect(watch.violations).toMatchObject([{ limit: 'minute' }]);
  });

  test('let 100 calls of a caller be under way, of both APIs together', async () => {
    const { layer, watch } = makeLimits();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const slow = async (): Promise<FakeAnswer> => held.then(() => json({}));
    const underWay = Array.from({ length: 100 }, (_, index) => ask(layer, index % 2 === 0 ? aCall({ at: NOON }) : aQueryCall('{ viewer { login } }', { at: NOON }), slow));

    const over = await ask(layer, aCall({ at: NOON }));
    const other = await ask(layer, aCall({ at: NOON, caller: { kind: 'app' } }));
    release();
    await Promise.all(underWay);
    const after = await ask(layer, aCall({ at: NOON }));

    expect([over.status, other.status, after.status]).toEqual([403, 200, 200]);
    expect(over.headers['retry-after']).toBe('60');
    expect(watch).toMatchObject({ mostConcurrent: 100, violations: [{ limit: 'concurrent' }] });
  });

  test('let 80 writing requests a minute pass and 500 an hour', async () => {
    const { layer, watch } = makeLimits();
    const write = (at: number): Promise<FakeAnswer> => ask(layer, aCall({ at, method: 'POST', path: '/repos/acme/widgets/issues', name: 'POST /repos/{owner}/{repo}/issues' }));
    for (let index = 0; index < 80; index += 1) await write(NOON);

    const over = await write(NOON + 30 * SECOND);
    for (let minute = 1; minute <= 6; minute += 1) for (let index = 0; index < 70; index += 1) await write(NOON + minute * MINUTE);
    const overHour = await write(NOON + 10 * MINUTE);

    expect(over).toMatchObject({ status: 403, headers: { 'retry-after': '30' } });
    expect(overHour).toMatchObject({ status: 403, headers: { 'retry-after': String(50 * 60) } });
    expect(watch.violations.map(({ limit }) => limit)).toEqual(['content', 'content']);
  });

  test('a call that was refused counts for nothing', async () => {
    const { layer, watch } = makeLimits({ perHour: { rest: 900 } });
    for (let index = 0; index < 900; index += 1) await ask(layer, aCall({ at: NOON }));
    for (let index = 0; index < 10; index += 1) await ask(layer, aCall({ at: NOON + SECOND }));

    const later = await ask(layer, aCall({ at: NOON + MINUTE }));

    expect(later.status).toBe(403);
    expect(watch.violations.map(({ limit }) => limit)).toEqual([...Array.from({ length: 10 }, () => 'minute'), 'primary']);
    expect(watch.spent.rest).toBe(900);
  });
});

describe('tags', () => {
  const etagOf = async (layer: ReturnType<typeof limits>, token: string, body: unknown): Promise<string> =>
    (await ask(layer, aCall({ at: NOON, headers: { authorization: `bearer ${token}` } }), json(body))).headers['etag'] ?? '';

  test('hang on the body and on who asks', async () => {
    const { layer } = makeLimits();

    const [first, same, other, rotated] = await Promise.all([etagOf(layer, 'one', 1), etagOf(layer, 'one', 1), etagOf(layer, 'one', 2), etagOf(layer, 'two', 1)]);

    expect(first).toMatch(/^W\/"[0-9a-f]{64}"$/);
    expect(same).toBe(first);
    expect(new Set([first, other, rotated]).size).toBe(3);
  });

  test('give 304 without a body, which costs nothing, as long as nothing changed and the token is the same', async () => {
    const { layer, watch } = makeLimits();
    const etag = await etagOf(layer, 'one', 1);
    const askAgain = (token: string, body: unknown): Promise<FakeAnswer> => ask(layer, aCall({ at: NOON, headers: { authorization: `bearer ${token}`, 'if-none-match': etag } }), json(body));

    const [unchanged, changed, rotated] = [await askAgain('one', 1), await askAgain('one', 2), await askAgain('two', 1)];

    expect(unchanged).toMatchObject({ status: 304, body: '', headers: { etag, 'x-ratelimit-remaining': '4999' } });
    expect([changed, rotated].map((answer) => [answer.status, answer.headers['x-ratelimit-remaining']])).toEqual([[200, '4998'], [200, '4997']]);
    expect(watch).toMatchObject({ calls: 4, unchanged: 1, spent: { rest: 3 } });
  });

  test('are not given to queries, nor to failures', async () => {
    const { layer } = makeLimits();

    const answers = [await ask(layer, aQueryCall('{ viewer { login } }', { at: NOON })), await ask(layer, aCall({ at: NOON }), json({ message: 'Not Found' }, 404))];

    expect(answers.map(({ headers }) => headers['etag'])).toEqual([undefined, undefined]);
  });
});
