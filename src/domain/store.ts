import type { AccountDirectory } from './account.ts';
import type { CollectionStore } from './collection.ts';
import type { CompletenessAudit, CompletenessReader, CompletenessWriter } from './completeness.ts';
import type { Delivery, DeliveryOutcome, HeldDelivery, StoredDelivery } from './delivery.ts';
import type { HealingStore } from './healing.ts';
import type { Leases, ScheduleMarks } from './lease.ts';
import type { Outbox } from './outbox.ts';
import type { Repository } from './repository.ts';
import type { StoreHealth } from './store-health.ts';
import type { FactChanges } from './source.ts';
import type { WaitReader, WaitWriter } from './subject.ts';
import type { TeamRepositories } from './team-repositories.ts';
import type { Team } from './team.ts';
import type { PullRequest } from './timeline/event.ts';
import type { Viewer } from './viewer.ts';

/** Where deliveries wait and are kept. */
export interface Inbox {
  /**
   * Stores deliveries in one transaction; when it resolves they are on disk. A GUID already there is
   * kept as it was, except that an earlier `deliveredAt` replaces a later one and has the delivery read
   * again. Resolves to how many were new. Rejects with `NarrowsError('storage-full')` when there is no
   * room: nothing of the batch is stored then.
   */
  store(deliveries: readonly Delivery[]): Promise<number>;
  /** Deliveries by GUID, for explanations and tests. */
  byGuid(guids: readonly string[]): Promise<StoredDelivery[]>;
  close(): Promise<void>;
}

/** What a batch of deliveries adds, all joined, and what became of each of them. */
export interface FoldBatch {
  readonly changes: Required<FactChanges>;
  readonly outcomes: readonly DeliveryOutcome[];
}

/** Writes facts. Folding is a join: the same batch folded twice, by two processes, changes nothing. */
export interface FactWriter {
  /** Deliveries not yet folded, oldest first. The bodies of those that are held, by their GUIDs, are not read again. */
  pending(limit: number, held?: ReadonlyMap<string, HeldDelivery>): Promise<StoredDelivery[]>;
  /** Joins a batch into the facts and marks its deliveries as folded, in one transaction. */
  fold(batch: FoldBatch): Promise<void>;
  /** Has deliveries read again: every one still kept, or only those that came to this end. Resolves to their number. */
  replay(only: DeliveryOutcome['outcome'] | null): Promise<number>;
}

/** How many deliveries of an event came to which end. */
export interface OutcomeCount {
  readonly event: string;
  readonly outcome: DeliveryOutcome['outcome'];
  readonly count: number;
}

/** Which pull requests are asked for; absent parts do not restrict. */
export interface PullRequestQuery {
  /** `owner/name`, the current one. */
  readonly repository?: string;
  readonly number?: number;
  /** Whether gone events are wanted too. */
  readonly withGone?: boolean;
}

/** A pull request with the repository it belongs to. */
export interface RepositoryPullRequest {
  readonly repository: Repository;
  readonly pullRequest: PullRequest;
}

/** Reads facts. Everything takes a viewer and answers only with what that viewer may see. */
export interface FactReader {
  /** Pull requests sorted by their repository's current name, then number; read in pages, so any number fits in memory. */
  pullRequests(viewer: Viewer, query: PullRequestQuery): AsyncIterable<RepositoryPullRequest>;
  repositories(viewer: Viewer): Promise<Repository[]>;
  /** The accounts known, newest logins first resolved. */
  accounts(): Promise<AccountDirectory>;
  teams(viewer: Viewer): Promise<Team[]>;
  /** Which team reaches which repository, for `owningTeams`: a repository's teams where the policy names none. */
  teamRepositories(viewer: Viewer): Promise<TeamRepositories>;
  outcomeCounts(viewer: Viewer): Promise<OutcomeCount[]>;
  /** Deliveries that could not be read, newest first. */
  deadLetters(viewer: Viewer, limit: number): Promise<(DeliveryOutcome & { readonly guid: string; readonly deliveredAt: number })[]>;
}

/** Keeps the inbox small. Each call is one short step, for a moment with nothing else to do. */
export interface Upkeep {
  /** Compresses some deliveries that were folded. Resolves to whether there may be more. */
  compact(): Promise<boolean>;
  /**
   * Forgets some deliveries that were stored before an instant and have been folded, with what became of
   * them; their facts stay. Dead letters are kept until a replay solves them. Resolves to whether there is more.
   */
  forget(storedBeforeAt: number): Promise<boolean>;
}

/** The part of a store that figures are read from, by a handle that can change nothing. */
export interface ReadingStore {
  readonly reader: FactReader;
  readonly waitReader: WaitReader;
  readonly completeness: CompletenessReader;
  close(): Promise<void>;
}

/** One database, or a pair of files, behind the domain's words. */
export interface Store {
  readonly inbox: Inbox;
  readonly writer: FactWriter;
  readonly reader: FactReader;
  readonly upkeep: Upkeep;
  readonly waitWriter: WaitWriter;
  readonly waitReader: WaitReader;
  readonly outbox: Outbox;
  readonly leases: Leases;
  readonly scheduleMarks: ScheduleMarks;
  readonly collection: CollectionStore;
  readonly completeness: CompletenessReader;
  readonly completenessWriter: CompletenessWriter;
  readonly completenessAudit: CompletenessAudit;
  readonly healing: HealingStore;
  readonly health: StoreHealth;
  close(): Promise<void>;
}

