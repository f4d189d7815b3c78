import type { Stretch } from '#src/core/stretch.ts';
import type { WaitColumns } from '#src/core/statistics/wait-columns.ts';
import type { AccountRef } from './account.ts';
import type { LeftOut } from './left-out.ts';
import type { Repository } from './repository.ts';
import type { Team, TeamMemberListing, TeamMembershipChange } from './team.ts';
import type { PullRequest } from './timeline/event.ts';
import type { Viewer } from './viewer.ts';
import type { PhaseStay, Stage, Wait } from './wait.ts';

/** A pull request whose waits must be computed again, with the number of the latest change that asked for it. */
export interface DirtySubject {
  readonly repositoryId: string;
  readonly number: number;
  readonly counter: number;
  /** What is kept of it from the last time; null when nothing is. */
  readonly kept: KeptOutcome | null;
}

/** What the waits kept of a subject are known by. */
export interface KeptOutcome {
  readonly digest: string;
  readonly policyDigest: string;
}

/** A dirty subject with its facts. */
export interface DirtyPullRequest {
  readonly subject: DirtySubject;
  /**
   * Reads its facts; null when there are none any more, so that its waits go too. To be called when it
   * is computed, and once: a batch of timelines read ahead would only lie in memory. Events of kinds
   * that no wait reads are left out.
   */
  readonly pullRequest: () => PullRequest | null;
}

/** How a pull request lived, computed from its facts under one policy. */
export interface PullRequestLife {
  readonly repositoryId: string;
  readonly number: number;
  readonly title: string | null;
  readonly author: AccountRef;
  /** Whether the author is a person (`definitions.md` 1). */
  readonly isByHuman: boolean;
  /** The rule of the policy that leaves it out of all figures, as `ignoreRuleText` writes it; null when none does. */
  readonly ignoredFor: string | null;
  readonly openedAt: number;
  /** Its final end; null while it is open. */
  readonly endedAt: number | null;
  readonly endedBy: 'merged' | 'closed' | null;
  readonly stays: readonly PhaseStay[];
  /** When it moved (`definitions.md` 5). */
  readonly moving: readonly Stretch[];
}

/** A stretch in which a wait's clock stands still, epoch ms; `toAt` is null while it goes on. */
export interface Pause {
  readonly fromAt: number;
  readonly toAt: number | null;
}

/** A wait with the times of its pauses. */
export interface PausedWait {
  readonly wait: Wait;
  readonly pauses: readonly Pause[];
}

/** What was computed of a dirty subject. */
export interface ComputedSubject {
  readonly subject: DirtySubject;
  readonly life: PullRequestLife | null;
  readonly waits: readonly PausedWait[];
}

/** An answer about an account that computed waits rest on. */
export interface AccountAnswer {
  readonly ref: AccountRef;
  readonly identity: AccountRef;
  readonly isHuman: boolean;
}

/** Teams of every organisation and who was in them when. */
export interface AllTeamFacts {
  readonly teams: readonly Team[];
  readonly memberships: readonly TeamMembershipChange[];
  readonly memberListings: readonly TeamMemberListing[];
}

/** Keeps waits: computed whole per subject, replaced whole. */
export interface WaitWriter {
  /** Subjects to compute, oldest mark first, with their facts. */
  dirty(limit: number): Promise<DirtyPullRequest[]>;
  /**
   * Replaces the waits of subjects in one transaction. A subject that was marked again meanwhile stays
   * marked, and what was computed of it is dropped. `computed` is drawn one at a time, before anything is
   * written, so that it may compute as it is drawn: nothing is held of what did not change. `answers`, read
   * after that, are kept, so that a later change of one of them marks everything again.
   */
  put(computed: Iterable<ComputedSubject>, answers: ReadonlyMap<AccountRef, AccountAnswer>, policyDigest: string): Promise<void>;
  /** Marks every subject when the policy is another than the one waits were computed under. */
  usePolicy(digest: string): Promise<boolean>;
  /** Marks every subject when an account's kept answer is no longer what `answer` says. */
  checkAnswers(answer: (ref: AccountRef) => AccountAnswer): Promise<boolean>;
  /** A number that grows whenever accounts or teams change. */
  referenceMark(): Promise<number>;
  teamFacts(): Promise<AllTeamFacts>;
}

/** What names a pull request. */
export interface SubjectKey {
  readonly repositoryId: string;
  readonly number: number;
}

/** A wait with the pull request it is about. */
export interface SubjectWait extends PausedWait, SubjectKey {}

/** Which waits are asked for; absent parts do not restrict. */
export interface WaitQuery {
  readonly stages?: readonly Stage[];
  readonly repositoryIds?: readonly string[];
  readonly number?: number;
  /** Only waits that were waiting at some instant in [fromAt, toAt). */
  readonly fromAt?: number;
  readonly toAt?: number;
  /** Whether waits of pull requests that the policy leaves out are wanted too. */
  readonly withIgnored?: boolean;
}

/** Which waits estimates are made of: those of one stage that waited at some instant in [fromAt, toAt), without those the policy leaves out. */
export interface StageWaitQuery {
  readonly stage: Stage;
  readonly repositoryIds: readonly string[];
  readonly fromAt: number;
  readonly toAt: number;
}

/** Waits of one stage by column. Their subjects are numbered in the order of repository id and number. */
export interface StageWaits extends WaitColumns {
  /** The place of a wait's repository in `repositoryIds`. */
  readonly repository: Uint32Array;
  readonly repositoryIds: readonly string[];
}

/** Which lives are asked for; absent parts do not restrict. */
export interface LifeQuery {
  readonly repositoryIds?: readonly string[];
  readonly number?: number;
  /** Only lives that overlap [fromAt, toAt). */
  readonly fromAt?: number;
  readonly toAt?: number;
  readonly withIgnored?: boolean;
}

/** Reads waits. Everything takes a viewer and answers only with what that viewer may see. */
export interface WaitReader {
  /** In the order of stage, repository id, number, whom it waits on, round. */
  waits(viewer: Viewer, query: WaitQuery): Promise<SubjectWait[]>;
  /** What estimates are made of; costs as much as waits overlap the window, however many there are besides. In no particular order. */
  stageWaits(viewer: Viewer, query: StageWaitQuery): Promise<StageWaits>;
  /** In the order of repository id and number. */
  lives(viewer: Viewer, query: LifeQuery): Promise<PullRequestLife[]>;
  /** What the policy leaves out of all figures, by rule and repository; what an older program left out without naming a rule is missing. */
  leftOut(viewer: Viewer): Promise<readonly LeftOut[]>;
  /** The digest of the policy that waits are computed under; null before the first. */
  policyInForce(): Promise<string | null>;
  /** The titles of pull requests, in the order they are asked for; null where there is none or none that the viewer may see. */
  titles(viewer: Viewer, subjects: readonly SubjectKey[]): Promise<(string | null)[]>;
  /** How many subjects are still to be computed. */
  dirtyCount(viewer: Viewer): Promise<number>;
  /** When the facts were changed last, epoch ms; null when there are none. A figure's freshness. */
  lastDeliveredAt(viewer: Viewer): Promise<number | null>;
}

/** A pull request's repository by its id. */
export type RepositoryNames = ReadonlyMap<string, Repository>;
