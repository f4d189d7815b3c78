import type { AccountRef } from '#src/domain/account.ts';
import type { Team, TeamMemberListing, TeamMembershipChange } from '#src/domain/team.ts';
import type { TargetRef } from '#src/domain/timeline/evidence.ts';
import type { Membership } from '#src/domain/wait.ts';

/** What is known of an organisation's teams. */
export interface TeamFacts {
  readonly teams: readonly Team[];
  readonly memberships: readonly TeamMembershipChange[];
  /** Teams whose members were all listed: whoever is missing from such a listing was no member then. */
  readonly memberListings: readonly TeamMemberListing[];
}

/** What is known of one account and one team at one instant: from then on, and perhaps before it. */
interface Word {
  readonly at: number;
  readonly isMember: boolean;
  /** What was so until then; null where the word, a listing or a bound, says nothing of before. */
  readonly wasMember: boolean | null;
}

/** A listing with its members as accounts are compared. */
interface IdentifiedListing {
  readonly at: number;
  readonly members: ReadonlySet<AccountRef>;
}

/**
 * Who belonged to which team when, from changes and listings together. A change that is known by its own time tells
 * what was before it and after it. Where two neighbours contradict each other, someone joined or left in between at a
 * time that nobody knows: either word counts, as a bound. Before the first word known counts that one. Who belongs to
 * a child team belongs to its parents too, as on GitHub.
 */
export class TeamMembers {
  readonly #teams = new Map<string, readonly string[]>();
  readonly #changes = new Map<string, Word[]>();
  readonly #listings = new Map<string, IdentifiedListing[]>();

  /** The facts of one organisation; `identity` gives the reference that accounts are compared by. */
  constructor({ teams, memberships, memberListings }: TeamFacts, identity: (ref: AccountRef) => AccountRef) {
    for (const team of teams) if (team.deletedAt === null) this.#teams.set(`%${team.slug}`, withChildren(team.id, teams));
    for (const change of [...memberships].sort((a, b) => a.at - b.at || a.knownAt - b.knownAt)) {
      const { at, isMember, atFrom } = change;
      append(this.#changes, keyOf(change.teamId, identity(change.account)), { at, isMember, wasMember: atFrom === 'bound' ? null : !isMember });
    }
    for (const { teamId, takenAt, members } of [...memberListings].sort((a, b) => a.takenAt - b.takenAt)) {
      append(this.#listings, teamId, { at: takenAt, members: new Set(members.map(identity)) });
    }
  }

  /** Whether an account, by its identity, belonged to a team (`%slug`) at an instant; null when nothing tells. */
  membership(team: TargetRef, account: AccountRef, at: number): Membership | null {
    const known = (this.#teams.get(team) ?? []).map((id) => this.#ofTeam(id, account, at));
    const sure = known.find((one) => one?.isMember === true && one.knownFrom === 'history') ?? known.find((one) => one?.isMember === true);
    if (sure != null) return sure;
    if (known.length === 0 || known.includes(null)) return null;
    return { isMember: false, knownFrom: known.some((one) => one?.knownFrom === 'today') ? 'today' : 'history' };
  }

  #ofTeam(teamId: string, account: AccountRef, at: number): Membership | null {
    const { last, next } = this.#around(teamId, account, at);
    if (last === null && next === null) return null;
    if (next === null) return { isMember: last?.isMember === true, knownFrom: 'history' };
    const until = next.wasMember ?? next.isMember;
    if (last !== null) return last.isMember === until ? { isMember: until, knownFrom: 'history' } : { isMember: true, knownFrom: 'today' };
    return { isMember: until, knownFrom: next.wasMember === null ? 'today' : 'history' };
  }

  /** The last word at an instant or before it, and the first after it. At one instant a listing stands after a change. */
  #around(teamId: string, account: AccountRef, at: number): { readonly last: Word | null; readonly next: Word | null } {
    const changes = this.#changes.get(keyOf(teamId, account)) ?? [];
    const listings = this.#listings.get(teamId) ?? [];
    const word = (listing: IdentifiedListing | undefined): Word | undefined => listing && { at: listing.at, isMember: listing.members.has(account), wasMember: null };
    const [lastChange, nextChange] = [changes.findLast((one) => one.at <= at), changes.find((one) => one.at > at)];
    const [lastListing, nextListing] = [word(listings.findLast((one) => one.at <= at)), word(listings.find((one) => one.at > at))];
    return {
      last: (lastChange !== undefined && lastListing !== undefined && lastChange.at > lastListing.at ? lastChange : (lastListing ?? lastChange)) ?? null,
      next: (nextChange !== undefined && nextListing !== undefined && nextListing.at < nextChange.at ? nextListing : (nextChange ?? nextListing)) ?? null,
    };
  }
}

function keyOf(teamId: string, account: AccountRef): string {
  return `${teamId} ${account}`;
}

function append<T>(groups: Map<string, T[]>, key: string, item: T): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [item]);
  else group.push(item);
}

/** A team and all teams below it; a circle, which GitHub does not allow, ends the search. */
function withChildren(id: string, teams: readonly Team[]): readonly string[] {
  const ids = [id];
  for (const parent of ids) {
    for (const team of teams) if (team.parentId === parent && team.deletedAt === null && !ids.includes(team.id)) ids.push(team.id);
  }
  return ids;
}
