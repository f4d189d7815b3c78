import { describe, expect, test } from '@jest/globals';
import { parsePolicy } from '#src/config/policy.ts';
import { policyRules } from '#src/config/policy-rules.ts';
import { parseScope } from '#src/domain/scope.ts';
import type { TeamRepositories } from '#src/domain/team-repositories.ts';
import { readScope } from '#src/figures/read-scope.ts';

const MOVED_AT = 1_000_000;

const REPOSITORIES = ['acme/app', 'acme/pay', 'acme/old'].map((fullName) => ({ id: `id of ${fullName}`, fullName, deletedAt: null }));

/** GitHub: pay maintains acme/pay, and acme/app from a moment on. */
const ON_GITHUB: TeamRepositories = {
  teams: [{ id: '7', organization: 'acme', slug: 'pay', name: 'Pay', parentId: null, deletedAt: null }],
  changes: [{ teamId: '7', repositoryId: 'id of acme/app', hasAccess: true, permission: 'maintain', at: MOVED_AT, atFrom: 'github', knownAt: MOVED_AT, knownBy: 'x' }],
  listings: [{ teamId: '7', takenAt: 1, knownBy: 'x', repositories: [{ repositoryId: 'id of acme/pay', permission: 'admin' }, { repositoryId: 'id of acme/old', permission: 'admin' }] }],
};

async function namesIn(scopeText: string, policyText: string, at = MOVED_AT): Promise<readonly string[] | null> {
  const policy = parsePolicy(policyText, 'policy.yaml');
  const scope = parseScope(scopeText);
  if (scope === null) throw new Error(scopeText);
  const read = await readScope(scope, { repositories: REPOSITORIES, policy, rules: policyRules(policy), teamRepositories: () => Promise.resolve(ON_GITHUB) }, at);
  return read?.repositories.map(({ fullName }) => fullName) ?? null;
}

describe('the scope of a team', () => {
  test('is what it maintains or administers on GitHub where the policy names no team', async () => {
    expect(await namesIn('team:pay', '')).toEqual(['acme/app', 'acme/pay', 'acme/old']);
  });

  test('is as it was at the end of the window', async () => {
    expect(await namesIn('team:pay', '', MOVED_AT - 1)).toEqual(['acme/pay', 'acme/old']);
  });

  test('loses to the policy what that gives to another team', async () => {
    expect(await namesIn('team:pay', 'teams: { web: { repositories: [acme/app] } }')).toEqual(['acme/pay', 'acme/old']);
    expect(await namesIn('team:web', 'teams: { web: { repositories: [acme/app] } }')).toEqual(['acme/app']);
  });

  test('holds nothing that is not collected', async () => {
    expect(await namesIn('team:pay', 'repositories: { exclude: [acme/old] }')).toEqual(['acme/app', 'acme/pay']);
  });

  test('is empty for a team of the policy that owns nothing, and none for one that nobody knows', async () => {
    expect(await namesIn('team:web', 'teams: { web: {} }')).toEqual([]);
    expect(await namesIn('team:web', '')).toBeNull();
  });
});
