import { afterEach, describe, expect, test } from '@jest/globals';
import { RateLimits, type Toll } from '#src/github/rate-limits.ts';
import { movingClock } from '#test/support/moving-clock.ts';
import { endServers, failureOf, NUMBER_QUERY, potHeaders, question, START, withToken } from './github-harness.ts';

afterEach(endServers);

const HOUR = 3_600_000;

describe('the hourly limit', () => {
  test('is waited for instead of run into, and requests go on in their order', async () => {
    const reset = START + 1_000_000;
    let left = 3;
    const { github, clock, server, lines } = await withToken((_, __, at) => {
      if (at.now() >= reset) return { headers: potHeaders('core', 4_000, reset + HOUR), body: {} };
      left -= 1;
      return left < 0 ? { status: 403, headers: potHeaders('core', 0, reset) } : { headers: potHeaders('core', left, reset), body: {} };
    });

    const answers = await clock.runUntil(Promise.all([1, 2, 3, 4, 5].map((n) => github.get(question(`/${n}`)))));

    expect(answers.map(({ askedAt }) => askedAt - START)).toEqual([0, 0, 0, 1_002_000, 1_002_000]);
    expect(server.received.map(({ path }) => path)).toEqual(['/1', '/2', '/3', '/4', '/5']);
    expect(lines.filter(({ level }) => level === 'warn')).toEqual([]);
    expect(lines).toContainEqual(expect.objectContaining({ level: 'info', pot: 'core', waitSeconds: 1_002, msg: 'waiting until GitHub allows more requests' }));
  });

  test('of one pot does not hold up the other', async () => {
    const { github } = await withToken(({ path }) =>
      path === '/graphql' ? { headers: potHeaders('graphql', 4_999, START + HOUR), body: { data: { n: 1 } } } : { headers: potHeaders('core', 0, START + HOUR), body: {} },
    );

    await github.get(question('/x'));
    const answer = await github.query(NUMBER_QUERY, {});

    expect(answer.askedAt).toBe(START);
    expect(github.budget()).toEqual({
      rest: { limit: 5_000, remaining: 0, resetsAt: START + HOUR },
      graphql: { limit: 5_000, remaining: 4_999, resetsAt: START + HOUR },
    });
  });

  test('is unknown before the first answer, and full again once it was reset', async () => {
    const { github, clock } = await withToken(() => ({ headers: potHeaders('core', 17, START + 60_000), body: {} }));
    const before = github.budget();

    await github.get(question('/x'));
    const during = github.budget().rest?.remaining;
    clock.advance(62_000);

    expect(before).toEqual({ graphql: null, rest: null });
    expect([during, github.budget().rest?.remaining]).toEqual([17, 5_000]);
  });

  test.each([403, 429])('that somebody else used up (%i) is waited for, told once, and asked again', async (status) => {
    const { github, clock, lines } = await withToken((_, number) =>
      number === 0 ? { status, headers: potHeaders('core', 0, START + 500_000), body: { message: 'API rate limit exceeded for installation ID 7.' } } : { headers: potHeaders('core', 4_000, START + HOUR), body: {} },
    );

    const answer = await clock.runUntil(github.get(question('/x')));

    expect(answer.askedAt).toBe(START + 502_000);
    expect(lines.filter(({ level }) => level === 'warn')).toEqual([expect.objectContaining({ subject: '/x', limit: 'hourly-limit', waitSeconds: 502, said: `${status}: API rate limit exceeded for installation ID 7.` })]);
  });

  test.each([
    { type: 'RATE_LIMITED', message: 'Too much.' },
    { message: 'API rate limit exceeded for installation ID 7.' },
  ])('that a query is told of under status 200 by %j is waited for', async (error) => {
    const { github, clock } = await withToken((_, number) =>
      number === 0 ? { headers: potHeaders('graphql', 0, START + 500_000), body: { errors: [error] } } : { headers: potHeaders('graphql', 4_000, START + HOUR), body: { data: { n: 1 } } },
    );

    expect(await clock.runUntil(github.query(NUMBER_QUERY, {}))).toMatchObject({ data: { n: 1 }, askedAt: START + 502_000 });
  });

  test('whose reset lies behind us, as for a clock that is wrong, is asked after a minute and not at once', async () => {
    const { github, clock } = await withToken((_, number) => (number < 2 ? { status: 403, headers: potHeaders('core', 0, START - 900_000) } : { body: {} }));

    const answer = await clock.runUntil(github.get(question('/x')));

    expect(answer.askedAt).toBe(START + 120_000);
  });
});

