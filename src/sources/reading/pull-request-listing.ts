import { z } from 'zod';
import { id, instant, text } from './schemas.ts';

/** GitHub's types of accounts, as GraphQL names them. */
const ACCOUNT_TYPES = ['User', 'Bot', 'Organization', 'Mannequin'] as const;

/**
 * An account as GraphQL writes it, read as REST would have written it: the login of a bot carries its `[bot]`, which
 * GraphQL leaves out. Null for a deleted one.
 */
export const graphqlAccount = z
  .object({ __typename: text, login: text, databaseId: id.nullish() })
  .transform(({ __typename: type, login, databaseId }) => ({
    login: type === 'Bot' && !login.endsWith('[bot]') ? `${login}[bot]` : login,
    id: databaseId ?? undefined,
    type: ACCOUNT_TYPES.find((known) => known === type),
  }))
  .nullable();

const commitRef = z.object({ oid: text }).nullish();

/** One event of a timeline as GraphQL gives it; which fields it has depends on its type. */
export const timelineNode = z.object({
  __typename: text,
  createdAt: instant,
  actor: graphqlAccount.optional(),
  requestedReviewer: z.union([z.object({ __typename: z.literal('Team'), slug: text }), graphqlAccount]).optional(),
  previousReviewState: text.nullish(),
  review: z.object({ fullDatabaseId: id }).nullish(),
  afterCommit: commitRef,
  commit: commitRef,
  reason: text.nullish(),
  label: z.object({ name: text }).nullish(),
  assignee: graphqlAccount.optional(),
});
/** What is read of one event. */
export type TimelineNode = z.infer<typeof timelineNode>;

const review = z.object({ fullDatabaseId: id, state: text, submittedAt: instant.nullable(), author: graphqlAccount });
const comment = z.object({ fullDatabaseId: id, createdAt: instant, author: graphqlAccount });
const lineComment = comment.extend({ pullRequestReview: z.object({ fullDatabaseId: id }).nullable() });
const commit = z.object({ commit: z.object({ oid: text, authoredDate: instant, committedDate: instant }) });

const size = z.number().int().nonnegative();

/** A pull request as a listing holds it. Everything that a fact hangs on has to be there: GitHub owes it. */
export const listedPullRequest = z.object({
  fullDatabaseId: id,
  number: z.number().int().positive(),
  repository: z.object({ databaseId: id, nameWithOwner: text }),
  title: text,
  state: z.enum(['OPEN', 'CLOSED', 'MERGED']),
  isDraft: z.boolean(),
  createdAt: instant,
  updatedAt: instant,
  closedAt: instant.nullable(),
  mergedAt: instant.nullable(),
  additions: size,
  deletions: size,
  changedFiles: size,
  baseRefName: text,
  headRefName: text,
  headRefOid: text,
  headRepository: z.object({ databaseId: id }).nullable(),
  author: graphqlAccount,
  mergedBy: graphqlAccount,
  mergeCommit: commitRef,
  /** How many commits GitHub counts, of which it lists 250 at most; null where it does not say. */
  commitCount: size.nullable(),
  commits: z.array(commit),
  reviews: z.array(review),
  comments: z.array(comment),
  reviewComments: z.array(lineComment),
  timelineItems: z.array(timelineNode),
});
/** What is read of a listed pull request. */
export type ListedPullRequest = z.infer<typeof listedPullRequest>;

/** A listing of one pull request, complete or not. */
export const pullRequestListing = z.object({ isComplete: z.boolean(), pullRequest: listedPullRequest });
