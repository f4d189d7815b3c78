import { z } from 'zod';
import { connection } from './answer-parts.ts';
import { listedPullRequest } from './listed-pull-request.ts';
import { savedQuery } from './saved-query.ts';

/**
 * The pull requests of a repository, the one updated last first, each with everything that belongs to it.
 * Variables: `repository` (node id), `first` (1 to 100), `after`, `threads` (review threads on the first page, 1 to 100).
 *
 * Cost, by GitHub's formula: `1 + first × (5 + threads)` connections, a hundred of them a point. A page of 50 with 30
 * threads is 1,751 connections and 18 points, so 20 requests and 360 points for 1,000 pull requests before overflow.
 */
export const pullRequestsQuery = savedQuery('pull-requests', z.object({ node: z.object({ pullRequests: connection(listedPullRequest).nullable() }).partial().nullable() }));

/**
 * Pull requests by their node ids (`ids`, up to 100), each with everything that belongs to it; null where one is gone.
 * Cost: `ids × (5 + threads)` connections, should GitHub count what is below `nodes` once per id.
 */
export const pullRequestsByIdQuery = savedQuery('pull-requests-by-id', z.object({ nodes: z.array(listedPullRequest.nullable()) }));
