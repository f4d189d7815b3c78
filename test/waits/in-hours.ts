import type { PullRequest } from '#src/domain/timeline/event.ts';
import type { PhaseStay, Stage, Wait, WaitReference } from '#src/domain/wait.ts';
import { pullRequestPhases } from '#src/waits/phases.ts';
import { pullRequestWaits } from '#src/waits/pull-request-waits.ts';
import { aReference, OPENED_AT } from '#test/support/a-pull-request.ts';

/** A wait as people say it: from and to in hours after opening, how long it counted, how it ended. */
export type WaitInHours = readonly [from: number, to: number | null, hours: number | null, outcome: string | null];

/** The waits of one stage, in order of start. */
export function waitsInHours(pr: PullRequest, stage: Stage, reference: WaitReference = aReference()): WaitInHours[] {
  return waitsOf(pr, stage, reference).map(inHours);
}

/** The waits on each of those who were asked for a review. */
export function requestsInHours(pr: PullRequest, reference: WaitReference = aReference()): Record<string, WaitInHours[]> {
  const byAsked: Record<string, WaitInHours[]> = {};
  for (const wait of waitsOf(pr, 'review.request_response', reference)) (byAsked[wait.waitsOn ?? ''] ??= []).push(inHours(wait));
  return byAsked;
}

/** The waits of one stage, whole. */
export function waitsOf(pr: PullRequest, stage: Stage, reference: WaitReference = aReference()): Wait[] {
  return pullRequestWaits(pr, reference).filter((wait) => wait.stage === stage);
}

function inHours({ startedAt, endedAt, seconds, outcome }: Wait): WaitInHours {
  return [hour(startedAt), endedAt === null ? null : hour(endedAt), seconds === null ? null : seconds / 3600, outcome];
}

/** Where a pull request was: each phase with the hour it was entered at. */
export function phasesInHours(pr: PullRequest, reference: WaitReference = aReference()): [PhaseStay['phase'], number][] {
  return pullRequestPhases(pr, reference).map(({ phase, enteredAt }) => [phase, hour(enteredAt)]);
}

function hour(at: number): number {
  return (at - OPENED_AT) / 3_600_000;
}
