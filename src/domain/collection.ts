/** An installation that is collected from: one of the App, or a token that stands for one. */
export interface Installation {
  /** GitHub's id; `token` for a personal token. */
  readonly id: string;
  /** The login of the organisation or person. */
  readonly account: string;
  readonly accountType: 'Organization' | 'User';
  readonly state: 'active' | 'suspended' | 'removed';
  /** When that state was first seen, epoch ms. */
  readonly stateAt: number;
  /** GitHub's names and levels, as granted. */
  readonly permissions: Readonly<Record<string, string>>;
  readonly events: readonly string[];
}

/** Why nothing more is collected of a repository, or that it is. `forbidden`: GitHub answers that we may not read it. */
export type CollectedState = 'active' | 'archived' | 'forbidden' | 'gone';

/** A repository that an installation gives access to. It keeps its id through renames and transfers. */
export interface CollectedRepository {
  /** GitHub's id. */
  readonly id: string;
  /** The id of GraphQL. */
  readonly nodeId: string;
  readonly fullName: string;
  readonly installationId: string;
  readonly state: CollectedState;
  /** Since when it is in that state, epoch ms. */
  readonly stateAt: number;
}

/** How far a kind of thing is collected in a repository. */
export interface CollectionProgress {
  readonly repositoryId: string;
  /** `pull_requests`; one word a poller file. */
  readonly kind: string;
  /** Where a backfill goes on after a stop, or further back than it was asked to; null before its first page and when nothing is left. */
  readonly cursor: string | null;
  /** Items stored by the backfill, and how many there were when it began; null before its first page. */
  readonly done: number;
  readonly total: number | null;
  /** What was updated before is not collected yet, or never will be; epoch ms, null when everything is collected. */
  readonly collectedFromAt: number | null;
  /** How far back the backfill was asked to go; null: to the beginning. */
  readonly wantedFromAt: number | null;
  readonly isDone: boolean;
  /** All that was updated before this instant is known; sweeps go on from here, with overlap. Null before the first. */
  readonly sweptUntilAt: number | null;
}

/**
 * What was seen last of one thing that is fetched whole: a pull request, the teams of an organisation. It says whether the
 * thing has to be fetched again.
 */
export interface SeenThing {
  /** The event name of its listing: `pull_request_listing`. */
  readonly kind: string;
  /** The id of GraphQL. */
  readonly id: string;
  /** Null where it belongs to no repository. */
  readonly repositoryId: string | null;
  /** What changes whenever the thing does: a pull request's `updatedAt` (epoch ms as text), the digest of a listing. Null where what is stored is not complete. */
  readonly version: string | null;
  /** When its last listing was taken, epoch ms. */
  readonly takenAt: number;
  /** When GitHub was last asked whether it has changed, epoch ms. */
  readonly checkedAt: number;
  /** Whether it is asked for again without a sign: it may still change, or what is stored is not complete. */
  readonly isUnfinished: boolean;
}

/** What the collector remembers between runs. It is no fact: losing it costs requests, never data. */
export interface CollectionStore {
  installations(): Promise<readonly Installation[]>;
  putInstallations(installations: readonly Installation[]): Promise<void>;
  repositories(): Promise<readonly CollectedRepository[]>;
  putRepositories(repositories: readonly CollectedRepository[]): Promise<void>;
  progress(kind: string): Promise<readonly CollectionProgress[]>;
  /** Replaces the progress of a kind in a repository, except that `sweptUntilAt` never goes back: a sweep may run beside a backfill. */
  putProgress(progress: CollectionProgress): Promise<void>;
  /** Moves `sweptUntilAt` forward and leaves the rest as it is; nothing where nothing was collected yet. */
  putSwept(kind: string, repositoryIds: readonly string[], sweptUntilAt: number): Promise<void>;
  /** What was seen of these; those never seen are missing. */
  seen(kind: string, ids: readonly string[]): Promise<readonly SeenThing[]>;
  /** Replaces what was seen of each by this; nothing is forgotten. */
  putSeen(things: readonly SeenThing[]): Promise<void>;
  /** The unfinished things of these repositories that were not asked for since an instant, the longest unasked first. */
  unfinished(kind: string, repositoryIds: readonly string[], checkedBeforeAt: number, limit: number): Promise<readonly SeenThing[]>;
}
