import type { AccountRef } from './account.ts';
import type { TimeSource } from './event-kind.ts';
import type { RepositoryRef } from './repository.ts';

/** One sight of a team. */
export interface TeamSighting {
  readonly id: string;
  /** The organisation's login. */
  readonly organization: string;
  readonly slug: string;
  readonly name: string;
  readonly parentId: string | null;
  readonly seenAt: number;
  readonly deletedAt: number | null;
}

/** When a transition happened, where that time comes from, and when and from whom we knew it. */
export interface TransitionTime {
  readonly at: number;
  readonly atFrom: TimeSource;
  readonly knownAt: number;
  readonly knownBy: string;
}

/** Someone joined or left a team. */
export interface TeamMembershipChange extends TransitionTime {
  readonly teamId: string;
  readonly account: AccountRef;
  readonly isMember: boolean;
}

/** A repository was given to a team or taken from it; `permission` is GitHub's word, null where the event says none. */
export interface TeamRepositoryChange extends TransitionTime {
  readonly teamId: string;
  readonly repository: RepositoryRef;
  readonly hasAccess: boolean;
  readonly permission: string | null;
}

/** A collaborator was added to a repository, changed or removed. */
export interface CollaboratorChange extends TransitionTime {
  readonly repository: RepositoryRef;
  readonly account: AccountRef;
  readonly isCollaborator: boolean;
  readonly permission: string | null;
}

/** When something was listed whole, and which delivery says so. */
export interface WholeListing {
  /** When its first page was asked for, epoch ms. */
  readonly takenAt: number;
  readonly knownBy: string;
}

/** Everyone who was in a team itself (not in its child teams) at one instant: whoever is missing was not. */
export interface TeamMemberListing extends WholeListing {
  readonly teamId: string;
  readonly members: readonly AccountRef[];
}

/** Every repository that a team could reach at one instant, with GitHub's word for how. */
export interface TeamRepositoryListing extends WholeListing {
  readonly teamId: string;
  readonly repositories: readonly { readonly repository: RepositoryRef; readonly permission: string }[];
}

/** Every team that an organisation had at one instant: one that is missing had been deleted. */
export interface OrganizationTeamListing extends WholeListing {
  /** The organisation's login. */
  readonly organization: string;
  readonly teamIds: readonly string[];
}

/** A team as today's facts know it. */
export interface Team {
  readonly id: string;
  readonly organization: string;
  readonly slug: string;
  readonly name: string;
  readonly parentId: string | null;
  readonly deletedAt: number | null;
}
