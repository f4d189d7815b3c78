import type { PullRequest } from '#src/domain/timeline/event.ts';
import type { Phase, PhaseStay, WaitReference } from '#src/domain/wait.ts';
import type { PullRequestLife } from './life.ts';
import mergeQueue from './pull-request-stages/change.merge_queue.ts';
import rework from './pull-request-stages/review.rework.ts';
import { readLife } from './read-life.ts';
import { readyToMerge } from './ready-to-merge.ts';
import type { PullRequestStage } from './stage.ts';

/** A stretch in which a phase would apply, were no earlier one of the definitions' list in force. */
interface Claim {
  readonly phase: Phase;
  readonly from: number;
  /** Infinity where it lasts on. */
  readonly to: number;
}

/**
 * Where a pull request was at every moment since it was opened (`definitions.md` 5), with checks and
 * deployments unknown. The stays are in order, adjoin without a gap and differ from their neighbours;
 * the last one goes on (`leftAt` null), for a finished pull request in `ended`. A closed one that was
 * reopened was `ended` in between.
 */
export function pullRequestPhases(pr: PullRequest, reference: WaitReference): PhaseStay[] {
  return phasesOfLife(readLife(pr, reference), reference);
}

/** The phases of a life that was already read, for those who need its waits too. */
export function phasesOfLife(life: PullRequestLife, reference: WaitReference): PhaseStay[] {
  const claims = claimsOf(life, reference);
  const stays: { phase: Phase; enteredAt: number; leftAt: number | null }[] = [];
  for (const at of boundariesOf(claims, life.opened.at)) {
    const phase = phaseAt(claims, at);
    const last = stays.at(-1);
    if (last?.phase === phase) continue;
    if (last !== undefined) last.leftAt = at;
    stays.push({ phase, enteredAt: at, leftAt: null });
  }
  return stays;
}

/** In the order of the definitions: where several apply, the first one wins. */
function claimsOf(life: PullRequestLife, reference: WaitReference): Claim[] {
  const claims: Claim[] = [];
  if (life.end !== null) claims.push({ phase: 'ended', from: life.end.at, to: Infinity });
  for (const { start, to } of life.closures) claims.push({ phase: 'ended', from: start.at, to: to?.at ?? Infinity });
  for (const { start, to } of life.drafts) claims.push({ phase: 'draft', from: start.at, to: to?.at ?? Infinity });
  claimStage('merge_queue', mergeQueue, life, reference, claims);
  for (const { start, to } of readyToMerge(life)) claims.push({ phase: 'awaiting_merge', from: start.at, to: to?.at ?? Infinity });
  claimStage('author_rework', rework, life, reference, claims);
  claims.push({ phase: 'awaiting_first_response', from: life.opened.at, to: firstResponseAt(life) });
  return claims;
}

function claimStage(phase: Phase, stage: PullRequestStage, life: PullRequestLife, reference: WaitReference, claims: Claim[]): void {
  for (const { start, answer } of stage.find(life, reference)) claims.push({ phase, from: start.at, to: answer?.at ?? Infinity });
}

/** A response in draft counts as one. */
function firstResponseAt({ moments }: PullRequestLife): number {
  for (const { kind, at } of moments) if (kind === 'review' || kind === 'comment') return at;
  return Infinity;
}

/** The instants since the opening at which some claim begins or ends, in order, each once. */
function boundariesOf(claims: readonly Claim[], openedAt: number): number[] {
  const instants = [openedAt];
  for (const { from, to } of claims) {
    if (from > openedAt) instants.push(from);
    if (to > openedAt && to !== Infinity) instants.push(to);
  }
  instants.sort((a, b) => a - b);
  return instants.filter((at, index) => index === 0 || at !== instants[index - 1]);
}

function phaseAt(claims: readonly Claim[], at: number): Phase {
  for (const { phase, from, to } of claims) if (from <= at && at < to) return phase;
  return 'awaiting_review';
}
