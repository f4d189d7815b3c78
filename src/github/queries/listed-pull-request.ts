import { z } from 'zod';
import { instant, rawConnection } from './answer-parts.ts';

const threadConnection = rawConnection.unwrap().extend({
  nodes: z.array(z.object({ id: z.string(), comments: rawConnection }).nullable()).nullable(),
});

/**
 * A pull request with the first page of everything that belongs to it. What assembling looks at is checked; the rest
 * is kept as it came, and read from the delivery.
 */
export const listedPullRequest = z.looseObject({
  id: z.string(),
  number: z.number().int().positive(),
  updatedAt: instant,
  commits: rawConnection,
  reviews: rawConnection,
  comments: rawConnection,
  reviewThreads: threadConnection.nullable(),
  timelineItems: rawConnection,
});

/** A pull request as a page shows it. */
export type ListedPullRequest = z.infer<typeof listedPullRequest>;

/** The next pages of a pull request's connections; those that were not asked for are absent. */
export const pullRequestRemainder = z.object({
  updatedAt: instant,
  commits: rawConnection.optional(),
  reviews: rawConnection.optional(),
  comments: rawConnection.optional(),
  reviewThreads: threadConnection.nullable().optional(),
  timelineItems: rawConnection.optional(),
});

/** What did not fit on a pull request's first page. */
export type PullRequestRemainder = z.infer<typeof pullRequestRemainder>;
