import type { AccountRef } from '#src/domain/account.ts';
import type { PullRequestLife, ReviewMoment, Span } from './life.ts';
import { SpanList } from './span-list.ts';

/**
 * When a pull request was approved with nothing outstanding: some human other than the author has
 * `APPROVED` as latest verdict and nobody's latest verdict asks for changes. A push undoes neither:
 * GitHub, too, keeps a request for changes blocking until its reviewer approves or is dismissed.
 */
export function readyToMerge({ moments }: PullRequestLife): readonly Span[] {
  const ready = new SpanList();
  const verdicts = new Map<AccountRef, ReviewMoment>();
  for (const moment of moments) {
    if (moment.kind === 'review' && moment.verdict !== 'none') verdicts.set(moment.actor, moment);
    else if (moment.kind === 'dismissal') forget(moment.reviewId, verdicts);
    else continue;
    ready.set(isReady(verdicts.values()), moment);
  }
  return ready.spans;
}

/** Who is dismissed has no verdict; one given before does not come back. */
function forget(reviewId: string | null, verdicts: Map<AccountRef, ReviewMoment>): void {
  if (reviewId === null) return;
  for (const [actor, { id }] of verdicts) if (id === reviewId) verdicts.delete(actor);
}

function isReady(verdicts: Iterable<ReviewMoment>): boolean {
  let isApproved = false;
  for (const { verdict } of verdicts) {
    if (verdict === 'changes_requested') return false;
    isApproved = true;
  }
  return isApproved;
}
