import type { DeliveryEnvelope } from '#src/domain/source.ts';
import { sightingKey, type PullRequestEvidence, type Sighting } from '#src/domain/timeline/evidence.ts';
import { accountRef } from './accounts.ts';
import { keyed, observe } from './observe.ts';
import type { CommentPayload } from './schemas.ts';

/** The sighting of a comment: its kind says whether it stands on the pull request or on a line of it. */
export function observeComment(
  kind: 'commented' | 'review_commented',
  comment: CommentPayload,
  envelope: DeliveryEnvelope,
): Sighting {
  const reviewId = kind === 'review_commented' ? (comment.pull_request_review_id ?? undefined) : undefined;
  const detail = reviewId === undefined ? {} : { reviewId };
  return observe({ kind, id: comment.id, at: comment.created_at, atFrom: 'github', actor: accountRef(comment.user), detail }, envelope);
}

/** A comment's evidence; a `deleted` action also tells that it is gone, from when we knew. */
export function commentEvidence(action: string, sighting: Sighting, envelope: DeliveryEnvelope): Pick<PullRequestEvidence, 'sightings' | 'deletions'> {
  return {
    sightings: keyed([sighting]),
    deletions: action === 'deleted' ? { [sightingKey(sighting)]: envelope.deliveredAt } : {},
  };
}
