import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { KNOWN_BOTS } from '#src/config/bots.ts';
import { matcher } from '#src/config/pattern.ts';
import { policyRules } from '#src/config/policy-rules.ts';
import { parsePolicy } from '#src/config/policy.ts';
import { GHOST, type Account } from '#src/domain/account.ts';

const rulesOf = (text: string) => policyRules(parsePolicy(text, 'policy.yaml'));

function anAccount(fields: Partial<Account> = {}): Account {
  return { ref: '#1', id: '1', login: 'account-1', type: 'User', ...fields };
}

describe('a person', () => {
  const { isHuman } = rulesOf('bots: [Acme-CI]');

  test.each([
    ['a user', anAccount(), true],
    ['a deleted account', anAccount({ ref: GHOST, id: null, login: 'ghost' }), true],
    ['a login of unknown type', anAccount({ type: null }), true],
    ['a bot by type', anAccount({ type: 'Bot', login: 'Copilot' }), false],
    ['a bot by login', anAccount({ login: 'dependabot[bot]' }), false],
    ['a bot by login whose type is unknown', anAccount({ type: null, login: 'dependabot[bot]' }), false],
    ['a bot whose type is User, from the list that comes along', anAccount({ login: 'DrahtBot' }), false],
    ['the same in other letters', anAccount({ login: 'drahtbot' }), false],
    ['a bot whose type is User, from the policy', anAccount({ login: 'acme-ci' }), false],
    ['an organisation', anAccount({ type: 'Organization' }), false],
    ['a mannequin', anAccount({ type: 'Mannequin' }), false],
  ])('%s', (_name, account, human) => {
    expect(isHuman(account)).toBe(human);
  });

  test('is on no list twice or in another order than the alphabet', () => {
    const keys = KNOWN_BOTS.map((login) => login.toLowerCase());

    expect(keys).toEqual([...new Set(keys)].sort());
  });
});

describe('repositories', () => {
  const { collects, teamsNaming } = rulesOf(`
repositories: { include: [acme/*, other/one], exclude: [acme/sandbox-*] }
teams:
  payments: { repositories: [acme/pay-*, acme/shared] }
  infra: { repositories: [acme/shared] }
  empty: {}
`);

  test.each([
    ['acme/ledger', true],
    ['ACME/Ledger', true],
    ['acme/sandbox-7', false],
    ['acme/Sandbox-7', false],
    ['other/one', true],
    ['other/two', false],
    ['xacme/ledger', false],
  ])('%s is collected: %s', (repository, collected) => {
    expect(collects(repository)).toBe(collected);
  });

  test('belong to every team that names them, in the order of slugs', () => {
    expect(teamsNaming('acme/shared')).toEqual(['infra', 'payments']);
    expect(teamsNaming('Acme/pay-api')).toEqual(['payments']);
    expect(teamsNaming('acme/ledger')).toEqual([]);
  });

  test('are all collected by default', () => {
    expect(rulesOf('').collects('any.owner/any_name')).toBe(true);
  });
});

describe('a pull request stands outside all figures', () => {
  const { ignoredFor } = rulesOf("ignore: { labels: [Do Not Measure], authors: ['renovate[bot]'], base_branches: [release/*, gh-pages] }");
  const change = { author: anAccount(), labels: ['bug'], baseBranch: 'main' };

  test.each([
    ['for its author', { ...change, author: anAccount({ login: 'Renovate[bot]' }) }, { by: 'author', rule: 'renovate[bot]' }],
    ['for a label', { ...change, labels: ['bug', 'do not measure'] }, { by: 'label', rule: 'Do Not Measure' }],
    ['for the branch it goes into', { ...change, baseBranch: 'release/1.2' }, { by: 'base-branch', rule: 'release/*' }],
    ['for the first rule that does', { ...change, author: anAccount({ login: 'renovate[bot]' }), labels: ['Do Not Measure'], baseBranch: 'gh-pages' }, { by: 'author', rule: 'renovate[bot]' }],
    ['not for a branch below that', { ...change, baseBranch: 'release/1/2' }, null],
    ['not for a branch in other letters', { ...change, baseBranch: 'GH-Pages' }, null],
    ['not otherwise', change, null],
  ])('%s', (_name, ignorable, reason) => {
    expect(ignoredFor(ignorable)).toEqual(reason);
  });
});

describe('production', () => {
  test.each([
    ['production', true],
    ['Production', true],
    ['prod-eu', true],
    ['live', true],
    ['preprod', false],
    ['staging', false],
  ])('by default is %s: %s', (environment, isProduction) => {
    expect(rulesOf('').isProduction(environment)).toBe(isProduction);
  });

  test('is what the policy says instead of the default', () => {
    const { isProduction } = rulesOf('production: [^main-, -eu$]');

    expect(['main-1', 'shop-EU', 'production'].map(isProduction)).toEqual([true, true, false]);
  });
});

describe('the calendar of a wait', () => {
  const { calendarFor } = rulesOf(`
calendars:
  berlin: { zone: Europe/Berlin }
  tokyo: { zone: Asia/Tokyo, repositories: [acme/tokyo-*] }
  late: { zone: UTC, repositories: [acme/*] }
calendar: late
teams: { payments: { calendar: berlin }, infra: {} }
`);
  const nameFor = (team: string | null, repository: string) => calendarFor(team, repository)?.name;

  test("is the team's, else the first that names the repository, else the organisation's, else none", () => {
    expect(nameFor('payments', 'acme/tokyo-api')).toBe('berlin');
    expect(nameFor('infra', 'acme/tokyo-api')).toBe('tokyo');
    expect(nameFor(null, 'acme/ledger')).toBe('late');
    expect(nameFor('nobody-knows', 'other/one')).toBe('late');
    expect(rulesOf('calendars: { berlin: { zone: Europe/Berlin } }').calendarFor(null, 'a/b')).toBeNull();
  });
});

describe('checks', () => {
  test('count unless a pattern names them', () => {
    const { checkCounts } = rulesOf("checks: { ignore: ['codecov/*', 'nightly **'] }");

    expect(['build', 'codecov/patch', 'codecov/patch/x', 'nightly / arm / test', 'Codecov/patch'].map(checkCounts)).toEqual([true, false, true, false, true]);
  });
});

describe('a pattern', () => {
  test('without a wildcard matches its own text and no other, whatever characters it has', () => {
    const plain = fc.string({ unit: 'grapheme' }).filter((text) => !/[*?]/.test(text));

    fc.assert(
      fc.property(plain, plain, (pattern, text) => {
        expect(matcher([pattern], { ignoreCase: false })(text)).toBe(pattern === text);
      }),
    );
  });

  test.each([
    ['a?c', 'abc', true],
    ['a?c', 'a/c', false],
    ['*', 'a/b', false],
    ['**', 'a/b\nc', true],
    ['a*', 'a', true],
    ['v1.*', 'v1x2', false],
  ])('%s on %j: %s', (pattern, text, matches) => {
    expect(matcher([pattern], { ignoreCase: false })(text)).toBe(matches);
  });
});
