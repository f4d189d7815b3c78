import { z } from 'zod';
import { instant, rawConnection } from './answer-parts.ts';
import { pullRequestRemainder } from './listed-pull-request.ts';
import { savedQuery } from './saved-query.ts';

/**
 * The next page of each connection of one pull request (`id`) that has one: `withCommits` and `commitsAfter`,
 * `withReviews`, `withComments`, `withThreads`, `withEvents`, each with its `…After`; `first` for all. A point.
 */
export const pullRequestRemainderQuery = savedQuery('pull-request-remainder', z.object({ node: pullRequestRemainder.nullable() }));

/** The next page of one review thread's comments (`id`, `after`); a thread with more than 50 is rare. One point. */
export const reviewThreadRemainderQuery = savedQuery(
  'review-thread-remainder',
  z.object({ node: z.object({ pullRequest: z.object({ updatedAt: instant }), comments: rawConnection }).nullable() }),
);
