import type { Policy } from '#src/config/policy.ts';
import type { PolicyRules } from '#src/config/policy-rules.ts';
import type { Repository } from '#src/domain/repository.ts';
import type { Scope } from '#src/domain/scope.ts';

/** The repositories a scope comes to. */
export interface ReadScope {
  readonly repositories: readonly Repository[];
  readonly ids: readonly string[];
}

/**
 * The repositories of a scope among those the viewer may see; null for a team or a repository that does
 * not exist for this viewer, which is one and the same. What the policy does not collect is in no scope.
 */
export function readScope(scope: Scope, visible: readonly Repository[], policy: Policy, rules: PolicyRules): ReadScope | null {
  const collected = visible.filter(({ fullName }) => rules.collects(fullName));
  switch (scope.kind) {
    case 'organization':
      return of(collected);
    case 'team': {
      const isKnown = policy.teams.some(({ slug }) => slug === scope.slug);
      const theirs = collected.filter(({ fullName }) => rules.teamsNaming(fullName).includes(scope.slug));
      return isKnown ? of(theirs) : null;
    }
    case 'repository': {
      const found = collected.filter(({ fullName }) => fullName.toLowerCase() === scope.fullName.toLowerCase());
      return found.length === 0 ? null : of(found);
    }
  }
}

function of(repositories: readonly Repository[]): ReadScope {
  return { repositories, ids: repositories.map(({ id }) => id) };
}