describe('the limit of the minute', () => {
  test('is never exceeded by REST, in any minute there is', async () => {
    const times: number[] = [];
    const { github, clock, lines } = await withToken((_, number, at) => {
      if (number % 3 === 0) at.advance(10);
      times.push(at.now());
      return { body: {} };
    });

    await clock.runUntil(Promise.all(Array.from({ length: 1_200 }, (_, number) => github.get(question(`/${number}`)))));

    expect(times).toHaveLength(1_200);
    expect(Math.max(...mostInAMinute(times))).toBe(900);
    expect(times.at(-1)).toBeLessThan(START + 70_000);
    expect(lines.filter(({ level }) => level === 'warn')).toEqual([]);
  });

  test('is never exceeded by queries, nor by what changes something', async () => {
    const clock = movingClock(START);
    const limits = new RateLimits(clock);
    const times = { query: new Array<number>(), change: new Array<number>() };
    const send = async (kind: 'query' | 'change'): Promise<void> => {
      const toll: Toll = kind === 'query' ? { api: 'graphql', pot: 'graphql', cost: 1, points: 1 } : { api: 'rest', pot: 'core', cost: 1, points: 5 };
      const settle = await limits.admit(toll, new AbortController().signal, () => undefined);
      times[kind].push(clock.now() - START);
      settle(null);
    };

    await clock.runUntil(Promise.all([...Array.from({ length: 2_001 }, () => send('query')), ...Array.from({ length: 181 }, () => send('change'))]));

    expect(times.query).toEqual([...Array.from({ length: 2_000 }, () => 0), 60_000]);
    expect(times.change).toEqual([...Array.from({ length: 180 }, () => 0), 60_000]);
  });

  test.each([
    ['Retry-After', 403, { 'retry-after': '30' }, 30_000],
    ['Retry-After on 429', 429, { 'retry-after': '7' }, 7_000],
    ['a date', 403, { 'retry-after': new Date(START + 90_000).toUTCString() }, 90_000],
    ['its words alone', 403, {}, 60_000],
    ['429 alone', 429, {}, 60_000],
  ])('that GitHub tells by %s silences everything', async (_, status, headers, waitMs) => {
    const { github, clock, server, lines } = await withToken(({ path }, number) => {
      if (number === 0) return { status, headers, body: { message: status === 429 ? 'Slow down' : 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.' } };
      return { body: path === '/graphql' ? { data: { n: 1 } } : {} };
    });

    const first = github.get(question('/x'));
    while (clock.waitsFor.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const query = github.query(NUMBER_QUERY, {});
    const answers = await clock.runUntil(Promise.all([first, query]));

    expect(answers.map(({ askedAt }) => askedAt - START)).toEqual([waitMs, waitMs]);
    expect(server.received).toHaveLength(3);
    expect(lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
  });

  test('lasts as long as the longest silence that GitHub asked for', async () => {
    const { github, clock } = await withToken((_, number) => (number < 2 ? { status: 403, headers: { 'retry-after': number === 0 ? '90' : '10' }, body: {} } : { body: {} }));

    const answers = await clock.runUntil(Promise.all([github.get(question('/a')), github.get(question('/b'))]));

    expect(answers.map(({ askedAt }) => askedAt - START)).toEqual([90_000, 90_000]);
  });

  test('that goes on is met with longer silence each time, and given up at last', async () => {
    const times: number[] = [];
    const { github, clock } = await withToken((_, __, at) => {
      times.push((at.now() - START) / 60_000);
      return { status: 403, body: { message: 'You have exceeded a secondary rate limit.' } };
    });

    const failure = await failureOf(clock.runUntil(github.get(question('/x'))));

    expect(failure).toMatchObject({ code: 'github-failed' });
    expect(times).toEqual([0, 1, 3, 7, 15, 30, 45, 60, 75, 90, 105]);
  });

  test.each([
    ['in seconds', '20'],
    ['as a date', new Date(START + 20_000).toUTCString()],
  ])('that a query is told of under status 200, %s, is kept too', async (_, retryAfter) => {
    const { github, clock } = await withToken((__, number) =>
      number === 0 ? { headers: { 'retry-after': retryAfter }, body: { errors: [{ message: 'You have exceeded a secondary rate limit.' }] } } : { body: { data: { n: 1 } } },
    );

    expect(await clock.runUntil(github.query(NUMBER_QUERY, {}))).toMatchObject({ askedAt: START + 20_000 });
  });
});

describe('the queue', () => {
  test('lets two of a thousand requests through at a time, and one query', async () => {
    let [rest, queries, mostRest, mostQueries] = [0, 0, 0, 0];
    const { github, clock, server } = await withToken(async ({ path }) => {
      const isQuery = path === '/graphql';
      if (isQuery) mostQueries = Math.max(mostQueries, (queries += 1));
      else mostRest = Math.max(mostRest, (rest += 1));
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (isQuery) queries -= 1;
      else rest -= 1;
      return { body: isQuery ? { data: { n: 1 } } : {} };
    });

    await clock.runUntil(Promise.all(Array.from({ length: 1_000 }, (_, number) => (number % 2 === 0 ? github.get(question(`/${number}`)) : github.query(NUMBER_QUERY, { number })))));

    expect(server.received).toHaveLength(1_000);
    expect([mostRest, mostQueries]).toEqual([2, 1]);
  });

  test('forgets what is aborted in it at once, with the reason, and goes on with the rest', async () => {
    const { github, server } = await withToken(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return { body: {} };
    });
    const stop = new AbortController();
    const reason = new Error('the service stops');

    const kept = [1, 2].map((n) => github.get(question(`/kept/${n}`)));
    const dropped = Array.from({ length: 50 }, (_, n) => failureOf(github.get(question(`/dropped/${n}`), stop.signal)));
    const last = github.get(question('/kept/3'));
    stop.abort(reason);

    expect(new Set(await Promise.all(dropped))).toEqual(new Set([reason]));
    await Promise.all([...kept, last]);
    expect(server.received.map(({ path }) => path).sort()).toEqual(['/kept/1', '/kept/2', '/kept/3']);
  });

  test('ends what is on its way when that is aborted', async () => {
    const { github, server } = await withToken(({ path }) => (path === '/never' ? { never: true } : { body: {} }));
    const stop = new AbortController();
    const reason = new Error('the service stops');

    const call = failureOf(github.get(question('/never'), stop.signal));
    while (server.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    stop.abort(reason);

    expect(await call).toBe(reason);
    expect(await github.get(question('/x'))).toMatchObject({ isUnchanged: false });
  });

  test('ends what waits for a limit when that is aborted, and what follows waits in its place', async () => {
    const { github, clock, server } = await withToken((_, __, at) => ({ headers: potHeaders('core', at.now() > START ? 9 : 0, START + HOUR), body: {} }));
    const stop = new AbortController();
    await github.get(question('/first'));

    const dropped = failureOf(github.get(question('/dropped'), stop.signal));
    const kept = github.get(question('/kept'));
    while (clock.waitsFor.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
    stop.abort(new Error('the service stops'));

    expect(await dropped).toMatchObject({ message: 'the service stops' });
    expect(await clock.runUntil(kept)).toMatchObject({ askedAt: START + HOUR + 2_000 });
    expect(server.received.map(({ path }) => path)).toEqual(['/first', '/kept']);
  });

  test('never begins what was aborted before', async () => {
    const { github, server } = await withToken(() => ({ body: {} }));

    const failure = await failureOf(github.get(question('/x'), AbortSignal.abort(new Error('too late'))));

    expect(failure).toMatchObject({ message: 'too late' });
    expect(server.received).toEqual([]);
  });
});

/** How many of the instants lie in the minute before each of them, both ends counted once. */
function mostInAMinute(times: readonly number[]): number[] {
  return times.map((end) => times.filter((at) => at > end - 60_000 && at <= end).length);
}
