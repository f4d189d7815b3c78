/** Who moves next: the one question that colours answer. */
export type Mover = 'reviewer' | 'author' | 'go-ahead' | 'machine';

/** The words of a phase. On screen a phase is never called narrow. */
export interface PhaseWords {
  readonly name: string;
  /** Where space is short. */
  readonly short: string;
  readonly mover: Mover;
}

/** The phases of `definitions.md` 5. */
const PHASES: Readonly<Record<string, PhaseWords>> = {
  coding: { name: 'Coding', short: 'Coding', mover: 'author' },
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
};

/** The order in which the river shows the phases; a phase that is not in it stands beside the river. */
export const RIVER_ORDER: readonly string[] = Object.keys(PHASES).filter((phase) => phase !== 'coding' && phase !== 'draft');

/** The words of a phase; one that has none yet is named as it is stored. */
export function phaseWords(phase: string): PhaseWords {
  const words = Object.hasOwn(PHASES, phase) ? PHASES[phase] : undefined;
  if (words !== undefined) return words;
  const name = phase.replaceAll('_', ' ');
  return { name, short: name, mover: 'machine' };
}

/** Every phase that has words. */
export function namedPhases(): readonly string[] {
  return Object.keys(PHASES);
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
