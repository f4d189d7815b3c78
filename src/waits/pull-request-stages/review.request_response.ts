import type { TimeSource } from '#src/domain/event-kind.ts';
import type { TargetRef } from '#src/domain/timeline/evidence.ts';
import type { WaitReference } from '#src/domain/wait.ts';
import type { Instant, PullRequestLife, ReviewMoment } from '../life.ts';
import type { Answer, Asking, PullRequestStage } from '../stage.ts';

/** Each request of a person or a team for a review, until a review by that person or a member of that team. */
export default {
  stage: 'review.request_response',
  find(life, reference) {
    const open: OpenRequest[] = [];
    const requests: OpenRequest[] = [];
    for (const moment of life.moments) {
      if (moment.kind === 'request') {
        const isOpen = open.some((request) => request.waitsOn === moment.target);
        if (isOpen || !isAsked(moment.target, life, reference)) continue;
        const request: OpenRequest = { waitsOn: moment.target, start: moment, answer: null };
        open.push(request);
        requests.push(request);
      } else if (moment.kind === 'request_removed') {
        answerAll(open, ({ waitsOn }) => (waitsOn === moment.target ? { at: moment.at, from: moment.from, outcome: 'removed' } : null));
      } else if (moment.kind === 'review' && open.length > 0) {
        answerAll(open, ({ waitsOn }) => responseOf(moment, waitsOn, reference));
      }
    }
    return requests;
  },
} satisfies PullRequestStage;

/** A request while nobody has answered it. */
interface OpenRequest extends Asking {
  readonly waitsOn: TargetRef;
  readonly start: Instant;
  answer: Answer | null;
}

/** A machine is not waited on, and nobody asks the author. */
function isAsked(target: TargetRef, life: PullRequestLife, reference: WaitReference): boolean {
  return target.startsWith('%') || (target !== life.author && reference.isHuman(target));
}

/** Gives open requests their answers and takes those that have one off the list. */
function answerAll(open: OpenRequest[], answerTo: (request: OpenRequest) => Answer | null): void {
  for (let index = open.length - 1; index >= 0; index -= 1) {
    const request = open[index];
    if (request === undefined) continue;
    request.answer = answerTo(request);
    if (request.answer !== null) open.splice(index, 1);
  }
}

/** Whether a review answers a request, and how sure that is. Where a team's members are unknown, any human but the author answers. */
function responseOf(review: ReviewMoment, target: TargetRef, reference: WaitReference): Answer | null {
  const answer = (from: TimeSource): Answer => ({ at: review.at, from, outcome: 'responded' });
  if (!target.startsWith('%')) return review.actor === target ? answer(review.from) : null;
  const membership = reference.membership(target, review.actor, review.at);
  if (membership === null) return answer(review.from);
  if (!membership.isMember) return null;
  return answer(membership.knownFrom === 'today' ? 'bound' : review.from);
}
