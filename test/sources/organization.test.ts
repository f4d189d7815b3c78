import { beforeAll, describe, expect, test } from '@jest/globals';
import type { SourcesByEvent } from '#src/ingest/read-delivery.ts';
import { ADA, anAccount, aRepository, GRACE, ms } from '#test/support/github-payloads.ts';
import { loadSources } from '#test/support/sources.ts';
import { readWebhook } from '#test/support/timeline.ts';

let sources: SourcesByEvent;
beforeAll(async () => {
  sources = await loadSources();
});

const DELIVERED = { guid: 'guid-1', deliveredAt: ms('13:00:00') };
const TIME = { at: ms('13:00:00'), atFrom: 'delivered', knownAt: ms('13:00:00'), knownBy: 'guid-1' };
const OWNERS = { id: 7, slug: 'owners', name: 'Owners' };
const ACME = anAccount('acme', 5, 'Organization');

describe('repository', () => {
  const seen = (fullName: string, more = {}): object => ({ id: '100', fullName, seenAt: ms('13:00:00'), deletedAt: null, ...more });

  test.each([
    ['created', {}, [seen('acme/widgets')]],
    ['archived', {}, [seen('acme/widgets')]],
    ['deleted', {}, [seen('acme/widgets', { deletedAt: ms('13:00:00') })]],
    ['renamed', { repository: { name: { from: 'gadgets' } } }, [seen('acme/gadgets', { seenAt: ms('13:00:00') - 1 }), seen('acme/widgets')]],
    ['transferred', { owner: { from: { user: { login: 'grace' } } } }, [seen('grace/widgets', { seenAt: ms('13:00:00') - 1 }), seen('acme/widgets')]],
    ['transferred', { owner: { from: { organization: { login: 'initech' } } } }, [seen('initech/widgets', { seenAt: ms('13:00:00') - 1 }), seen('acme/widgets')]],
  ])('%s shows the repository under its id, with the name it has and the one it had', (action, changes, expected) => {
    const reading = readWebhook(sources, 'repository', { action, changes, repository: aRepository(), sender: ADA }, DELIVERED);

    expect(reading).toHaveProperty('changes.repositories', expected);
  });
});

describe('team', () => {
  const sighting = { id: '7', organization: 'acme', slug: 'owners', name: 'Owners', parentId: null, seenAt: ms('13:00:00'), deletedAt: null };
  const grant = { teamId: '7', repository: { id: '100', fullName: 'acme/widgets' }, hasAccess: true, permission: null, ...TIME };

  test.each([
    ['created', {}, { teams: [sighting] }],
    ['edited', { team: { ...OWNERS, parent: { id: 6 } } }, { teams: [{ ...sighting, parentId: '6' }] }],
    ['deleted', {}, { teams: [{ ...sighting, deletedAt: ms('13:00:00') }] }],
    ['added_to_repository', { repository: aRepository() }, { teams: [sighting], teamRepositories: [grant] }],
    ['added_to_repository', { repository: aRepository(), team: { ...OWNERS, permission: 'push' } }, { teamRepositories: [{ ...grant, permission: 'push' }] }],
    ['removed_from_repository', { repository: aRepository(), team: { ...OWNERS, permission: 'push' } }, { teamRepositories: [{ ...grant, hasAccess: false }] }],
    ['edited', { repository: aRepository(), team: { ...OWNERS, permission: 'admin' } }, { teamRepositories: [{ ...grant, permission: 'admin' }] }],
  ])('%s tells of the team, and of a repository it was given', (action, more, expected) => {
    const reading = readWebhook(sources, 'team', { action, team: OWNERS, organization: ACME, sender: ADA, ...more }, DELIVERED);

    expect(reading).toMatchObject({ outcome: 'facts', changes: expected });
  });

  test('created, in an organisation and without a repository, gives it none', () => {
    const reading = readWebhook(sources, 'team', { action: 'created', team: OWNERS, organization: ACME, sender: ADA }, DELIVERED);

    expect(reading).not.toHaveProperty('changes.teamRepositories');
  });

  test('team_add is the older word for a team being given a repository', () => {
    const reading = readWebhook(sources, 'team_add', { team: OWNERS, organization: ACME, repository: aRepository(), sender: ADA }, DELIVERED);

    expect(reading).toMatchObject({ changes: { teams: [sighting], teamRepositories: [grant] } });
  });

  test('a team of nobody is ignored, with the reason', () => {
    expect(readWebhook(sources, 'team', { action: 'created', team: OWNERS })).toEqual({ outcome: 'ignored', reason: 'a team without an organisation' });
  });
});

describe('membership', () => {
  test.each([
    ['added', true],
    ['removed', false],
  ])('%s says who belongs to the team from its delivery on', (action, isMember) => {
    const payload = { action, scope: 'team', member: GRACE, team: OWNERS, organization: ACME, sender: ADA };

    const reading = readWebhook(sources, 'membership', payload, DELIVERED);

    expect(reading).toHaveProperty('changes.memberships', [{ teamId: '7', account: '#2', isMember, ...TIME }]);
    expect(reading).toHaveProperty('changes.teams.0.slug', 'owners');
  });

  test('a team that is being deleted has no slug any more, and the membership still counts', () => {
    const payload = { action: 'removed', scope: 'organization', member: GRACE, team: { id: 7, name: 'Owners', deleted: true }, organization: ACME, sender: ADA };

    const reading = readWebhook(sources, 'membership', payload, DELIVERED);

    expect(reading).toHaveProperty('changes.teams', []);
    expect(reading).toHaveProperty('changes.memberships', [{ teamId: '7', account: '#2', isMember: false, ...TIME }]);
  });

  test('another action is ignored, with the reason', () => {
    const payload = { action: 'sworn in', member: GRACE, team: OWNERS, organization: ACME };

    expect(readWebhook(sources, 'membership', payload)).toEqual({ outcome: 'ignored', reason: "membership sworn in changes nobody's team" });
  });
});

describe('member', () => {
  const change = { repository: { id: '100', fullName: 'acme/widgets' }, account: '#2', isCollaborator: true, permission: null, ...TIME };

  test.each([
    ['added', {}, change],
    ['added', { permission: { to: 'write' } }, { ...change, permission: 'write' }],
    ['added', { permission: { to: 'write' }, role_name: { to: 'maintain' } }, { ...change, permission: 'maintain' }],
    ['edited', { permission: { from: 'write', to: 'admin' } }, { ...change, permission: 'admin' }],
    ['removed', {}, { ...change, isCollaborator: false }],
  ])('%s says who collaborates and with what role', (action, changes, expected) => {
    const reading = readWebhook(sources, 'member', { action, member: GRACE, repository: aRepository(), sender: ADA, changes }, DELIVERED);

    expect(reading).toHaveProperty('changes.collaborators', [expected]);
  });
});
