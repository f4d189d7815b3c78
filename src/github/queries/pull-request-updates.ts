import { z } from 'zod';
import { connection, instant, numericId } from './answer-parts.ts';
import { savedQuery } from './saved-query.ts';

/** What changes of a pull request whenever anything of it does. */
const update = z.object({
  id: z.string(),
  number: z.number().int().positive(),
  state: z.enum(['OPEN', 'CLOSED', 'MERGED']),
  updatedAt: instant,
});

/** When a pull request was updated last, epoch ms, and how it stands. */
export type PullRequestUpdate = z.infer<typeof update>;

const updateById = update.extend({ repository: z.object({ databaseId: numericId }) });

/**
 * When up to 100 pull requests (`ids`) were updated last, in the order asked; null for one that is gone. One point: no
 * connection at all.
 */
export const pullRequestUpdatesQuery = savedQuery('pull-request-updates', z.object({ nodes: z.array(updateById.nullable()) }));

/** Which pull requests of a repository (`repository`, a node id; `first`, `after`) were updated, the last one first. One point for 100. */
export const updatedPullRequestsQuery = savedQuery(
  'updated-pull-requests',
  z.object({ node: z.object({ pullRequests: connection(update).nullable() }).partial().nullable() }),
);

/** The pull requests updated last (`first`) of up to 100 repositories (`ids`, node ids); null for one that is gone. One point. */
export const newestPullRequestsQuery = savedQuery(
  'newest-pull-requests',
  z.object({ nodes: z.array(z.object({ id: z.string(), pullRequests: connection(update).nullable() }).nullable()) }),
);
