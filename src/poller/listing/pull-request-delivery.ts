import type { Delivery } from '#src/domain/delivery.ts';
import { PULL_REQUEST_LISTING } from '../pull-request-lister.ts';
import { listingDelivery } from './listing-delivery.ts';
import type { AssembledPullRequest } from './pull-request-assembly.ts';

/**
 * An assembled pull request as it goes to the inbox: its own fields and, beside them, the entries of each connection
 * as GitHub gave them, and whether they are all there are.
 */
export function pullRequestDelivery(assembled: AssembledPullRequest): Delivery {
  const { id, takenAt, incompleteFor, fields, commits, reviews, comments, reviewComments, timelineItems, totals } = assembled;
  return listingDelivery({
    event: PULL_REQUEST_LISTING,
    about: id,
    takenAt,
    content: { isComplete: incompleteFor === null, incompleteFor, pullRequest: { ...fields, commitCount: totals.commits, commits, reviews, comments, reviewComments, timelineItems } },
  });
}
