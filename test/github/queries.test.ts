import { afterEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { endServers, failureOf, NUMBER_QUERY, potHeaders, START, TOKEN, withToken } from './github-harness.ts';

afterEach(endServers);

describe('a query', () => {
  test('goes out with its text, name and variables, and yields what its schema reads', async () => {
    const { github, server } = await withToken(() => ({ body: { data: { n: 7, rateLimit: { cost: 1 } } } }));

    const answer = await github.query(NUMBER_QUERY, { owner: 'octo', first: 49, after: null, ids: ['a', 'b'] });

    expect(answer).toEqual({ data: { n: 7 }, problems: [], askedAt: START });
    expect(server.received[0]).toMatchObject({ method: 'POST', path: '/graphql' });
    expect(server.received[0]?.headers).toMatchObject({ authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' });
    expect(JSON.parse(server.received[0]?.body ?? '')).toEqual({ query: 'query Numbers { n }', operationName: 'Numbers', variables: { owner: 'octo', first: 49, after: null, ids: ['a', 'b'] } });
  });

  test('that is answered in part says what is missing', async () => {
    const errors = [{ type: 'RESOURCE_LIMITS_EXCEEDED', path: ['repository', 'pullRequests', 3], message: 'Resource limits for this query exceeded.' }, { message: 'Odd.' }];
    const { github } = await withToken(() => ({ body: { data: { n: 7 }, errors } }));

    const answer = await github.query(NUMBER_QUERY, {});

    expect(answer).toEqual({
      data: { n: 7 },
      problems: [
        { type: 'RESOURCE_LIMITS_EXCEEDED', path: ['repository', 'pullRequests', 3], message: 'Resource limits for this query exceeded.' },
        { type: 'UNKNOWN', path: [], message: 'Odd.' },
      ],
      askedAt: START,
    });
  });

  test.each([
    [[{ type: 'NOT_FOUND', message: "Could not resolve to a Repository with the name 'octo/gone'." }], 'github-not-found'],
    [[{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }], 'github-forbidden'],
    [[{ type: 'INSUFFICIENT_SCOPES', message: 'Your token has not been granted the required scopes' }], 'github-forbidden'],
    [[{ type: 'RESOURCE_LIMITS_EXCEEDED', message: 'Resource limits for this query exceeded.' }], 'github-too-large'],
    [[{ type: 'MAX_NODE_LIMIT_EXCEEDED', message: 'This query requests up to 1,000,000 possible nodes' }], 'github-too-large'],
    [[{ message: "Field 'nope' doesn't exist on type 'Query'" }], 'github-failed'],
    [[{ type: 'NOT_FOUND', message: 'a' }, { message: "Field 'nope' doesn't exist on type 'Query'" }], 'github-failed'],
  ])('that is answered with nothing but %j fails with %s at once', async (errors, code) => {
    for (const body of [{ data: null, errors }, { errors }, { data: { n: null }, errors }]) {
      const { github, server } = await withToken(() => ({ body }));

      const failure = await failureOf(github.query(NUMBER_QUERY, {}));

      expect(failure).toMatchObject({ code, message: expect.stringContaining('the query Numbers') });
      expect(server.received).toHaveLength(1);
    }
  });

  test.each([
    ['502', { status: 502, body: '<html>' }],
    ['504', { status: 504 }],
    ['too long a time', { never: true }],
    ['the word of a timeout', { body: { errors: [{ message: 'Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug.' }] } }],
  ])('that GitHub answers with %s twice is too large', async (_, answer) => {
    const { github, clock, server } = await withToken(() => answer, { timeoutMs: 80 });

    const failure = await failureOf(clock.runUntil(github.query(NUMBER_QUERY, {})));

    expect(failure).toMatchObject({ code: 'github-too-large', message: expect.stringMatching(/^GitHub cannot answer in one piece the query Numbers \(.+\)\. Ask for smaller pages\.$/) });
    expect(server.received).toHaveLength(2);
    expect(clock.now()).toBe(START + 750);
  });

  test('that GitHub answers with 502 once is answered the second time', async () => {
    const { github, clock } = await withToken((_, number) => (number === 0 ? { status: 502 } : { body: { data: { n: 7 } } }));

    expect(await clock.runUntil(github.query(NUMBER_QUERY, {}))).toMatchObject({ data: { n: 7 } });
  });

  test.each([
    ['500', { status: 500 }],
    ['503', { status: 503 }],
    ['an error of its own', { body: { errors: [{ type: 'INTERNAL', message: 'Oops' }] } }],
  ])('that GitHub answers with %s is asked again until it succeeds', async (_, answer) => {
    const { github, clock } = await withToken((__, number) => (number < 5 ? answer : { body: { data: { n: 7 } } }));

    expect(await clock.runUntil(github.query(NUMBER_QUERY, {}))).toMatchObject({ data: { n: 7 }, askedAt: START + 23_250 });
  });

  test.each(['<html>', '[]', '{}', '{"data":null}', '"x"', '{"data":{"n":1}'])('whose answer is %s fails and names it', async (body) => {
    const { github } = await withToken(() => ({ body }));

    expect(await failureOf(github.query(NUMBER_QUERY, {}))).toMatchObject({ code: 'github-failed', message: expect.stringContaining('the query Numbers') });
  });

  test('whose answer its schema does not take names the field', async () => {
    const { github } = await withToken(() => ({ body: { data: { n: 'private-value' } } }));

    const failure = await failureOf(github.query(NUMBER_QUERY, {}));

    expect(failure).toMatchObject({ code: 'github-failed', message: "GitHub's answer to the query Numbers is not what it is documented to be (n: Invalid input: expected number, received string)." });
  });

  test('whose answer is larger than allowed is too large', async () => {
    const { github } = await withToken(() => ({ body: { data: { n: 1, rest: 'x'.repeat(5_000) } } }), { maxBytes: 1_000 });

    expect(await failureOf(github.query(NUMBER_QUERY, {}))).toMatchObject({ code: 'github-too-large' });
  });

  test('is no longer sent when what is left of the hour is less than it last cost', async () => {
    const reset = START + 600_000;
    let left = 100;
    const { github, clock, server } = await withToken((_, __, at) => {
      left = at.now() >= reset ? 5000 : left - 30;
      return { headers: potHeaders('graphql', left, at.now() >= reset ? reset + 3_600_000 : reset), body: { data: { n: 1, rateLimit: { cost: 30 } } } };
    });

    for (let n = 0; n < 3; n += 1) await github.query(NUMBER_QUERY, {});
    const fourth = await clock.runUntil(github.query(NUMBER_QUERY, {}));

    expect(server.received).toHaveLength(4);
    expect(fourth.askedAt).toBe(reset + 2_000);
  });

  test('is sent no sooner than the one before it is answered', async () => {
    const { github, server } = await withToken(() => ({ body: { data: { n: 1 } } }));

    await Promise.all(Array.from({ length: 20 }, (_, number) => github.query({ ...NUMBER_QUERY, answer: z.object({ n: z.number() }) }, { number })));

    expect(server.mostAtOnce).toBe(1);
    expect(server.received.map(({ body }) => JSON.parse(body).variables.number)).toEqual(Array.from({ length: 20 }, (_, number) => number));
  });
});
