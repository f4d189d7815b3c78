import type { PolicyRules } from '#src/config/policy-rules.ts';
import type { Repository } from '#src/domain/repository.ts';
import { owningTeams, type TeamRepositories } from '#src/domain/team-repositories.ts';

/** A team that a repository belongs to, and who says so. */
export interface RepositoryTeam {
  readonly slug: string;
  readonly saidBy: 'policy' | 'github';
  /** GitHub's name for it; null where the policy says it. */
  readonly name: string | null;
}

/**
 * The teams that repositories belonged to at an instant (`definitions.md` 1): those that the policy names, else those
 * that maintain or administer them on GitHub, the innermost. Teams of several organisations with one slug are one.
 */
export function repositoryTeams(rules: Pick<PolicyRules, 'teamsNaming'>, known: TeamRepositories, at: number): (repository: Repository) => readonly RepositoryTeam[] {
  const aboutOne = byRepository(known);
  return ({ id, fullName }) => {
    const named = rules.teamsNaming(fullName);
    if (named.length > 0) return named.map((slug) => ({ slug, saidBy: 'policy', name: null }));
    const owning = owningTeams(aboutOne(id), id, at).map(({ slug, name }): RepositoryTeam => ({ slug, saidBy: 'github', name }));
    return owning.filter(({ slug }, place) => owning.findIndex((other) => other.slug === slug) === place);
  };
}

/** Only what tells something of a repository: of the many teams of an organisation few reach any one. */
function byRepository({ teams, changes, listings }: TeamRepositories): (repositoryId: string) => TeamRepositories {
  const changesOf = grouped(changes, (change) => change.repositoryId);
  const listingsOf = grouped(listings, (listing) => listing.teamId);
  const reaching = new Map<string, Set<string>>();
  const note = (repositoryId: string, teamId: string): void => void reaching.set(repositoryId, (reaching.get(repositoryId) ?? new Set()).add(teamId));
  for (const { repositoryId, teamId } of changes) note(repositoryId, teamId);
  for (const { teamId, repositories } of listings) for (const { repositoryId } of repositories) note(repositoryId, teamId);
  return (repositoryId) => ({
    teams,
    changes: changesOf.get(repositoryId) ?? [],
    listings: [...(reaching.get(repositoryId) ?? [])].flatMap((teamId) => listingsOf.get(teamId) ?? []),
  });
}

function grouped<T>(things: readonly T[], keyOf: (thing: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const group = groups.get(keyOf(thing));
    if (group === undefined) groups.set(keyOf(thing), [thing]);
    else group.push(thing);
  }
  return groups;
}
