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
  /** Where a backfill goes on after a stop; null before its first page and when it is done. */
  readonly cursor: string | null;
  /** Items stored by the backfill, and how many there were when it began; null before its first page. */
  readonly done: number;
  readonly total: number | null;
  /** What was updated before is not collected yet, or never will be; epoch ms, null when everything is collected. */
  readonly collectedFromAt: number | null;
  readonly isDone: boolean;
  /** All that was updated before this instant is known; sweeps go on from here, with overlap. Null before the first. */
  readonly sweptUntilAt: number | null;
}

/** What the collector remembers between runs. It is no fact: losing it costs requests, never data. */
export interface CollectionStore {
  installations(): Promise<readonly Installation[]>;
  putInstallations(installations: readonly Installation[]): Promise<void>;
  repositories(): Promise<readonly CollectedRepository[]>;
  putRepositories(repositories: readonly CollectedRepository[]): Promise<void>;
  progress(kind: string): Promise<readonly CollectionProgress[]>;
  putProgress(progress: CollectionProgress): Promise<void>;
}
