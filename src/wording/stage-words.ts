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

/** The stages of `definitions.md` 3 that concern pull requests. */
const STAGES: Readonly<Record<string, StageWords>> = {
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
};

/** The words of a stage; one that has none yet is named as it is stored. */
export function stageWords(stage: string): StageWords {
  const words = Object.hasOwn(STAGES, stage) ? STAGES[stage] : undefined;
  if (words !== undefined) return words;
  return {
    name: stage,
    short: stage,
    mover: 'machine',
    population: 'waits',
    asked: 'end as asked',
    without: 'end otherwise',
    finished: 'of the finished waits end',
  };
}

/** Every stage that has words. */
export function namedStages(): readonly string[] {
  return Object.keys(STAGES);
}

/** An age of the headline as a sentence says it: `within 4 h`, `within a day`, `within 3 days`. */
export function withinText(ageSeconds: number): string {
  const days = ageSeconds / 86_400;
  if (days === 1) return 'within a day';
  return days > 1 ? `within ${String(days)} days` : `within ${String(ageSeconds / 3_600)} h`;
}

/** The same as the head of a column: `4 h`, `1 day`, `3 days`. */
export function ageHead(ageSeconds: number): string {
  const days = ageSeconds / 86_400;
  if (days < 1) return `${String(ageSeconds / 3_600)} h`;
  return days === 1 ? '1 day' : `${String(days)} days`;
}
