import { describe, expect, test } from '@jest/globals';
import type { Team } from '#src/domain/team.ts';
import { owningTeams, type TeamAccessChange, type TeamAccessListing, type TeamRepositories } from '#src/domain/team-repositories.ts';

const aTeam = (id: string, slug: string, more: Partial<Team> = {}): Team => ({ id, slug, organization: 'o', name: slug, parentId: null, deletedAt: null, ...more });

const aChange = (teamId: string, at: number, permission: string | null, hasAccess = true): TeamAccessChange => ({ teamId, repositoryId: '7', hasAccess, permission, at, atFrom: 'delivered', knownAt: at, knownBy: 'd' });

const aListing = (teamId: string, takenAt: number, permissions: Readonly<Record<string, string>>): TeamAccessListing => ({ teamId, takenAt, knownBy: 'l', repositories: Object.entries(permissions).map(([repositoryId, permission]) => ({ repositoryId, permission })) });

const owners = (known: Partial<TeamRepositories>, at: number): readonly string[] => owningTeams({ teams: [aTeam('1', 'core')], changes: [], listings: [], ...known }, '7', at).map(({ slug }) => slug);

describe('the teams that own a repository', () => {
  test.each(['maintain', 'admin'])('are those with %s', (permission) => {
    expect(owners({ listings: [aListing('1', 10, { 7: permission })] }, 20)).toEqual(['core']);
  });

  test.each(['pull', 'triage', 'push'])('are none of those with %s', (permission) => {
    expect(owners({ listings: [aListing('1', 10, { 7: permission })] }, 20)).toEqual([]);
  });

  test('are as they were at that instant', () => {
    const changes = [aChange('1', 30, null, false), aChange('1', 10, 'admin')];

    expect([9, 10, 29, 30].map((at) => owners({ changes }, at))).toEqual([[], ['core'], ['core'], []]);
  });

  test('before anything was known are those of the first listing', () => {
    expect(owners({ listings: [aListing('1', 10, { 7: 'admin' })] }, 5)).toEqual(['core']);
  });

  test('lose a repository by a later listing that lacks it', () => {
    const listings = [aListing('1', 20, {}), aListing('1', 10, { 7: 'admin' })];

    expect([19, 20].map((at) => owners({ listings }, at))).toEqual([['core'], []]);
  });

  test('keep the permission they had where a change names none', () => {
    const known = { listings: [aListing('1', 10, { 7: 'admin' })], changes: [aChange('1', 20, null)] };

    expect(owners(known, 25)).toEqual(['core']);
    expect(owners({ changes: [aChange('1', 20, null)] }, 25)).toEqual([]);
  });

  test('are the innermost: a parent of one that owns it does not', () => {
    const teams = [aTeam('1', 'everyone'), aTeam('2', 'payments', { parentId: '1' }), aTeam('3', 'cards', { parentId: '2' }), aTeam('4', 'search', { parentId: '1' })];
    const listings = ['1', '2', '3'].map((id) => aListing(id, 10, { 7: 'admin' }));

    expect(owners({ teams, listings }, 20)).toEqual(['cards']);
    expect(owners({ teams, listings: [...listings, aListing('4', 10, { 7: 'maintain' })] }, 20)).toEqual(['cards', 'search']);
  });

  test('end with the team, and a circle of parents ends the search', () => {
    const deleted = [aTeam('1', 'core', { deletedAt: 15 })];
    const circle = [aTeam('1', 'core', { parentId: '2' }), aTeam('2', 'docs', { parentId: '1' })];
    const listings = [aListing('1', 10, { 7: 'admin' })];

    expect([14, 15].map((at) => owners({ teams: deleted, listings }, at))).toEqual([['core'], []]);
    expect(owners({ teams: circle, listings }, 20)).toEqual(['core']);
  });
});
