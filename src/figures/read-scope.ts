import type { Policy } from '#src/config/policy.ts';
import type { PolicyRules } from '#src/config/policy-rules.ts';
import type { Repository } from '#src/domain/repository.ts';
import type { Scope } from '#src/domain/scope.ts';
import type { TeamRepositories } from '#src/domain/team-repositories.ts';
import { repositoryTeams } from './repository-teams.ts';

/** The repositories a scope comes to. */
export interface ReadScope {
  readonly repositories: readonly Repository[];
  readonly ids: readonly string[];
}

/** What a scope is read from: only what the viewer may see. */
export interface ScopeFacts {
  readonly repositories: readonly Repository[];
  readonly policy: Policy;
  readonly rules: PolicyRules;
  /** Read for the scope of a team alone. */
  readonly teamRepositories: () => Promise<TeamRepositories>;
}

/**
 * The repositories of a scope among those the viewer may see; null for a team or a repository that does
 * not exist for this viewer, which is one and the same. What the policy does not collect is in no scope.
 * A team's are those that belonged to it at an instant: the end of the window.
 */
export async function readScope(scope: Scope, { repositories, policy, rules, teamRepositories }: ScopeFacts, at: number): Promise<ReadScope | null> {
  const collected = repositories.filter(({ fullName }) => rules.collects(fullName));
  switch (scope.kind) {
    case 'organization':
      return of(collected);
    case 'team': {
      const known = await teamRepositories();
      const teamsOf = repositoryTeams(rules, known, at);
      const exists = [...policy.teams, ...known.teams].some(({ slug }) => slug === scope.slug);
      return exists ? of(collected.filter((repository) => teamsOf(repository).some(({ slug }) => slug === scope.slug))) : null;
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
