import type { AccountRef } from './account.ts';
import type { TimeSource } from './event-kind.ts';
import type { TargetRef } from './timeline/evidence.ts';

/** When a wait's clock stands still (`definitions.md` 2): a review's also in draft, a draft's only while closed, the others' never. */
export type ClockRule = 'stands_in_draft_and_closed' | 'stands_while_closed' | 'never_stands';

/** What a stage is, beside the rule that finds its waits. */
export interface StageKind {
  /** What its waits are about; rounds count per subject. */
  readonly subject: 'pull_request' | 'access_request' | 'job' | 'run' | 'branch';
  readonly clock: ClockRule;
  /** The outcomes that were asked for; every other end competes with them. */
  readonly asked: readonly string[];
}

const REVIEW_CLOCK = { subject: 'pull_request', clock: 'stands_in_draft_and_closed' } as const;

/** The stages of `definitions.md` 3, in its order. */
export const STAGES = {
  'change.coding': { subject: 'pull_request', clock: 'never_stands', asked: ['opened'] },
  'change.draft': { subject: 'pull_request', clock: 'stands_while_closed', asked: ['ready'] },
  'review.first_response': { ...REVIEW_CLOCK, asked: ['responded'] },
  'review.request_response': { ...REVIEW_CLOCK, asked: ['responded'] },
  'review.approval': { ...REVIEW_CLOCK, asked: ['approved'] },
  'review.rework': { ...REVIEW_CLOCK, asked: ['reworked'] },
  'change.merge': { ...REVIEW_CLOCK, asked: ['merged'] },
  'change.merge_queue': { ...REVIEW_CLOCK, asked: ['merged'] },
  'change.lead': { subject: 'pull_request', clock: 'never_stands', asked: ['merged'] },
  'change.deploy': { subject: 'pull_request', clock: 'never_stands', asked: ['deployed'] },
  'access.decision': { subject: 'access_request', clock: 'never_stands', asked: ['approved', 'denied'] },
  'access.uptake': { subject: 'access_request', clock: 'never_stands', asked: ['accepted'] },
  'pipeline.queue': { subject: 'job', clock: 'never_stands', asked: ['started'] },
  'pipeline.run': {
    subject: 'run',
    clock: 'never_stands',
    asked: ['success', 'failure', 'error', 'timeout', 'cancellation', 'skip', 'neutral', 'stale', 'action_required'],
  },
  'pipeline.approval': { subject: 'job', clock: 'never_stands', asked: ['approved'] },
  'pipeline.feedback': { subject: 'pull_request', clock: 'never_stands', asked: ['success', 'failure'] },
  'pipeline.recovery': { subject: 'branch', clock: 'never_stands', asked: ['recovered'] },
} as const satisfies Record<string, StageKind>;

/** What was waited for. */
export type Stage = keyof typeof STAGES;

/** Whether a text names a stage. */
export function isStage(text: string): text is Stage {
  return Object.hasOwn(STAGES, text);
}

/** Whether a wait ended as its stage asks; an `early` one did not: it stands outside every distribution. */
export function endedAsAsked(wait: Pick<Wait, 'stage' | 'outcome'>): boolean {
  const { asked }: StageKind = STAGES[wait.stage];
  return wait.outcome !== null && asked.includes(wait.outcome);
}

/** One interval in which a subject waited. */
export interface Wait {
  readonly stage: Stage;
  /** 1, 2, … in order of start, per stage, subject and `waitsOn`. */
  readonly round: number;
  /** Who was asked: an account, `%slug` for a team; null in stages that wait on nobody in particular. */
  readonly waitsOn: TargetRef | null;
  readonly startedAt: number;
  readonly startedFrom: TimeSource;
  /** Null while still waiting. */
  readonly endedAt: number | null;
  readonly endedFrom: TimeSource | null;
  /** How long the clock stood still between the ends; while still waiting: its finished pauses. */
  readonly pausedSeconds: number;
  /** From start to end less the pauses; null while still waiting. */
  readonly seconds: number | null;
  /** The asked outcome of its stage, another end, or `early`; null while still waiting. */
  readonly outcome: string | null;
  /** GitHub's own word for an end that has one: why a merge queue let go. */
  readonly reason: string | null;
}

/** The phases of `definitions.md` 5 in its order, which is also who wins. Before opening there is none: that time is `change.coding`. */
export const PHASES = [
  'ended',
  'awaiting_deploy_approval',
  'awaiting_deploy',
  'draft',
  'merge_queue',
  'fixing_pipeline',
  'pipeline_running',
  'awaiting_merge',
  'author_rework',
  'awaiting_first_response',
  'awaiting_review',
] as const;

/** Where a pull request is. */
export type Phase = (typeof PHASES)[number];

/** A stretch of a pull request's life in one phase, never of no length: [enteredAt, leftAt), or since `enteredAt` where `leftAt` is null. */
export interface PhaseStay {
  readonly phase: Phase;
  readonly enteredAt: number;
  readonly leftAt: number | null;
}

/** Whether someone belonged to a team, and how that is known. */
export interface Membership {
  readonly isMember: boolean;
  /** `history`: known for that time; `today`: the membership of today, or of the nearest time known, stands for one whose history is unknown. */
  readonly knownFrom: 'history' | 'today';
}

/** The reference facts that waits rest on beside their subject's own. Answers must be the same for equal arguments. */
export interface WaitReference {
  /** The one reference an account is compared by: the id form where known, `ghost` for every form of the deleted account. */
  identity(ref: AccountRef): AccountRef;
  /** Whether an account, given by its identity, is a human (`definitions.md` 1); the ghost is one. */
  isHuman(account: AccountRef): boolean;
  /** Whether an account belonged to a team (`%slug`) at an instant; null when nothing is known of that team's members. */
  membership(team: TargetRef, account: AccountRef, at: number): Membership | null;
}
