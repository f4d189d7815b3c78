import { describe, expect, test } from '@jest/globals';
import type { TimeSource } from '#src/domain/event-kind.ts';
import type { Team, TeamMemberListing, TeamMembershipChange } from '#src/domain/team.ts';
import { TeamMembers } from '#src/waits/team-members.ts';

const aTeam = (id: string, slug: string, more: Partial<Team> = {}): Team => ({ id, slug, organization: 'o', name: slug, parentId: null, deletedAt: null, ...more });

const aChange = (account: string, at: number, isMember: boolean, atFrom: TimeSource = 'github', teamId = 't1'): TeamMembershipChange => ({ teamId, account, isMember, at, atFrom, knownAt: at, knownBy: 'd' });

const aListing = (takenAt: number, members: readonly string[], teamId = 't1'): TeamMemberListing => ({ teamId, takenAt, members, knownBy: 'l' });

const members = (memberships: readonly TeamMembershipChange[], more: { teams?: readonly Team[]; listings?: readonly TeamMemberListing[] } = {}): TeamMembers =>
  new TeamMembers({ teams: more.teams ?? [aTeam('t1', 'core')], memberships, memberListings: more.listings ?? [] }, (ref) => (ref === '@ann' ? '#2' : ref));

const MEMBER = { isMember: true, knownFrom: 'history' };
const BOUND_MEMBER = { isMember: true, knownFrom: 'today' };
const STRANGER = { isMember: false, knownFrom: 'history' };
const BOUND_STRANGER = { isMember: false, knownFrom: 'today' };

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
    const core = members([aChange('#2', 20, true, 'bound')], { listings: [aListing(30, ['#2'])] });

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
    const known = members([aChange('#2', 10, true, 'github', 't3')], { teams, listings: ['t1', 't2', 't3', 't4'].map((id) => aListing(30, id === 't3' ? ['#2'] : [], id)) });

    expect(known.membership('%core', '#2', 20)).toEqual({ isMember: true, knownFrom: 'history' });
    expect(known.membership('%other', '#2', 20)).toEqual({ isMember: false, knownFrom: 'today' });
  });

  test('of a parent are unknown while one of its child teams was never listed', () => {
    const teams = [aTeam('t1', 'core'), aTeam('t2', 'review', { parentId: 't1' })];

    expect(members([], { teams, listings: [aListing(30, [])] }).membership('%core', '#2', 20)).toBeNull();
  });

  test('of a team that was deleted are unknown, also when a new one has its slug', () => {
    const teams = [aTeam('t1', 'core', { deletedAt: 50 }), aTeam('t2', 'core')];

    expect(members([aChange('#2', 10, true)], { teams, listings: [aListing(90, [], 't2')] }).membership('%core', '#2', 60)).toEqual({ isMember: false, knownFrom: 'today' });
    expect(members([aChange('#2', 10, true)], { teams: [aTeam('t1', 'core', { deletedAt: 50 })] }).membership('%core', '#2', 60)).toBeNull();
  });

  test.each([
    ['before the first listing are those of it, as a bound', 5, BOUND_MEMBER, BOUND_STRANGER],
    ['at a listing are those it holds, and nobody else', 10, MEMBER, STRANGER],
    ['between two listings that agree are those of both', 15, MEMBER, STRANGER],
    ['after the last listing are those of it', 40, MEMBER, STRANGER],
  ])('%s', (_when, at, ofListed, ofMissing) => {
    const core = members([], { listings: [aListing(20, ['@ann']), aListing(10, ['#2'])] });

    expect(core.membership('%core', '#2', at)).toEqual(ofListed);
    expect(core.membership('%core', '#3', at)).toEqual(ofMissing);
  });

  test('who left between two listings, nobody knows when, count as members until the later one, as a bound', () => {
    const core = members([], { listings: [aListing(10, ['#2']), aListing(20, [])] });

    expect([9, 10, 19, 20].map((at) => core.membership('%core', '#2', at))).toEqual([BOUND_MEMBER, BOUND_MEMBER, BOUND_MEMBER, STRANGER]);
  });

  test('who joined between two listings, nobody knows when, count as members from the earlier one, as a bound', () => {
    const core = members([], { listings: [aListing(10, []), aListing(20, ['#2'])] });

    expect([9, 10, 19, 20].map((at) => core.membership('%core', '#2', at))).toEqual([BOUND_STRANGER, BOUND_MEMBER, BOUND_MEMBER, MEMBER]);
  });

  test('are known to the second where a change between two listings tells when', () => {
    const joined = members([aChange('#2', 15, true)], { listings: [aListing(10, []), aListing(20, ['#2'])] });
    const left = members([aChange('#2', 15, false)], { listings: [aListing(10, ['#2']), aListing(20, [])] });

    expect([10, 14, 15, 20].map((at) => joined.membership('%core', '#2', at))).toEqual([STRANGER, STRANGER, MEMBER, MEMBER]);
    expect([10, 14, 15, 20].map((at) => left.membership('%core', '#2', at))).toEqual([MEMBER, MEMBER, STRANGER, STRANGER]);
  });

  test('are a bound where a change contradicts the listing before it: another change was missed', () => {
    const core = members([aChange('#2', 20, false)], { listings: [aListing(10, [])] });

    expect([9, 10, 19, 20].map((at) => core.membership('%core', '#2', at))).toEqual([BOUND_STRANGER, BOUND_MEMBER, BOUND_MEMBER, STRANGER]);
  });

  test('after a listing are those that a later change leaves', () => {
    const core = members([aChange('#3', 30, true), aChange('#2', 40, false)], { listings: [aListing(20, ['#2'])] });

    expect(core.membership('%core', '#3', 35)).toEqual(MEMBER);
    expect([35, 45].map((at) => core.membership('%core', '#2', at))).toEqual([MEMBER, STRANGER]);
  });
});
