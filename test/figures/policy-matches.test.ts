import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parsePolicy } from '#src/config/policy.ts';
import { policyRules } from '#src/config/policy-rules.ts';
import { policyMatches, type MatchedFacts } from '#src/figures/policy-matches.ts';
import { leftOutUnder } from '#src/figures/left-out.ts';
import type { Account, AccountType } from '#src/domain/account.ts';
import { ORGANIZATION } from '#src/domain/scope.ts';
import type { Viewer } from '#src/domain/viewer.ts';
import { openReadingSite, READ_AT, recordedImport, type ReadingSite } from '#test/support/reading-site.ts';

const YEAR = { fromAt: READ_AT - 400 * 86_400_000, toAt: READ_AT };

const NOTHING: MatchedFacts = { repositories: [], leftOut: [], isInForce: true, accounts: [], teamRepositories: { teams: [], changes: [], listings: [] }, nowAt: READ_AT };

function matchesOf(policyText: string, facts: Partial<MatchedFacts>) {
  const policy = parsePolicy(policyText, 'policy.yaml');
  return policyMatches(policy, policyRules(policy), { ...NOTHING, ...facts });
}

const repository = (fullName: string, deletedAt: number | null = null) => ({ id: fullName, fullName, deletedAt });

const account = (login: string, type: AccountType | null = 'User'): Account => ({ ref: `@${login}`, id: login, login, type });

describe('what rules match', () => {
  test('each pattern of repositories is asked by itself, and what is collected is what all of them together leave', () => {
    const matches = matchesOf('repositories: { include: [acme/*, other/one], exclude: [acme/OLD-*, acme/none] }', {
      repositories: ['acme/app', 'acme/old-app', 'else/x', 'other/one'].map((name) => repository(name)).concat(repository('acme/gone', READ_AT)),
    });

    expect(matches.include.map(({ rule, names }) => [rule, names])).toEqual([
      ['acme/*', ['acme/app', 'acme/old-app']],
      ['other/one', ['other/one']],
    ]);
    expect(matches.exclude.map(({ rule, names }) => [rule, names])).toEqual([
      ['acme/OLD-*', ['acme/old-app']],
      ['acme/none', []],
    ]);
    expect([matches.collected, matches.notCollected]).toEqual([['acme/app', 'other/one'], ['acme/old-app', 'else/x']]);
  });

  test('pull requests are counted at the rule that leaves them out, and not where their repository is not collected', () => {
    const matches = matchesOf('{ repositories: { exclude: [acme/b] }, ignore: { labels: [chore, Never], base_branches: [chore] } }', {
      repositories: [repository('acme/a'), repository('acme/b')],
      leftOut: [
        { by: 'label', rule: 'chore', repositoryId: 'acme/a', count: 3 },
        { by: 'base-branch', rule: 'chore', repositoryId: 'acme/a', count: 4 },
        { by: 'label', rule: 'chore', repositoryId: 'acme/b', count: 50 },
        { by: 'label', rule: 'of an older policy', repositoryId: 'acme/a', count: 2 },
      ],
    });

    expect(matches.ignore.map(({ path, pullRequests }) => [path.join(' '), pullRequests])).toEqual([
      ['ignore labels chore', 3],
      ['ignore labels Never', 0],
      ['ignore base_branches chore', 4],
    ]);
    expect(matches.leftOut).toBe(9);
  });

  test('bots are told apart by who calls them so', () => {
    const { bots } = matchesOf('bots: [ci-machine, nobody-here]', {
      accounts: [account('ada'), account('CI-Machine'), account('DrahtBot'), account('dependabot[bot]', 'Bot'), account('acme', 'Organization')],
    });

    expect(bots.rules.map(({ rule, names }) => [rule, names])).toEqual([
      ['ci-machine', ['CI-Machine']],
      ['nobody-here', []],
    ]);
    expect([bots.fromList, bots.fromGitHub]).toEqual([['DrahtBot'], ['dependabot[bot]']]);
  });

  test('a calendar names who keeps it: repositories by the first pattern that holds, teams, and what is left by the organisation’s', () => {
    const matches = matchesOf(
      '{ calendar: berlin, calendars: { berlin: { zone: Europe/Berlin }, tokyo: { zone: Asia/Tokyo, repositories: [acme/app] } }, teams: { pay: { calendar: tokyo, repositories: [acme/pay] } } }',
      { repositories: [repository('acme/app'), repository('acme/pay')] },
    );

    expect(matches.calendars.map(({ name, isOrganizations, repositories, teams }) => [name, isOrganizations, repositories, teams])).toEqual([
      ['berlin', true, ['acme/pay'], []],
      ['tokyo', false, ['acme/app'], ['pay']],
    ]);
  });
});

