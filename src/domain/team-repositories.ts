import { compareText } from '#src/core/text.ts';
import type { Team, TransitionTime, WholeListing } from './team.ts';

/** A repository was given to a team, changed or taken away; the repository is named by its id of today. */
export interface TeamAccessChange extends TransitionTime {
  readonly teamId: string;
  readonly repositoryId: string;
  readonly hasAccess: boolean;
  /** GitHub's word (`pull`, `triage`, `push`, `maintain`, `admin`); null where the event says none. */
  readonly permission: string | null;
}

/** Every repository that a team could reach at one instant; repositories are named by their ids of today. */
export interface TeamAccessListing extends WholeListing {
  readonly teamId: string;
  readonly repositories: readonly { readonly repositoryId: string; readonly permission: string }[];
}

/** What is known of which team reaches which repository, and when. */
export interface TeamRepositories {
  readonly teams: readonly Team[];
  readonly changes: readonly TeamAccessChange[];
  readonly listings: readonly TeamAccessListing[];
}

/** Who looks after a repository: the permissions that make a team its owner (`definitions.md` 1). */
const OWNING: ReadonlySet<string> = new Set(['maintain', 'admin']);

/**
 * The teams that a repository belonged to at an instant where the policy names none: those with `maintain` or `admin`,
 * the innermost only, in order of slug. What was so before anything was known is as it was first known.
 */
export function owningTeams({ teams, changes, listings }: TeamRepositories, repositoryId: string, at: number): readonly Team[] {
  const owning = teams
    .filter((team) => team.deletedAt === null || team.deletedAt > at)
    .filter(({ id }) => OWNING.has(permissionAt(wordsOf(id, repositoryId, changes, listings), at) ?? ''));
  const parents = new Map(teams.map(({ id, parentId }) => [id, parentId]));
  const outer = new Set(owning.flatMap(({ id }) => ancestors(id, parents)));
  return owning.filter(({ id }) => !outer.has(id)).sort((a, b) => compareText(a.slug, b.slug) || compareText(a.id, b.id));
}

/** What was said of one team and one repository: from then on it had that permission; none, or one that nobody named. */
interface Word {
  readonly at: number;
  /** Null where it had none. */
  readonly permission: string | null;
  /** Whether what it says was so before too, as far as anybody knows. */
  readonly isStanding: boolean;
}

function wordsOf(teamId: string, repositoryId: string, changes: TeamRepositories['changes'], listings: TeamRepositories['listings']): readonly Word[] {
  const changed = changes
    .filter((change) => change.teamId === teamId && change.repositoryId === repositoryId)
    .map(({ at, hasAccess, permission }): Word => ({ at, permission: hasAccess ? (permission ?? '') : null, isStanding: false }));
  const listed = listings
    .filter((listing) => listing.teamId === teamId)
    .map(({ takenAt, repositories }): Word => ({ at: takenAt, permission: repositories.find((one) => one.repositoryId === repositoryId)?.permission ?? null, isStanding: true }));
  return [...changed, ...listed].sort((a, b) => a.at - b.at || Number(a.isStanding) - Number(b.isStanding) || compareText(a.permission ?? '', b.permission ?? ''));
}

/** A word that names no permission leaves the one before as it was. */
function permissionAt(words: readonly Word[], at: number): string | null {
  const [first] = words;
  if (first === undefined) return null;
  let permission = first.isStanding ? first.permission : null;
  for (const word of words) {
    if (word.at > at) break;
    permission = word.permission === '' ? (permission ?? '') : word.permission;
  }
  return permission;
}

/** The teams above a team, the nearest first; a circle, which GitHub does not allow, ends the search. */
function ancestors(id: string, parents: ReadonlyMap<string, string | null>): readonly string[] {
  const found: string[] = [];
  for (let above = parents.get(id) ?? null; above !== null && above !== id && !found.includes(above); above = parents.get(above) ?? null) found.push(above);
  return found;
}
