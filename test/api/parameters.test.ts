import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { openReadingSite, type ReadingSite } from '#test/support/reading-site.ts';
import { aRecording } from '#test/support/github-payloads.ts';

let site: ReadingSite;
let server: Server;

beforeAll(async () => {
  const lines = [JSON.stringify(aRecording())];
  const policy = 'teams: { widgets: { repositories: [acme/widgets], calendar: berlin } }\ncalendars: { berlin: { zone: Europe/Berlin, hours: { weekdays: 09:00-17:00 } } }';
  site = await openReadingSite([{ lines, repository: 'acme/widgets', takenAt: Date.UTC(2026, 0, 1) }], policy);
  server = await site.serve();
});

afterAll(() => site.close());

/** The detail of the problem that an address is answered with, after its status. */
async function problemOf(address: string, method: 'get' | 'post' | 'put' | 'delete' = 'get'): Promise<[number, string]> {
  const answer = await request(server)[method](address);
  expect(answer.type).toBe('application/problem+json');
  expect(answer.get('cache-control')).toBe('no-store');
  expect(answer.body.status).toBe(answer.status);
  return [answer.status, answer.body.detail];
}

/** The window that an address is answered for. */
async function windowOf(query: string): Promise<unknown> {
  const { body } = await request(server).get(`/api/v1/phases?${query}`).expect(200);
  return [body.window.from, body.window.to];
}

const MOMENT = 'an instant such as 2025-11-24T00:00:00Z or a day such as 2025-11-24';

describe('a parameter that cannot be read is a problem that names it, its value and what is expected', () => {
  test.each([
    ['/api/v1/phases?weeks=0', 'The parameter weeks is "0", which is not a whole number from 1 to 520.'],
    ['/api/v1/phases?weeks=521', 'The parameter weeks is "521", which is not a whole number from 1 to 520.'],
    ['/api/v1/phases?weeks=1e1', 'The parameter weeks is "1e1", which is not a whole number from 1 to 520.'],
    ['/api/v1/phases?weeks=', 'The parameter weeks is "", which is not a whole number from 1 to 520.'],
    ['/api/v1/phases?scope=team', 'The parameter scope is "team", which is not "organization", "team:" with a slug or "repository:" with owner/name.'],
    ['/api/v1/phases?scope=repository:widgets', 'The parameter scope is "repository:widgets", which is not "organization", "team:" with a slug or "repository:" with owner/name.'],
    ['/api/v1/phases?from=2026-02-30', `The parameter from is "2026-02-30", which is not ${MOMENT}.`],
    ['/api/v1/phases?to=2026-02-03T10:00:00', `The parameter to is "2026-02-03T10:00:00", which is not ${MOMENT}.`],
    ['/api/v1/phases?to=tomorrow&weeks=x', `The parameter to is "tomorrow", which is not ${MOMENT}. The parameter weeks is "x", which is not a whole number from 1 to 520.`],
    ['/api/v1/phases?from=2026-01-01&weeks=3', 'Both from and weeks are given: a window has from and to, or weeks and to.'],
    ['/api/v1/phases?from=2026-03-01&to=2026-03-01', 'The window from 2026-03-01T00:00:00Z to 2026-03-01T00:00:00Z has no length: from must lie before to and before now.'],
    ['/api/v1/phases?from=2027-01-01', 'The window from 2027-01-01T00:00:00Z to 2026-11-18T12:00:30Z has no length: from must lie before to and before now.'],
    ['/api/v1/phases?scopes=organization', 'The parameter "scopes" is not known. Did you mean "scope"?'],
    ['/api/v1/phases?format=csv', 'The parameter "format" is not known. There are scope, from, to, weeks.'],
    ['/api/v1/phases?__proto__=1', 'The parameter "__proto__" is not known. There are scope, from, to, weeks.'],
    ['/api/v1/metrics?weeks=4', 'The parameter "weeks" is not known. Nothing can be asked here beside the address.'],
    ['/api/v1/phases?weeks=4&weeks=5', 'The parameter weeks is given more than once: give it once.'],
    ['/api/v1/waits?limit=0', 'The parameter limit is "0", which is not a whole number from 1 to 1000.'],
    ['/api/v1/waits?limit=1001', 'The parameter limit is "1001", which is not a whole number from 1 to 1000.'],
    ['/api/v1/waits?cursor=%00', 'The parameter cursor is "\\u0000", which is not the "next" of an earlier page.'],
    ['/api/v1/metrics/review.approval?by=person', 'The parameter by is "person", which is not "repository".'],
    [`/api/v1/phases?scope=${'x'.repeat(2000)}`, `The parameter scope is "${'x'.repeat(60)}…", which is not "organization", "team:" with a slug or "repository:" with owner/name.`],
  ])('%s', async (address, detail) => {
    expect(await problemOf(address)).toEqual([400, detail]);
  });

  test('a stage that is none, with all there are', async () => {
    const [status, detail] = await problemOf('/api/v1/waits?stage=review.first_reponse');

    expect(status).toBe(400);
    expect(detail).toMatch(/^The parameter stage is "review\.first_reponse", which is not a stage: change\.coding, .*pipeline\.recovery\.$/);
  });

  test('a stock that is none, with all there are', async () => {
    expect(await problemOf('/api/v1/stays?stock=ended')).toEqual([
      400,
      'The parameter stock is "ended", which is not a stock: awaiting_first_response, awaiting_review, author_rework, awaiting_merge, merge_queue, drafts, bots, standing-still.',
    ]);
  });
});

