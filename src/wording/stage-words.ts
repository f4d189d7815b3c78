import type { Stage } from '#src/domain/wait.ts';
import { NBSP } from './characters.ts';
import { counted } from './number-text.ts';
import type { Mover } from './phase-words.ts';

/** The words of a stage: how its wait is named, and how a sentence about many of them goes. */
export interface StageWords {
  readonly name: string;
  /** In a list beside a subject: `payments-api #4021, first response`. */
  readonly short: string;
  /** Who is waited for, which gives the colour. */
  readonly mover: Mover;
  /** What waits: `70 % of the pull requests …`. */
  readonly population: string;
  /** `70 % have a first response within a day`. */
  readonly asked: string;
  /** `12 % end without one`. */
  readonly without: string;
  /** The same over finished waits alone: `70 % of the first responses come within a day`. */
  readonly finished: string;
}

const STAGE_WORDS: Readonly<Record<Stage, StageWords>> = {
  'change.coding': {
    name: 'Coding',
    short: 'coding',
    mover: 'author',
    population: 'pull requests',
    asked: 'are opened',
    without: 'end without being opened',
    finished: 'of the pull requests are opened',
  },
  'change.draft': {
    name: 'Draft',
    short: 'draft',
    mover: 'author',
    population: 'drafts',
    asked: 'are ready',
    without: 'end as a draft',
    finished: 'of the drafts are ready',
  },
  'review.first_response': {
    name: 'First response',
    short: 'first response',
    mover: 'reviewer',
    population: 'pull requests',
    asked: 'have a first response',
    without: 'end without one',
    finished: 'of the first responses come',
  },
  'review.request_response': {
    name: 'Answer to a request',
    short: 'answer to a request',
    mover: 'reviewer',
    population: 'review requests',
    asked: 'have an answer',
    without: 'end without one',
    finished: 'of the answers come',
  },
  'review.approval': {
    name: 'Approval',
    short: 'approval',
    mover: 'reviewer',
    population: 'pull requests',
    asked: 'have an approval',
    without: 'end without one',
    finished: 'of the approvals come',
  },
  'review.rework': {
    name: 'Rework by the author',
    short: 'rework',
    mover: 'author',
    population: 'requests for changes',
    asked: 'are reworked',
    without: 'end without rework',
    finished: 'of the reworks are done',
  },
  'change.merge': {
    name: 'Merge',
    short: 'merge',
    mover: 'go-ahead',
    population: 'approved pull requests',
    asked: 'are merged',
    without: 'end unmerged',
    finished: 'of the merges happen',
  },
  'change.merge_queue': {
    name: 'Merge queue',
    short: 'merge queue',
    mover: 'machine',
    population: 'entries into the merge queue',
    asked: 'are merged',
    without: 'leave it unmerged',
    finished: 'of the queued merges happen',
  },
  'change.lead': {
    name: 'Opened to merged',
    short: 'merge',
    mover: 'author',
    population: 'pull requests',
    asked: 'are merged',
    without: 'end unmerged',
    finished: 'of the merged pull requests are merged',
  },
  'change.deploy': {
    name: 'Deploy',
    short: 'deploy',
    mover: 'machine',
    population: 'merged pull requests',
    asked: 'are deployed',
    without: 'end undeployed',
    finished: 'of the deployments come',
  },
  'access.decision': {
    name: 'Decision',
    short: 'decision',
    mover: 'go-ahead',
    population: 'requests',
    asked: 'are decided',
    without: 'end undecided',
    finished: 'of the decisions come',
  },
  'access.uptake': {
    name: 'Uptake',
    short: 'uptake',
    mover: 'author',
    population: 'granted requests',
    asked: 'are taken up',
    without: 'end without it',
    finished: 'of the grants are taken up',
  },
  'pipeline.queue': {
    name: 'Queue',
    short: 'queue',
    mover: 'machine',
    population: 'jobs',
    asked: 'start',
    without: 'end before they start',
    finished: 'of the jobs start',
  },
  'pipeline.run': {
    name: 'Run',
    short: 'run',
    mover: 'machine',
    population: 'runs',
    asked: 'complete',
    without: 'end otherwise',
    finished: 'of the runs complete',
  },
  'pipeline.approval': {
    name: 'Deploy approval',
    short: 'deploy approval',
    mover: 'go-ahead',
    population: 'jobs that need an approval',
    asked: 'are approved',
    without: 'end without one',
    finished: 'of the approvals come',
  },
  'pipeline.feedback': {
    name: 'Pipeline feedback',
    short: 'pipeline feedback',
    mover: 'machine',
    population: 'commits',
    asked: 'have a verdict',
    without: 'end without one',
    finished: 'of the verdicts come',
  },
  'pipeline.recovery': {
    name: 'Recovery',
    short: 'recovery',
    mover: 'author',
    population: 'failures of a default branch',
    asked: 'are recovered from',
    without: 'are left',
    finished: 'of the recoveries come',
  },
};

/** The words of a stage. */
export function stageWords(stage: Stage): StageWords {
  return STAGE_WORDS[stage];
}

/** An age of the headline as a sentence says it: `within 4 h`, `within a day`, `within 3 days`. */
export function withinText(ageSeconds: number): string {
  const days = ageSeconds / 86_400;
  if (days === 1) return 'within a day';
  return days > 1 ? `within ${counted(days, 'day')}` : `within ${String(ageSeconds / 3_600)}${NBSP}h`;
}

/** The same as the head of a column: `4 h`, `1 day`, `3 days`. */
export function ageHead(ageSeconds: number): string {
  const days = ageSeconds / 86_400;
  return days < 1 ? `${String(ageSeconds / 3_600)}${NBSP}h` : counted(days, 'day');
}
