import { describe, expect, test } from '@jest/globals';
import { standingClock } from '#src/core/clock.ts';
import { aCall, ask } from '#test/support/fake-github/a-call.ts';
import { buildWorld } from '#test/support/fake-github/build-world.ts';
import { deliveryLog } from '#test/support/fake-github/delivery-log.ts';
import { DeliveryRecord, type DeliveryAttempt } from '#test/support/fake-github/delivery-record.ts';
import { limits } from '#test/support/fake-github/limits.ts';
import { restEntity, restProblems } from '#test/support/fake-github/rest-schemas.ts';

const NOON = Date.UTC(2026, 0, 5, 12);
const parts = { world: buildWorld(), clock: standingClock(NOON) };

const ATTEMPT: Omit<DeliveryAttempt, 'id'> = {
  guid: '72d3162e-cc78-11e3-81ab-4c9367dc0958',
  event: 'pull_request',
  action: 'opened',
  deliveredAt: NOON,
  isRedelivery: false,
  durationSeconds: 0.05,
  status: 'OK',
  statusCode: 202,
  installationId: '50000001',
  repositoryId: 100,
  throttledAt: null,
  url: 'https://narrows.example/webhooks/github',
  request: { headers: { 'X-GitHub-Event': 'pull_request' }, payload: '{"action":"opened","number":1}' },
  response: { headers: { 'content-type': 'text/plain' }, body: 'Thanks.' },
};

async function askLog(path: string, name: string): Promise<unknown> {
  const record = new DeliveryRecord();
  record.add(ATTEMPT);
  record.add({ ...ATTEMPT, action: null, status: 'timed out', statusCode: 0, installationId: null, repositoryId: null, throttledAt: NOON, request: { headers: {}, payload: null }, response: null });
  const id = (index: string): string => record.all[Number(index)]?.id ?? '';
  const layer = deliveryLog(parts, { record });
  const answer = await ask(layer, aCall({ at: NOON, path: path.replace(/\{(\d)\}/, (_, index: string) => id(index)), name, caller: { kind: 'app' } }));
  expect(answer.status).toBe(200);
  return JSON.parse(answer.body);
}

describe('what the operating side answers is what GitHub’s description of REST says', () => {
  test('the list of deliveries', async () => {
    const list = await askLog('/app/hook/deliveries', 'GET /app/hook/deliveries');

    expect(list).toHaveLength(2);
    expect(restProblems('GET /app/hook/deliveries', list)).toEqual([]);
  });

  test.each(['{0}', '{1}'])('a delivery with what was sent (%s)', async (id) => {
    const detail = await askLog(`/app/hook/deliveries/${id}`, 'GET /app/hook/deliveries/{delivery_id}');

    expect(restProblems('GET /app/hook/deliveries/{delivery_id}', detail)).toEqual([]);
  });

  test('the limits', async () => {
    const { body } = await ask(limits(parts, {}), aCall({ at: NOON, path: '/rate_limit', name: 'GET /rate_limit' }));

    expect(restProblems('GET /rate_limit', JSON.parse(body))).toEqual([]);
  });
});

describe('the published description', () => {
  test('finds what is missing and what is of another type', () => {
    expect(restProblems('GET /app/hook/deliveries', [{ id: 'one' }])).toEqual(expect.arrayContaining([expect.stringContaining("must have required property 'guid'"), expect.stringContaining('/0/id must be integer')]));
  });

  test('fills an entity with constants so that it is valid, and keeps what is known', () => {
    const pull = restEntity('pull-request-simple', { number: 7, title: 'A title', user: { login: 'ada', id: 1 }, nobody: 'knows this' });

    expect(restProblems('GET /repos/{owner}/{repo}/pulls', [pull])).toEqual([]);
    expect(pull).toMatchObject({ number: 7, title: 'A title', user: { login: 'ada', id: 1, avatar_url: expect.stringContaining('https://') }, closed_at: null });
    expect(pull).not.toHaveProperty('nobody');
  });

  test.each([
    ['GET /repos/{owner}/{repo}', 'full-repository'],
    ['GET /repos/{owner}/{repo}/pulls/{pull_number}', 'pull-request'],
    ['GET /orgs/{org}', 'organization-full'],
    ['GET /orgs/{org}/teams/{team_slug}', 'team-full'],
    ['GET /app', 'integration'],
    ['GET /app/installations/{installation_id}', 'installation'],
  ])('fills what %s answers out of nothing', (route, name) => {
    expect(restProblems(route, restEntity(name, {}))).toEqual([]);
  });
});