describe('what does not exist', () => {
  test.each([
    ['/api/v1/metrics/review.aproval', 'There is no metric "review.aproval". Did you mean "review.approval"? All stand at /api/v1/metrics.'],
    ['/api/v1/metrics/constructor', 'There is no metric "constructor". All stand at /api/v1/metrics.'],
    ['/api/v1/phases?scope=team:gadgets', 'There is nothing at /api/v1/phases for these parameters, or nothing that you may see.'],
    ['/api/v1/waits?scope=repository:acme/gadgets', 'There is nothing at /api/v1/waits for these parameters, or nothing that you may see.'],
    ['/api/v1/stays?scope=repository:acme/gadgets', 'There is nothing at /api/v1/stays for these parameters, or nothing that you may see.'],
    ['/api/v1/metrics/review.approval?scope=team:gadgets', 'There is nothing at /api/v1/metrics/review.approval for these parameters, or nothing that you may see.'],
    ['/api/v1', 'There is nothing at /api/v1. All addresses stand in /api/v1/openapi.json.'],
    ['/api/v1/waits/', 'There is nothing at /api/v1/waits/. All addresses stand in /api/v1/openapi.json.'],
    ['/api/v2/waits?x=1', 'There is nothing at /api/v2/waits. All addresses stand in /api/v1/openapi.json.'],
  ])('is a problem for a program: %s', async (address, detail) => {
    expect(await problemOf(address)).toEqual([404, detail]);
  });

  test('a method that is not served says which are', async () => {
    const answer = await request(server).post('/api/v1/waits').send({});

    expect([answer.status, answer.get('allow'), answer.body.detail]).toEqual([405, 'GET, HEAD', 'POST is not served at /api/v1/waits: there are GET and HEAD.']);
  });

  test('a form that is not served says which are', async () => {
    const answer = await request(server).get('/api/v1/waits').set('accept', 'image/png');

    expect([answer.status, answer.body.detail]).toEqual([406, '/api/v1/waits is served as application/json and text/csv, not as what Accept asks for.']);
  });

  test('an address that cannot be decoded is the caller\'s mistake, and no line of the log', async () => {
    const before = site.logged.length;

    const answer = await problemOf('/api/v1/metrics/%E0%A4%A');

    expect(answer).toEqual([400, 'The address has a part that is not UTF-8 in percent encoding.']);
    expect(site.logged.slice(before)).toEqual([]);
  });
});

describe('a window', () => {
  test('is the last twelve full weeks where none is asked for', async () => {
    expect(await windowOf('')).toEqual(['2026-08-24T00:00:00Z', '2026-11-16T00:00:00Z']);
  });

  test('is so many full weeks before its end', async () => {
    expect(await windowOf('weeks=2&to=2026-11-12')).toEqual(['2026-10-26T00:00:00Z', '2026-11-09T00:00:00Z']);
    expect(await windowOf('weeks=1&to=2026-11-09')).toEqual(['2026-11-02T00:00:00Z', '2026-11-09T00:00:00Z']);
  });

  test('begins and ends where it is told to, a day at its midnight', async () => {
    expect(await windowOf('from=2026-11-01&to=2026-11-03T12:00:00%2B01:00')).toEqual(['2026-11-01T00:00:00Z', '2026-11-03T11:00:00Z']);
  });

  test("takes days and weeks in the scope's zone, a change of the clock included", async () => {
    expect(await windowOf('scope=team:widgets&from=2026-10-25&to=2026-10-26')).toEqual(['2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z']);
    expect(await windowOf('scope=team:widgets&weeks=1&to=2026-10-26')).toEqual(['2026-10-18T22:00:00Z', '2026-10-25T23:00:00Z']);
  });

  test('ends now where it would end in the future, or where no end is given', async () => {
    const now = '2026-11-18T12:00:30Z';
    expect(await windowOf('from=2026-11-01')).toEqual(['2026-11-01T00:00:00Z', now]);
    expect(await windowOf('from=2026-11-01&to=2030-01-01')).toEqual(['2026-11-01T00:00:00Z', now]);
    expect(await windowOf('weeks=1&to=2030-01-01')).toEqual(['2026-11-09T00:00:00Z', '2026-11-16T00:00:00Z']);
  });
});
