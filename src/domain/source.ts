import type { AccountSighting } from './account.ts';
import type { Channel } from './delivery.ts';
import type { Push } from './push.ts';
import type { RepositoryRef, RepositorySighting } from './repository.ts';
import type {
  CollaboratorChange,
  OrganizationTeamListing,
  TeamMemberListing,
  TeamMembershipChange,
  TeamRepositoryChange,
  TeamRepositoryListing,
  TeamSighting,
} from './team.ts';
import type { PullRequestEvidence } from './timeline/evidence.ts';

/** A push as a delivery tells it: the repository is still as the payload names it. */
export type PushSighting = Omit<Push, 'repositoryId'> & { readonly repository: RepositoryRef };

/** What one delivery adds to the facts. Every part joins with what is stored, in any order, any number of times. */
export interface FactChanges {
  readonly accounts?: readonly AccountSighting[];
  readonly repositories?: readonly RepositorySighting[];
  readonly pullRequests?: readonly PullRequestChange[];
  readonly pushes?: readonly PushSighting[];
  readonly teams?: readonly TeamSighting[];
  readonly memberships?: readonly TeamMembershipChange[];
  readonly teamRepositories?: readonly TeamRepositoryChange[];
  readonly collaborators?: readonly CollaboratorChange[];
  readonly memberListings?: readonly TeamMemberListing[];
  readonly teamRepositoryListings?: readonly TeamRepositoryListing[];
  readonly teamListings?: readonly OrganizationTeamListing[];
}

/** Evidence about one pull request. */
export interface PullRequestChange {
  readonly repository: RepositoryRef;
  readonly number: number;
  readonly evidence: PullRequestEvidence;
}

/** What a source made of a delivery. */
export type Reading =
  | { readonly outcome: 'facts'; readonly changes: FactChanges }
  | { readonly outcome: 'ignored'; readonly reason: string }
  | { readonly outcome: 'dead'; readonly reason: string };

/** What a source may know about a delivery beside its payload. */
export interface DeliveryEnvelope {
  readonly guid: string;
  readonly channel: Channel;
  readonly event: string;
  readonly deliveredAt: number;
  readonly takenAt: number | null;
}

/** What a kind of delivery means: one file under `sources/`, whose name is the source's id. */
export interface Source {
  /** GitHub's event names, or for what is no webhook the name its deliveries carry. */
  readonly events: readonly string[];
  /** Reads a parsed payload. Never throws for what a payload may hold: what it cannot read is `dead`, with the reason. */
  read(payload: unknown, envelope: DeliveryEnvelope): Reading;
}
