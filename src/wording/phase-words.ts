import type { Phase } from '#src/domain/wait.ts';

/** Who moves next: the one question that colours answer. */
export type Mover = 'reviewer' | 'author' | 'go-ahead' | 'machine';

/** The words of a phase. On screen a phase is never called narrow. */
export interface PhaseWords {
  readonly name: string;
  /** Where space is short. */
  readonly short: string;
  readonly mover: Mover;
}

/** In the order in which a pull request usually passes them. */
const PHASE_WORDS: Readonly<Record<Phase, PhaseWords>> = {
  draft: { name: 'Draft', short: 'Draft', mover: 'author' },
  awaiting_first_response: { name: 'Awaiting first response', short: 'First response', mover: 'reviewer' },
  awaiting_review: { name: 'Awaiting review', short: 'Review', mover: 'reviewer' },
  author_rework: { name: 'Author rework', short: 'Rework', mover: 'author' },
  fixing_pipeline: { name: 'Fixing pipeline', short: 'Fixing', mover: 'author' },
  pipeline_running: { name: 'Pipeline running', short: 'Running', mover: 'machine' },
  awaiting_merge: { name: 'Awaiting merge', short: 'Merge', mover: 'go-ahead' },
  merge_queue: { name: 'Merge queue', short: 'Queue', mover: 'machine' },
  awaiting_deploy_approval: { name: 'Awaiting deploy approval', short: 'Approval', mover: 'go-ahead' },
  awaiting_deploy: { name: 'Awaiting deploy', short: 'Deploy', mover: 'machine' },
  ended: { name: 'Ended', short: 'Ended', mover: 'machine' },
};

/** The phases of the river, in the order it shows them; drafts stand beside it. */
export const RIVER_ORDER = [
  'awaiting_first_response',
  'awaiting_review',
  'author_rework',
  'fixing_pipeline',
  'pipeline_running',
  'awaiting_merge',
  'merge_queue',
  'awaiting_deploy_approval',
  'awaiting_deploy',
] as const satisfies readonly Phase[];

/** The words of a phase. */
export function phaseWords(phase: Phase): PhaseWords {
  return PHASE_WORDS[phase];
}

/** `The next move is a reviewer’s.` */
export function nextMoveSentence(mover: Mover): string {
  const whose = {
    reviewer: 'a reviewer’s',
    author: 'the author’s',
    'go-ahead': 'for whoever gives the go-ahead',
    machine: 'a machine’s',
  } as const;
  return `The next move is ${whose[mover]}.`;
}

/** A mover as the subject of a sentence about what has happened. */
export function moverSubject(mover: Mover): string {
  const subject = { reviewer: 'Reviewers', author: 'The author', 'go-ahead': 'Those who give the go-ahead', machine: 'Machines' } as const;
  return subject[mover];
}
