/** A webhook's delivery that GitHub's log names: all its attempts together. */
export interface LoggedGuid {
  readonly guid: string;
  /** Event and action: `pull_request.synchronize`. */
  readonly event: string;
  /** Of its first attempt that the log shows, epoch ms. */
  readonly deliveredAt: number;
  /** Null where the delivery is about no repository. */
  readonly repositoryId: string | null;
  /** Whether every attempt that was seen is a redelivery: the first one is then in an earlier part of the log, and was counted there. */
  readonly isRedelivery: boolean;
}

/** A delivery that the log names and the inbox lacks. */
export interface MissingDelivery extends LoggedGuid {
  /** The newest attempt: what a payload is asked by. */
  readonly attemptId: string;
  /** When GitHub was asked last to deliver it again, epoch ms, and how often; null and 0 before. */
  readonly askedAt: number | null;
  readonly asks: number;
  /** What is known of why it could not be healed, for people. */
  readonly reason: string;
}

/** What a stretch of the log came to. */
export interface LogFindings {
  /** Everything the stretch names; what was counted before counts once. */
  readonly logged: readonly LoggedGuid[];
  /** What stays missing. */
  readonly missing: readonly MissingDelivery[];
  /** What was missing and is stored now. */
  readonly healed: readonly LoggedGuid[];
  readonly at: number;
}

/** What healing remembers, and what it may ask the inbox. */
export interface HealingStore {
  /** Which of these the inbox holds. */
  knownGuids(guids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Up to when the log was compared, epoch ms; null before the first time. */
  checkedUntil(): Promise<number | null>;
  /** Deliveries still missing that may yet be healed. */
  missing(): Promise<readonly MissingDelivery[]>;
  /** Counts what the log names and opens and heals gaps, in one transaction. May be repeated. */
  record(findings: LogFindings): Promise<void>;
  /** The log was compared up to here; what was delivered before `forgetBeforeAt` will not be seen again. */
  checked(untilAt: number, forgetBeforeAt: number): Promise<void>;
  /** Heals lost deliveries of which every part is told by listings, once a sweep has passed them in their repository. Resolves to how many. */
  healSwept(at: number): Promise<number>;
  /** What can no longer be healed: its gap stays open with this reason. */
  giveUp(guids: readonly string[], reason: string): Promise<void>;
}
