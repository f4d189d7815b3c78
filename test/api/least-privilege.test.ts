import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Server } from 'node:http';
import request from 'supertest';
import type { Viewer } from '#src/domain/viewer.ts';
import { openReadingSite, READ_AT, type ReadingSite } from '#test/support/reading-site.ts';
import { aPerson, reviewStory } from '#test/support/review-story.ts';

/** Sees one of the two repositories. */
const OUTSIDER: Viewer = { sees: 'repositories', repositoryIds: ['name:acme/widgets'] };

const PERSONS = ['ada', 'grace', 'linus', 'mallory', 'trent'];

/** Everything there is to ask that lists or counts. */
const ASKED = [
  '/',
  '/?format=csv&weeks=2',
  '/?weeks=2',
  '/reviews?weeks=2',
  '/reviews?format=csv&weeks=2',
  '/waits?stage=review.request_response&weeks=2',
  '/waits?stage=review.request_response&weeks=2&format=csv',
  '/stays?stock=awaiting_review&weeks=2',
  '/stays?stock=awaiting_review&weeks=2&format=csv',
  '/api/v1/metrics',
  '/api/v1/metrics/review.first_response?by=repository&from=2026-01-01',
  '/api/v1/waits?from=2026-01-01',
  '/api/v1/phases?from=2026-01-01',
  '/api/v1/stays?from=2026-01-01',
];

let site: ReadingSite;

beforeAll(async () => {
  const hidden = { title: 'Project Nightfall', author: aPerson('mallory', 21), reviewer: aPerson('trent', 22), team: 'night-watch', asked: aPerson('trent', 22) };
  site = await openReadingSite(
    [
      { lines: [reviewStory({ number: 1 })], repository: 'acme/widgets', takenAt: READ_AT },
      { lines: [reviewStory({ number: 7, ...hidden })], repository: 'acme/nightfall', takenAt: READ_AT },
    ],
    'teams: { makers: { repositories: [acme/widgets, acme/nightfall] } }',
  );
});

afterAll(() => site.close());

describe('a reader who may not see a repository', () => {
  let outside: Server;

  beforeAll(async () => {
    outside = await site.serve({ viewer: OUTSIDER, policy: { ...site.app.policy, names: true } });
  });

  test.each(ASKED)('meets nothing of it at %s', async (address) => {
    const answer = await request(outside).get(address).expect(200);

    expect(answer.text).not.toMatch(/nightfall|night-watch|mallory|trent/i);
  });

  test.each(ASKED.filter((address) => /api|csv/.test(address) && !address.endsWith('/metrics')))('is counted nothing of it at %s', async (address) => {
    const alone = await (await openAlone()).get(address);

    const answer = await request(outside).get(address).expect(200);

    expect(answer.text).toBe(alone.text);
  });

  test.each([
    ['/pull-requests/acme/nightfall/7', '/pull-requests/acme/nowhere/7'],
    ['/pull-requests/acme/nightfall/7?format=csv', '/pull-requests/acme/nowhere/7?format=csv'],
    ['/?scope=repository:acme/nightfall', '/?scope=repository:acme/nowhere'],
    ['/reviews?scope=repository:acme/nightfall', '/reviews?scope=repository:acme/nowhere'],
    ['/waits?stage=review.approval&scope=repository:acme/nightfall', '/waits?stage=review.approval&scope=repository:acme/nowhere'],
    ['/stays?stock=drafts&scope=repository:acme/nightfall', '/stays?stock=drafts&scope=repository:acme/nowhere'],
    ['/api/v1/waits?scope=repository:acme/nightfall', '/api/v1/waits?scope=repository:acme/nowhere'],
    ['/api/v1/phases?scope=repository:acme/nightfall', '/api/v1/phases?scope=repository:acme/nowhere'],
    ['/api/v1/metrics/review.approval?scope=repository:acme/nightfall', '/api/v1/metrics/review.approval?scope=repository:acme/nowhere'],
  ])('cannot tell %s from what does not exist', async (there, nowhere) => {
    const [hidden, missing] = [await request(outside).get(there), await request(outside).get(nowhere)];

    expect(hidden.status).toBe(404);
    expect(hidden.text).toBe(missing.text);
    const { date: _, ...headers } = hidden.headers;
    expect(missing.headers).toMatchObject(headers);
  });

  test('while who may see it is shown it', async () => {
    const inside = await site.serve();

    expect((await request(inside).get('/pull-requests/acme/nightfall/7')).text).toContain('Project Nightfall');
    expect((await request(inside).get('/api/v1/waits?from=2026-01-01')).text).toContain('Project Nightfall');
    expect((await request(inside).get('/?weeks=2')).text).toContain('acme/nightfall');
  });

  /** An installation that never knew the other repository. */
  async function openAlone(): Promise<ReturnType<typeof request>> {
    alone ??= await openReadingSite([{ lines: [reviewStory({ number: 1 })], repository: 'acme/widgets', takenAt: READ_AT }], 'teams: { makers: { repositories: [acme/widgets, acme/nightfall] } }');
    return request(await alone.serve({ policy: { ...site.app.policy, names: true } }));
  }

  let alone: ReadingSite | null = null;

  afterAll(() => alone?.close());
});

describe('persons', () => {
  const LEAVING = ASKED.filter((address) => /api|csv/.test(address));

  test.each([...LEAVING, '/pull-requests/acme/widgets/1?format=csv'])('do not leave by %s while the policy does not name them; teams do', async (address) => {
    const server = await site.serve();

    const answer = await request(server).get(address).expect(200);

    expect(answer.text).not.toMatch(new RegExp(`\\b(?:${PERSONS.join('|')})\\b`));
  });

  test('leave by API and CSV where the policy names them', async () => {
    const server = await site.serve({ policy: { ...site.app.policy, names: true } });

    for (const address of ['/api/v1/waits?from=2026-01-01', '/waits?stage=review.request_response&weeks=2&format=csv', '/pull-requests/acme/widgets/1?format=csv']) {
      expect([address, (await request(server).get(address)).text.includes('grace')]).toEqual([address, true]);
    }
  });

  test('are told apart from teams, which are named always', async () => {
    const { body } = await request(await site.serve()).get('/api/v1/waits?from=2026-01-01&stage=review.request_response&scope=repository:acme/widgets').expect(200);

    expect(body.waits.map((wait: Readonly<Record<string, unknown>>) => [wait['waits_on_kind'], wait['waits_on']])).toEqual([
      ['user', null],
      ['team', 'widget-makers'],
      ['user', null],
    ]);
  });

  test('stand on a list of waits only while they are waited for, unless the policy names them', async () => {
    const address = '/waits?stage=review.request_response&weeks=2&scope=repository:acme/widgets';

    const unnamed = (await request(await site.serve()).get(address)).text;
    const named = (await request(await site.serve({ policy: { ...site.app.policy, names: true } })).get(address)).text;

    expect([unnamed.includes('grace'), unnamed.includes('linus')]).toEqual([false, true]);
    expect([named.includes('grace'), named.includes('linus')]).toEqual([true, true]);
  });
});
