import { afterEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { endServers, failureOf, question, START, TOKEN, withToken } from './github-harness.ts';

afterEach(endServers);

describe('a question of REST', () => {
  test('goes out with the credential, the version of the API and its parameters', async () => {
    const { github, server } = await withToken(() => ({ body: { n: 1 } }));

    await github.get({ ...question('/repos/octo/app/pulls?state=all'), parameters: { per_page: 100, sort: 'updated', isLong: true } });

    const [request] = server.received;
    expect(request?.method).toBe('GET');
    expect(request?.path).toBe('/repos/octo/app/pulls?state=all&per_page=100&sort=updated&isLong=true');
    expect(request?.headers).toMatchObject({ authorization: `Bearer ${TOKEN}`, accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' });
    expect(request?.headers['user-agent']).toMatch(/^narrows\/\d+\.\d+/);
    expect(request?.headers).not.toHaveProperty('if-none-match');
  });

  test('yields what its schema reads, when it was asked, the tag and the next page', async () => {
    const { github } = await withToken((_, __, clock) => {
      clock.advance(5_000);
      return { headers: { etag: 'W/"abc"', link: '</repositories/7/pulls?page=2>; rel="next", </repositories/7/pulls?page=9>; rel="last"' }, body: [{ id: 1, other: 2 }] };
    });

    const answer = await github.get({ path: '/repos/octo/app/pulls', answer: z.array(z.object({ id: z.number() })) });

    expect(answer).toEqual({ isUnchanged: false, data: [{ id: 1 }], etag: 'W/"abc"', nextPath: '/repositories/7/pulls?page=2', askedAt: START });
  });

  test('keeps ids beyond 2^53 exact', async () => {
    const { github } = await withToken(() => ({ body: '{"id":9007199254740993,"small":7}' }));

    const answer = await github.get(question('/x'));

    expect(answer).toMatchObject({ data: { id: '9007199254740993', small: 7 } });
  });

  test('says that a tagged answer still stands', async () => {
    const { github, server } = await withToken(() => ({ status: 304, headers: { etag: '"abc"' } }));

    const answer = await github.get({ ...question('/x'), etag: '"abc"' });

    expect(answer).toEqual({ isUnchanged: true, askedAt: START });
    expect(server.received[0]?.headers['if-none-match']).toBe('"abc"');
  });

  test.each([
    ['another host', '<https://evil.example.com/repos/octo/app/pulls?page=2>; rel="next"'],
    ['another port', '<http://127.0.0.1:1/repos/octo/app/pulls?page=2>; rel="next"'],
    ['a host that looks alike', '<http://127.0.0.1@evil.example.com/x>; rel="next"'],
    ['no address', '<http://>; rel="next"'],
  ])('does not page on to %s', async (_, link) => {
    const { github, server } = await withToken(() => ({ headers: { link }, body: [] }));

    const failure = await failureOf(github.get(question('/repos/octo/app/pulls')));

    expect(failure).toMatchObject({ code: 'github-failed', message: expect.stringContaining('/repos/octo/app/pulls') });
    expect(server.received).toHaveLength(1);
  });

  test.each([301, 302, 307, 308])('follows %i to the new name of a repository', async (status) => {
    const { github, server } = await withToken(({ path }) => (path === '/repos/octo/old/pulls?page=2' ? { status, headers: { location: '/repositories/7/pulls?page=2' } } : { body: { n: 1 } }));

    const answer = await github.get({ ...question('/repos/octo/old/pulls'), parameters: { page: 2 } });

    expect(answer).toMatchObject({ data: { n: 1 } });
    expect(server.received.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      ['/repos/octo/old/pulls?page=2', `Bearer ${TOKEN}`],
      ['/repositories/7/pulls?page=2', `Bearer ${TOKEN}`],
    ]);
  });

  test('does not follow a redirect to another host, whose server so never sees the credential', async () => {
    const foreign = await withToken(() => ({ body: {} }));
    const { github } = await withToken(() => ({ status: 301, headers: { location: `${foreign.server.url.replace('127.0.0.1', 'localhost')}/x` } }));

    const failure = await failureOf(github.get(question('/repos/octo/old')));

    expect(failure).toMatchObject({ code: 'github-failed' });
    expect(foreign.server.received).toEqual([]);
  });

  test('gives up redirects that lead in a circle', async () => {
    const { github, server } = await withToken(() => ({ status: 301, headers: { location: '/x' } }));

    expect(await failureOf(github.get(question('/x')))).toMatchObject({ code: 'github-failed' });
    expect(server.received).toHaveLength(4);
  });

  test.each(['repos/octo/app', 'https://evil.example.com/', '@evil.example.com/', '.evil.example.com/', ''])('does not ask for %j, which is no path', async (path) => {
    const { github, server } = await withToken(() => ({ body: {} }));

    expect(await failureOf(github.get(question(path)))).toMatchObject({ code: 'github-failed' });
    expect(server.received).toEqual([]);
  });

  test('asks its own host, however a path begins', async () => {
    const { github, server } = await withToken(() => ({ body: {} }));

    await github.get(question('//evil.example.com/x'));

    expect(server.received[0]?.headers.host).toBe(server.url.slice('http://'.length));
  });
});

describe('an answer of REST that is none', () => {
  test.each([
    [403, { message: 'Resource not accessible by integration' }, 'github-forbidden', 'GitHub does not let us have /repos/octo/app (403: Resource not accessible by integration). Look at the permissions and repositories that the installation or the token was given.'],
    [451, { message: 'Repository access blocked' }, 'github-forbidden', 'GitHub does not let us have /repos/octo/app (451: Repository access blocked). Look at the permissions and repositories that the installation or the token was given.'],
    [404, { message: 'Not Found' }, 'github-not-found', 'GitHub does not have, or does not show us, /repos/octo/app (404: Not Found).'],
    [410, '', 'github-not-found', 'GitHub does not have, or does not show us, /repos/octo/app (410).'],
    [422, { message: 'Validation\n  Failed\u0007' }, 'github-failed', 'GitHub failed at /repos/octo/app (422: Validation Failed).'],
    [401, { message: 'Bad credentials' }, 'github-refused', 'GitHub refuses our credential for /repos/octo/app (401: Bad credentials). The token in NARROWS_GITHUB_TOKEN is wrong, expired or taken back: make a new one on GitHub and set it.'],
  ])('with status %i is not asked for again', async (status, body, code, message) => {
    const { github, server } = await withToken(() => ({ status, body }));

    const failure = await failureOf(github.get(question('/repos/octo/app')));

    expect(failure).toMatchObject({ code, message });
    expect(server.received).toHaveLength(1);
  });

  test.each([
    ['500', { status: 500 }],
    ['502', { status: 502, body: '<html>' }],
    ['503', { status: 503 }],
    ['a broken connection', { hangUp: true }],
  ])('because of %s is asked for again, each time later, and then given up', async (_, answer) => {
    const times: number[] = [];
    const { github, clock } = await withToken((__, ___, at) => {
      times.push(at.now() - START);
      return answer;
    });

    const failure = await failureOf(clock.runUntil(github.get(question('/x'))));

    expect(failure).toMatchObject({ code: 'github-failed' });
    expect(times).toEqual([0, 750, 2_250, 5_250, 11_250, 23_250]);
  });

  test('is given up when the answer that follows is good', async () => {
    const { github, clock } = await withToken((_, number) => (number < 2 ? { status: 503 } : { body: { n: 1 } }));

    const answer = await clock.runUntil(github.get(question('/x')));

    expect(answer).toMatchObject({ data: { n: 1 }, askedAt: START + 2_250 });
  });

  test('because it takes too long is asked for again', async () => {
    const { github, clock, server } = await withToken((_, number) => (number === 0 ? { never: true } : { body: { n: 1 } }), { timeoutMs: 80 });

    const answer = await clock.runUntil(github.get(question('/x')));

    expect(answer).toMatchObject({ data: { n: 1 } });
    expect(server.received).toHaveLength(2);
  });

  test('because its schema does not take it names what was asked and the field, not its value', async () => {
    const { github, server } = await withToken(() => ({ body: [{ id: 1 }, { id: 'private-value' }] }));

    const failure = await failureOf(github.get({ path: '/repos/octo/app/pulls', answer: z.array(z.object({ id: z.number() })) }));

    expect(failure).toMatchObject({ code: 'github-failed', message: "GitHub's answer to /repos/octo/app/pulls is not what it is documented to be (1.id: Invalid input: expected number, received string)." });
    expect(server.received).toHaveLength(1);
  });

  test('because it is no JSON names what was asked', async () => {
    const { github } = await withToken(() => ({ body: '<html>Sign in to the proxy</html>' }));

    const failure = await failureOf(github.get({ path: '/x', answer: z.object({}) }));

    expect(failure).toMatchObject({ code: 'github-failed', message: expect.stringContaining('/x') });
  });

  test('because it is larger than allowed is not read to its end', async () => {
    const { github, server } = await withToken(() => ({ body: `"${'x'.repeat(2_000_000)}"` }), { maxBytes: 100_000 });

    const failure = await failureOf(github.get(question('/x')));

    expect(failure).toMatchObject({ code: 'github-failed', message: 'GitHub failed at /x (the answer has more than 100000 bytes).' });
    expect(server.received).toHaveLength(1);
  });

  test('is read where it has exactly the size allowed', async () => {
    const { github } = await withToken(() => ({ body: `"${'x'.repeat(998)}"` }), { maxBytes: 1_000 });

    expect(await github.get(question('/x'))).toMatchObject({ data: 'x'.repeat(998) });
  });
});
