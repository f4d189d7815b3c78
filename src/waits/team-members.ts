import type { AccountRef } from '#src/domain/account.ts';
import type { Team, TeamMembershipChange } from '#src/domain/team.ts';
import type { TargetRef } from '#src/domain/timeline/evidence.ts';
import type { Membership } from '#src/domain/wait.ts';

/** What is known of an organisation's teams. */
export interface TeamFacts {
  readonly teams: readonly Team[];
  readonly memberships: readonly TeamMembershipChange[];
  /** Ids of the teams whose members were all listed: whoever is not known to belong to one does not. */
  readonly listedTeams: ReadonlySet<string>;
}

/**
 * Who belonged to which team when. A change that is known by its own time tells what was before it and
 * after it; one that is only a bound, or a listing of today, stands for a history that nobody knows. Who
 * belongs to a child team belongs to its parents too, as on GitHub.
 */
export class TeamMembers {
  readonly #teams = new Map<string, readonly string[]>();
  readonly #changes = new Map<string, TeamMembershipChange[]>();
  readonly #listed: ReadonlySet<string>;

  /** The facts of one organisation; `identity` gives the reference that accounts are compared by. */
  constructor({ teams, memberships, listedTeams }: TeamFacts, identity: (ref: AccountRef) => AccountRef) {
    for (const team of teams) if (team.deletedAt === null) this.#teams.set(`%${team.slug}`, withChildren(team.id, teams));
    for (const change of memberships) {
      const key = keyOf(change.teamId, identity(change.account));
      const changes = this.#changes.get(key);
      if (changes === undefined) this.#changes.set(key, [change]);
      else changes.push(change);
    }
    for (const changes of this.#changes.values()) changes.sort((a, b) => a.at - b.at || a.knownAt - b.knownAt);
    this.#listed = listedTeams;
  }

  /** Whether an account, by its identity, belonged to a team (`%slug`) at an instant; null when nothing tells. */
  membership(team: TargetRef, account: AccountRef, at: number): Membership | null {
    const ids = this.#teams.get(team);
    if (ids === undefined) return null;
    let answer: Membership | null = { isMember: false, knownFrom: 'history' };
    for (const id of ids) {
      const known = this.#ofTeam(id, account, at);
      if (known?.isMember === true) return known;
      if (known === null || answer === null) answer = null;
      else if (known.knownFrom === 'today') answer = known;
    }
    return answer;
  }

  #ofTeam(teamId: string, account: AccountRef, at: number): Membership | null {
    const changes = this.#changes.get(keyOf(teamId, account));
    const first = changes?.[0];
    if (changes === undefined || first === undefined) return this.#listed.has(teamId) ? { isMember: false, knownFrom: 'today' } : null;
    const last = changes.findLast((change) => change.at <= at);
    if (last !== undefined) return { isMember: last.isMember, knownFrom: 'history' };
    if (first.atFrom === 'bound') return { isMember: first.isMember, knownFrom: 'today' };
    return { isMember: !first.isMember, knownFrom: 'history' };
  }
}

function keyOf(teamId: string, account: AccountRef): string {
  return `${teamId} ${account}`;
}

/** A team and all teams below it; a circle, which GitHub does not allow, ends the search. */
function withChildren(id: string, teams: readonly Team[]): readonly string[] {
  const ids = [id];
  for (const parent of ids) {
    for (const team of teams) if (team.parentId === parent && team.deletedAt === null && !ids.includes(team.id)) ids.push(team.id);
  }
  return ids;
}
