import { describe, expect, test } from '@jest/globals';
import type { TimeSource } from '#src/domain/event-kind.ts';
import type { Team, TeamMembershipChange } from '#src/domain/team.ts';
import { TeamMembers } from '#src/waits/team-members.ts';

const aTeam = (id: string, slug: string, more: Partial<Team> = {}): Team => ({ id, slug, organization: 'o', name: slug, parentId: null, deletedAt: null, ...more });

const aChange = (account: string, at: number, isMember: boolean, atFrom: TimeSource = 'github', teamId = 't1'): TeamMembershipChange => ({ teamId, account, isMember, at, atFrom, knownAt: at, knownBy: 'd' });

const members = (memberships: readonly TeamMembershipChange[], more: { teams?: readonly Team[]; listed?: readonly string[] } = {}): TeamMembers =>
  new TeamMembers({ teams: more.teams ?? [aTeam('t1', 'core')], memberships, listedTeams: new Set(more.listed ?? []) }, (ref) => (ref === '@ann' ? '#2' : ref));

describe('the members of a team', () => {
  test('are those who had joined and not left by then', () => {
    const core = members([aChange('#2', 20, false), aChange('@ann', 10, true)]);

    expect(core.membership('%core', '#2', 9)).toEqual({ isMember: false, knownFrom: 'history' });
    expect(core.membership('%core', '#2', 10)).toEqual({ isMember: true, knownFrom: 'history' });
    expect(core.membership('%core', '#2', 20)).toEqual({ isMember: false, knownFrom: 'history' });
  });

  test('were members before the first change known, if that was their leaving', () => {
    expect(members([aChange('#2', 20, false)]).membership('%core', '#2', 5)).toEqual({ isMember: true, knownFrom: 'history' });
  });

  test('are taken as of today where only a bound or a listing tells', () => {
    const core = members([aChange('#2', 20, true, 'bound')], { listed: ['t1'] });

    expect(core.membership('%core', '#2', 5)).toEqual({ isMember: true, knownFrom: 'today' });
    expect(core.membership('%core', '#3', 5)).toEqual({ isMember: false, knownFrom: 'today' });
  });

  test('are unknown where nothing tells: a team never seen, or an account of a team never listed', () => {
    const core = members([aChange('#2', 20, true)]);

    expect(core.membership('%elsewhere', '#2', 30)).toBeNull();
    expect(core.membership('%core', '#3', 30)).toBeNull();
  });

  test('of a child team belong to its parents, and to nobody else', () => {
    const teams = [aTeam('t1', 'core'), aTeam('t2', 'review', { parentId: 't1' }), aTeam('t3', 'docs', { parentId: 't2' }), aTeam('t4', 'other')];
    const known = members([aChange('#2', 10, true, 'github', 't3')], { teams, listed: ['t1', 't2', 't3', 't4'] });

    expect(known.membership('%core', '#2', 20)).toEqual({ isMember: true, knownFrom: 'history' });
    expect(known.membership('%other', '#2', 20)).toEqual({ isMember: false, knownFrom: 'today' });
  });

  test('of a parent are unknown while one of its child teams was never listed', () => {
    const teams = [aTeam('t1', 'core'), aTeam('t2', 'review', { parentId: 't1' })];

    expect(members([], { teams, listed: ['t1'] }).membership('%core', '#2', 20)).toBeNull();
  });

  test('of a team that was deleted are unknown, also when a new one has its slug', () => {
    const teams = [aTeam('t1', 'core', { deletedAt: 50 }), aTeam('t2', 'core')];

    expect(members([aChange('#2', 10, true)], { teams, listed: ['t2'] }).membership('%core', '#2', 60)).toEqual({ isMember: false, knownFrom: 'today' });
    expect(members([aChange('#2', 10, true)], { teams: [aTeam('t1', 'core', { deletedAt: 50 })] }).membership('%core', '#2', 60)).toBeNull();
  });
});
