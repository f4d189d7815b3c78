import { compareIds } from '#src/core/text.ts';
import { kindRank } from '#src/domain/event-kind.ts';
import type { PullRequest } from '#src/domain/timeline/event.ts';
import type { Phase, Stage, WaitReference } from '#src/domain/wait.ts';
import { oracleWaits } from './oracle.ts';

/** Where a pull request stands at an instant since its opening, written from `definitions.md` 5 alone: first match wins. */
export function oraclePhase(pr: PullRequest, ref: WaitReference, at: number): Phase {
  const waits = oracleWaits(pr, ref);
  const isIn = (stage: Stage): boolean => waits.some((wait) => wait.stage === stage && wait.startedAt <= at && at < (wait.endedAt ?? Infinity));
  const author = ref.identity(pr.author);
  const events = pr.events.filter((event) => event.goneAt === null);
  const end = waits.find(({ stage }) => stage === 'change.lead')?.endedAt ?? Infinity;

  // 1. Ended for good, or closed and not yet reopened; a close that goes with the merge is no close of its own.
  if (at >= end) return 'ended';
  const lifecycle = events.filter((event) => (event.kind === 'closed' || event.kind === 'reopened') && event.at < end);
  const closes = lifecycle.filter((event, index) => event.kind === 'closed' && !(pr.mergedAt !== null && event.at >= pr.mergedAt - 60_000 && lifecycle.slice(index).every((later) => later.kind === 'closed')));
  const close = closes.findLast((event) => event.at <= at);
  if (close !== undefined && !lifecycle.slice(lifecycle.indexOf(close)).some((event) => event.kind === 'reopened' && event.at <= at)) return 'ended';

  // 4. and 5.
  if (isIn('change.draft')) return 'draft';
  if (isIn('change.merge_queue')) return 'merge_queue';

  // 7. Each reviewer's latest verdict that was not dismissed.
  const told = events.filter((event) => event.at <= at).sort((a, b) => a.at - b.at || kindRank(a.kind) - kindRank(b.kind) || compareIds(a.id, b.id));
  const isResponder = (actor: string | null): boolean => ref.identity(actor ?? 'ghost') !== author && ref.isHuman(ref.identity(actor ?? 'ghost'));
  const verdicts = told.filter((event) => event.kind === 'reviewed' && ['APPROVED', 'CHANGES_REQUESTED'].includes(event.detail.state ?? '') && isResponder(event.actor));
  const latest = verdicts.filter((event) => verdicts.findLast((other) => ref.identity(other.actor ?? 'ghost') === ref.identity(event.actor ?? 'ghost')) === event);
  const standing = latest.filter((event) => !told.slice(told.indexOf(event)).some((later) => later.kind === 'review_dismissed' && later.detail.reviewId !== undefined && later.detail.reviewId === event.id));
  if (standing.length > 0 && standing.every((event) => event.detail.state === 'APPROVED')) return 'awaiting_merge';

  // 8. to 10.
  if (isIn('review.rework')) return 'author_rework';
  const hasResponse = events.some((event) => {
    if (event.kind === 'reviewed') return event.detail.state !== 'PENDING' && event.at <= at && isResponder(event.actor);
    return (event.kind === 'commented' || event.kind === 'review_commented') && (event.detail.visibleAt ?? event.at) <= at && isResponder(event.actor);
  });
  return hasResponse ? 'awaiting_review' : 'awaiting_first_response';
}
