import { describe, expect, test } from '@jest/globals';
import { owningTeams } from '#src/domain/team-repositories.ts';
import { openCollecting } from '#test/support/collecting-rig.ts';
import { buildWorld } from '#test/support/fake-github/build-world.ts';
import type { RecordedPull } from '#test/support/fake-github/recorded-pull.ts';
import type { OrganizationState, TeamState } from '#test/support/fake-github/world.ts';
import { aWebhook } from '#test/support/sources.ts';

const OPENED = Date.UTC(2026, 0, 5, 9);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const EVERYONE = { sees: 'everything' } as const;

const ada = { login: 'ada', id: 1, type: 'User' } as const;
const grace = { login: 'grace', id: 2, type: 'User' } as const;
const lin = { login: 'lin', id: 3, type: 'User' } as const;

function at(hour: number): string {
  return new Date(OPENED + hour * HOUR).toISOString().replace('.000Z', 'Z');
}

/** Asked of the team owners at the first hour; answered by lin at the second and by grace at the third. */
const PULL: RecordedPull = {
  kind: 'pr',
  number: 1,
  id: 501,
  user: ada,
  state: 'open',
  created_at: at(0),
  updated_at: at(3),
  head_sha: 'a'.repeat(40),
  events: [
    { event: 'review_requested', actor: ada, requested_team: { slug: 'owners', id: 7 }, created_at: at(1) },
    { event: 'reviewed', id: 11, user: lin, state: 'commented', submitted_at: at(2) },
    { event: 'reviewed', id: 12, user: grace, state: 'approved', submitted_at: at(3) },
  ],
};

function owners(members: readonly (typeof ada | typeof grace | typeof lin)[]): OrganizationState {
  const member = (account: typeof ada | typeof grace | typeof lin) => ({ account, role: 'member' as const });
  const team: TeamState = { id: 7, slug: 'owners', name: 'Owners', parentSlug: null, privacy: 'closed', members: members.map(member), repositories: [{ repositoryId: 100, permission: 'maintain' }] };
  return { login: 'octo', members: [ada, grace, lin].map(member), teams: [team] };
}

/** Collects that world a day after, and whatever a test does before. */
async function collected(organization: OrganizationState | null, before: (rig: Awaited<ReturnType<typeof openCollecting>>) => Promise<void> = () => Promise.resolve()) {
  const world = buildWorld({ repositories: [{ fullName: 'octo/app', id: 100, owner: { id: 9 }, pulls: [PULL] }], ...(organization !== null && { organizations: [organization] }) });
  const rig = await openCollecting(world, OPENED + DAY);
  await rig.collectAll();
  await before(rig);
  await rig.fold();
  const waits = await rig.store.waitReader.waits(EVERYONE, { stages: ['review.request_response'] });
  const known = await rig.store.reader.teamRepositories(EVERYONE);
  await rig.close();
  return { answers: waits.map(({ wait: { waitsOn, endedAt, endedFrom } }) => ({ waitsOn, endedAt: endedAt === null ? null : (endedAt - OPENED) / HOUR, endedFrom })), owning: owningTeams(known, '100', OPENED + DAY).map(({ slug }) => slug) };
}

describe('a request of a team whose members were listed', () => {
  test('is not answered by somebody else, and by a member as far as today tells', async () => {
    expect(await collected(owners([grace]))).toEqual({ answers: [{ waitsOn: '%owners', endedAt: 3, endedFrom: 'bound' }], owning: ['owners'] });
  });

  test('is answered by nobody where none of those who reviewed is a member', async () => {
    expect(await collected(owners([ada]))).toMatchObject({ answers: [{ waitsOn: '%owners', endedAt: null }] });
  });

  test('is answered for sure by a member who joined before, as a webhook told', async () => {
    const joined = aWebhook('membership', { action: 'added', member: grace, team: { id: 7, slug: 'owners', name: 'Owners' }, organization: { login: 'octo', id: 9 }, sender: ada }, { deliveredAt: OPENED });

    const { answers } = await collected(owners([grace]), async ({ store }) => {
      await store.inbox.store([joined]);
    });

    expect(answers).toEqual([{ waitsOn: '%owners', endedAt: 3, endedFrom: 'github' }]);
  });

  test('counts the answer of one who has left since, when a webhook told of it', async () => {
    const left = aWebhook('membership', { action: 'removed', member: lin, team: { id: 7, slug: 'owners', name: 'Owners' }, organization: { login: 'octo', id: 9 }, sender: ada }, { deliveredAt: OPENED + 10 * HOUR });

    const { answers } = await collected(owners([grace]), async ({ store }) => {
      await store.inbox.store([left]);
    });

    expect(answers).toEqual([{ waitsOn: '%owners', endedAt: 2, endedFrom: 'github' }]);
  });
});

describe('a request of a team that nobody listed', () => {
  test('is answered by any human but the author', async () => {
    expect(await collected(null)).toEqual({ answers: [{ waitsOn: '%owners', endedAt: 2, endedFrom: 'github' }], owning: [] });
  });
});
