import type { PullRequest } from '#src/domain/timeline/event.ts';
import { STAGES, type Wait, type WaitReference } from '#src/domain/wait.ts';
import { pausedMs } from './clock.ts';
import type { PullRequestLife } from './life.ts';
import changeCoding from './pull-request-stages/change.coding.ts';
import changeDraft from './pull-request-stages/change.draft.ts';
import changeLead from './pull-request-stages/change.lead.ts';
import changeMerge from './pull-request-stages/change.merge.ts';
import changeMergeQueue from './pull-request-stages/change.merge_queue.ts';
import reviewApproval from './pull-request-stages/review.approval.ts';
import reviewFirstResponse from './pull-request-stages/review.first_response.ts';
import reviewRequestResponse from './pull-request-stages/review.request_response.ts';
import reviewRework from './pull-request-stages/review.rework.ts';
import { readLife } from './read-life.ts';
import type { Asking, PullRequestStage } from './stage.ts';

/** The stages of a pull request in the order of `definitions.md` 3; a test holds this list against the folder. */
export const PULL_REQUEST_STAGES: readonly PullRequestStage[] = [
  changeCoding,
  changeDraft,
  reviewFirstResponse,
  reviewRequestResponse,
  reviewApproval,
  reviewRework,
  changeMerge,
  changeMergeQueue,
  changeLead,
];

/**
 * Every wait of a pull request (`definitions.md` 3), by stage in the order of the definitions, then in
 * order of start. A pure function of the pull request's facts and the reference facts: what is open is
 * open as of those facts, whatever the time is now.
 */
export function pullRequestWaits(pr: PullRequest, reference: WaitReference): Wait[] {
  return waitsOfLife(readLife(pr, reference), reference);
}

/** The waits of a life that was already read, for those who need its phases too. */
export function waitsOfLife(life: PullRequestLife, reference: WaitReference): Wait[] {
  const waits: Wait[] = [];
  for (const stage of PULL_REQUEST_STAGES) {
    const first = waits.length;
    for (const asking of stage.find(life, reference)) waits.push(toWait(stage, asking, roundOf(asking, waits, first), life));
  }
  return waits;
}

function roundOf(asking: Asking, waits: readonly Wait[], first: number): number {
  let round = 1;
  for (let index = first; index < waits.length; index += 1) if (waits[index]?.waitsOn === asking.waitsOn) round += 1;
  return round;
}

function toWait({ stage }: PullRequestStage, { waitsOn, start, answer }: Asking, round: number, life: PullRequestLife): Wait {
  const end = answer ?? life.end;
  const paused = pausedMs(STAGES[stage].clock, life, start.at, end === null ? null : end.at);
  return {
    stage,
    round,
    waitsOn,
    startedAt: start.at,
    startedFrom: start.from,
    endedAt: end === null ? null : end.at,
    endedFrom: end === null ? null : end.from,
    pausedSeconds: paused / 1000,
    seconds: end === null ? null : (end.at - start.at - paused) / 1000,
    outcome: end === null ? null : end.outcome,
    reason: answer?.reason ?? null,
  };
}