describe('teams of GitHub', () => {
  const access = { atFrom: 'github', knownAt: 0, knownBy: 'x' } as const;
  const team = (id: string, slug: string, parentId: string | null = null) => ({ id, organization: 'acme', slug, name: slug.toUpperCase(), parentId, deletedAt: null });
  const teamRepositories: MatchedFacts['teamRepositories'] = {
    teams: [team('1', 'all'), team('2', 'pay', '1'), team('3', 'readers')],
    changes: [{ teamId: '2', repositoryId: 'acme/new', hasAccess: true, permission: 'admin', at: READ_AT - 1_000, ...access }],
    listings: [
      { teamId: '1', takenAt: 10, knownBy: 'x', repositories: [{ repositoryId: 'acme/pay', permission: 'admin' }, { repositoryId: 'acme/app', permission: 'maintain' }] },
      { teamId: '2', takenAt: 10, knownBy: 'x', repositories: [{ repositoryId: 'acme/pay', permission: 'maintain' }] },
      { teamId: '3', takenAt: 10, knownBy: 'x', repositories: [{ repositoryId: 'acme/pay', permission: 'pull' }] },
    ],
  };
  const repositories = ['acme/app', 'acme/new', 'acme/pay'].map((name) => repository(name));

  test('own what the policy names no team for: the innermost with maintain or admin', () => {
    const { teams } = matchesOf('teams: { pay: {}, web: { repositories: [acme/app] } }', { repositories, teamRepositories });

    expect(teams.map(({ slug, isInPolicy, rules, fromGitHub }) => [slug, isInPolicy, rules.flatMap(({ names }) => names), fromGitHub])).toEqual([
      ['pay', true, [], ['acme/new', 'acme/pay']],
      ['web', true, ['acme/app'], []],
    ]);
  });

  test('stand beside those of the policy where it does not name them', () => {
    const { teams } = matchesOf('', { repositories, teamRepositories });

    expect(teams.map(({ slug, name, isInPolicy, fromGitHub }) => [slug, name, isInPolicy, fromGitHub])).toEqual([
      ['all', 'ALL', false, ['acme/app']],
      ['pay', 'PAY', false, ['acme/new', 'acme/pay']],
    ]);
  });
});

describe('over recorded data', () => {
  const TEXT = "{ ignore: { labels: [Label-3, label-2, nobody-uses-this], authors: [Account-1], base_branches: ['2?.x'] } }";
  let site: ReadingSite;

  beforeEach(async () => {
    site = await openReadingSite([await recordedImport()], TEXT);
  });

  afterEach(() => site.close());

  test('what the rules match is exactly what figures leave out', async () => {
    const { waitReader } = await site.app.store();
    const { operator } = site.app;

    const matches = await site.figures.policyMatches(operator);
    const [all, counted] = [await waitReader.lives(operator, { withIgnored: true }), await waitReader.lives(operator, {})];

    expect(matches.leftOut).toBe(all.length - counted.length);
    expect(matches.leftOut).toBeGreaterThan(50);
    expect(matches.ignore.reduce((sum, { pullRequests }) => sum + pullRequests, 0)).toBe(matches.leftOut);
    expect(matches.ignore.filter(({ pullRequests }) => pullRequests === 0).map(({ rule }) => rule)).toContain('nobody-uses-this');
    expect(matches.ignore.find(({ rule }) => rule === 'Account-1')?.pullRequests).toBe(all.filter(({ ignoredFor }) => ignoredFor === 'author:Account-1').length);
  });

  test('rules that are not in use yet are told the same as when they are', async () => {
    const { reader, waitReader } = await site.app.store();
    const ofOthers = policyRules(parsePolicy('', 'policy.yaml'));

    const asked = await leftOutUnder(policyRules(site.app.policy), reader, site.app.operator);

    expect(new Set(asked.map((one) => JSON.stringify(one)))).toEqual(new Set((await waitReader.leftOut(site.app.operator)).map((one) => JSON.stringify(one))));
    expect(await leftOutUnder(ofOthers, reader, site.app.operator)).toEqual([]);
  });

  test('a viewer hears of no repository, pull request or account beyond their own', async () => {
    const nobody: Viewer = { sees: 'repositories', repositoryIds: [] };

    const matches = await site.figures.policyMatches(nobody);

    expect([matches.collected, matches.leftOut, matches.bots.fromGitHub, matches.bots.rules.flatMap(({ names }) => names)]).toEqual([[], 0, [], []]);
  });

  test('a team of the policy without repositories of its own is an empty scope, one that nobody knows is none', async () => {
    const question = { viewer: site.app.operator, window: YEAR };

    expect(await site.figures.flow({ ...question, scope: { kind: 'team', slug: 'nobody' } })).toBeNull();
    expect((await site.figures.flow({ ...question, scope: ORGANIZATION }))?.n).toBeGreaterThan(0);
  });
});
