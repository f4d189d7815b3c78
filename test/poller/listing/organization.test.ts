import { afterEach, describe, expect, test } from '@jest/globals';
import type { Delivery } from '#src/domain/delivery.ts';
import { listOrganization } from '#src/poller/listing/organization-listing.ts';
import { buildWorld } from '#test/support/fake-github/build-world.ts';
import { errorsUnder200, resourceLimits } from '#test/support/fake-github/fault-kinds.ts';
import { FaultScript, type FaultRule } from '#test/support/fake-github/faults.ts';
import type { RecordedAccount } from '#test/support/fake-github/recorded-pull.ts';
import type { OrganizationState, TeamState, World } from '#test/support/fake-github/world.ts';
import { endFakes, listingRig, SIGNAL, type ListingRig } from './listing-rig.ts';

const NOW = Date.UTC(2026, 1, 2, 9);

afterEach(endFakes);

const person = (id: number): RecordedAccount => ({ login: `person-${String(id)}`, id, type: 'User' });

function aTeam(id: number, slug: string, members: readonly number[], more: Partial<TeamState> = {}): TeamState {
  return { id, slug, name: slug, parentSlug: null, privacy: 'closed', members: members.map((one) => ({ account: person(one), role: 'member' })), repositories: [], ...more };
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

function anOrganization(members: readonly number[], teams: readonly TeamState[]): OrganizationState {
  return { login: 'octo', members: members.map((one) => ({ account: person(one), role: 'member' })), teams };
}

async function aRig(organization: OrganizationState, more: { rules?: readonly FaultRule[]; repositories?: readonly string[]; onCall?: (name: string, world: World) => void } = {}): Promise<ListingRig> {
  const repositories = (more.repositories ?? ['octo/app']).map((fullName, index) => ({ fullName, id: 100 + index, owner: { id: 9 }, createdAt: NOW - 1_000 }));
  const world = buildWorld({ repositories, organizations: [organization] });
  return listingRig(world, NOW, { faults: { script: new FaultScript(more.rules) }, onCall: ({ name }) => more.onCall?.(name, world) });
}

function contentOf(delivery: Delivery | undefined): { areTeamsComplete: boolean; members: unknown; teams: { slug: string; members: unknown[] | null; repositories: unknown[] | null }[] } {
  return JSON.parse(new TextDecoder().decode(delivery?.body));
}

const ask = (rig: ListingRig, login = 'octo') => rig.run(listOrganization(rig.github, login, SIGNAL));

describe('an organisation', () => {
  test('is listed with its teams, who is in each, what each reaches with which permission, and its members', async () => {
    const team = aTeam(7, 'owners', [2, 1], { repositories: [{ repositoryId: 100, permission: 'maintain' }, { repositoryId: 101, permission: 'push' }] });
    const rig = await aRig(anOrganization([1, 2, 3], [team, aTeam(8, 'cards', [3], { parentSlug: 'owners' })]), { repositories: ['octo/app', 'octo/web'] });

    const listing = await ask(rig);

    expect(listing).toMatchObject({ takenAt: NOW, isComplete: true, delivery: { channel: 'api', event: 'organization_listing', takenAt: NOW } });
    expect(contentOf(listing?.delivery)).toEqual({
      organization: { id: '9', login: 'octo' },
      areTeamsComplete: true,
      teams: [
        { id: '7', slug: 'owners', name: 'owners', parentId: null, members: [{ id: '1', login: 'person-1' }, { id: '2', login: 'person-2' }], repositories: [{ id: '100', fullName: 'octo/app', permission: 'maintain' }, { id: '101', fullName: 'octo/web', permission: 'push' }] },
        { id: '8', slug: 'cards', name: 'cards', parentId: '7', members: [{ id: '3', login: 'person-3' }], repositories: [] },
      ],
      members: [1, 2, 3].map((id) => ({ id: String(id), login: `person-${String(id)}` })),
    });
  });

  test('is paged to the end of every list: 120 teams, 250 members of one of them, 230 of the organisation', async () => {
    const teams = numbers(120).map((id) => aTeam(id, `team-${String(id)}`, id === 60 ? numbers(250) : [id]));
    const rig = await aRig(anOrganization(numbers(230), teams));

    const listing = await ask(rig);

    const content = contentOf(listing?.delivery);
    expect(listing?.isComplete).toBe(true);
    expect(content.teams).toHaveLength(120);
    expect(content.teams.find(({ slug }) => slug === 'team-60')?.members).toHaveLength(250);
    expect(content.members).toHaveLength(230);
    expect(rig.fake.requests.map(({ name }) => name).sort()).toEqual([...Array(3).fill('OrganizationMembers'), ...Array(3).fill('OrganizationTeams'), ...Array(2).fill('TeamRemainder')]);
  });

  test('says the same as before as long as nobody comes or goes', async () => {
    const rig = await aRig(anOrganization([1, 2], [aTeam(7, 'owners', [1])]));
    const first = await ask(rig);
    rig.clock.advance(60_000);
    const second = await ask(rig);
    rig.fake.world.putOrganization(anOrganization([1, 2], [aTeam(7, 'owners', [1, 2])]), rig.clock.now());
    const third = await ask(rig);

    expect(second?.digest).toBe(first?.digest);
    expect(second?.delivery.guid).not.toBe(first?.delivery.guid);
    expect(third?.digest).not.toBe(first?.digest);
  });

  test('of which a list changes while it is paged says nothing of that list', async () => {
    const rig = await aRig(anOrganization([1], [aTeam(7, 'owners', numbers(150)), aTeam(8, 'cards', [1])]), {
      onCall: (name, world) => {
        if (name === 'TeamRemainder') world.putOrganization(anOrganization([1], [aTeam(7, 'owners', numbers(150).slice(1)), aTeam(8, 'cards', [1])]), NOW);
      },
    });

    const listing = await ask(rig);

    expect(listing?.isComplete).toBe(false);
    expect(contentOf(listing?.delivery).teams.map(({ slug, members }) => [slug, members?.length ?? null])).toEqual([['owners', null], ['cards', 1]]);
  });

  test.each([
    ['members', ['organization', 'teams', 'nodes', 0, 'members'], { teams: [{ members: null, repositories: [] }], areTeamsComplete: true }],
    ['a member', ['organization', 'teams', 'nodes', 0, 'members', 'nodes', 0], { teams: [{ members: null, repositories: [] }], areTeamsComplete: true }],
    ['a team', ['organization', 'teams', 'nodes', 0], { teams: [], areTeamsComplete: false }],
  ])('answered without %s says nothing of that list', async (_what, path, expected) => {
    const rig = await aRig(anOrganization([1], [aTeam(7, 'owners', [1])]), { rules: [{ on: 'OrganizationTeams', fault: resourceLimits(path) }] });

    const listing = await ask(rig);

    expect(listing?.isComplete).toBe(false);
    expect(contentOf(listing?.delivery)).toMatchObject(expected);
  });

  test('whose teams may not be read is forbidden, and a person has none', async () => {
    const forbidden = errorsUnder200({ type: 'FORBIDDEN', message: 'Resource not accessible by integration', path: ['organization', 'teams'] });
    const rig = await aRig(anOrganization([1], []), { rules: [{ on: 'OrganizationTeams', fault: forbidden }] });

    await expect(ask(rig)).rejects.toMatchObject({ code: 'github-forbidden' });
    const withheld = await aRig(anOrganization([1], []), { rules: [{ on: 'OrganizationTeams', fault: withoutOrganization }] });
    await expect(ask(withheld)).rejects.toMatchObject({ code: 'github-forbidden' });
  });
});

/** As GitHub answers where a list that must not be null is withheld: nothing is left of what it belongs to. */
const withoutOrganization: FaultRule['fault'] = async (call, next) => {
  const answer = await next(call);
  const body = JSON.stringify({ data: { organization: null, rateLimit: null }, errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration', path: ['organization', 'teams'] }] });
  return { ...answer, body };
};
