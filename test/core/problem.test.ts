import { describe, expect, test } from '@jest/globals';
import { ERRORS, NarrowsError, type ErrorCode } from '#src/core/errors.ts';
import { problemAnswer, problemFrom } from '#src/core/problem.ts';

const REFERENCE = '0b0f1f5e-6c52-4a30-9a5c-0c3b8c0f5a11';
const CODES = Object.keys(ERRORS) as ErrorCode[];

describe('a problem', () => {
  test('of something the caller can mend says how', () => {
    const problem = problemFrom(new NarrowsError('delivery-incomplete', 'The header X-GitHub-Event is missing.'), REFERENCE);

    expect(problem).toEqual({
      type: 'urn:narrows:problem:delivery-incomplete',
      title: 'The delivery lacks a header',
      status: 400,
      code: 'delivery-incomplete',
      detail: 'The header X-GitHub-Event is missing.',
    });
  });

  test('of something the operator must mend keeps its text inside and names the line of the log', () => {
    const problem = problemFrom(new NarrowsError('storage-full', 'No room left in /var/lib/narrows/inbox.db.'), REFERENCE);

    expect(problem).toEqual({
      type: 'urn:narrows:problem:storage-full',
      title: 'There is no room to store this now',
      status: 503,
      code: 'storage-full',
      instance: `urn:uuid:${REFERENCE}`,
    });
  });

  test.each([
    ['an Error', new Error('connect ECONNREFUSED 10.0.0.7:5432')],
    ['a text', 'password=hunter2'],
    ['nothing', undefined],
    ['an object with a status of its own', { status: 200, code: 'forbidden', message: 'SELECT * FROM secrets' }],
  ])('of %s that was thrown is internal and says nothing more', (_, thrown) => {
    const problem = problemFrom(thrown, REFERENCE);

    expect(problem).toEqual({
      type: 'urn:narrows:problem:internal',
      title: 'An error inside Narrows',
      status: 500,
      code: 'internal',
      instance: `urn:uuid:${REFERENCE}`,
    });
  });

  test.each(CODES)('of the code %s shows its message to the caller only if the caller must act', (code) => {
    const answer = problemAnswer(problemFrom(new NarrowsError(code, 'the message'), REFERENCE));

    expect(answer.status).toBe(ERRORS[code].status);
    expect(answer.body.includes('the message')).toBe(ERRORS[code].actor === 'caller');
  });
});

describe('the answer to a problem', () => {
  test('is problem+json whose length is counted in bytes', () => {
    const answer = problemAnswer(problemFrom(new NarrowsError('not-found', 'No team “Zürich”.'), REFERENCE));

    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.headers['content-length']).toBe(String(new TextEncoder().encode(answer.body).length));
    expect(JSON.parse(answer.body)).toMatchObject({ status: 404, detail: 'No team “Zürich”.' });
  });

  test('asks to come back later exactly when it is a 503', () => {
    const asking = CODES.filter((code) => 'retry-after' in problemAnswer(problemFrom(new NarrowsError(code, ''), REFERENCE)).headers);

    expect(asking).toEqual(CODES.filter((code) => ERRORS[code].status === 503));
  });
});
