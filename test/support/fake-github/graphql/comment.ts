import { nodeId } from '../node-ids.ts';
import type { PlacedComment, PlacedEvent, PullState } from '../pull-at.ts';
import type { RepositoryState } from '../world.ts';
import { actorNode } from './actor.ts';
import { iso, type Asked, type Node } from './asked.ts';
import { connection, type PageArguments } from './connection.ts';

/** Where a comment stands. */
export interface InPull {
  readonly asked: Asked;
  readonly repository: RepositoryState;
  readonly pull: PullState;
}

/** A comment below a pull request. */
export function issueCommentNode({ asked, repository, pull }: InPull, comment: PlacedEvent): Node {
  return {
    __typename: 'IssueComment',
    id: nodeId('IC', repository.id, pull.number, comment.id ?? comment.place),
    databaseId: comment.id ?? null,
    fullDatabaseId: comment.id ?? null,
    createdAt: iso(comment.at),
    publishedAt: iso(comment.at),
    updatedAt: iso(comment.at),
    author: actorNode(comment.user ?? comment.actor),
    editor: null,
    lastEditedAt: null,
    minimizedReason: null,
    pullRequest: () => asked.make.pull(asked, repository, pull),
    repository: () => asked.make.repository(asked, repository),
  };
}

/** A comment on a line. */
export function lineCommentNode(inPull: InPull, comment: PlacedComment): Node {
  const { asked, repository, pull } = inPull;
  return {
    __typename: 'PullRequestReviewComment',
    id: nodeId('PRRC', repository.id, pull.number, comment.id),
    databaseId: comment.id,
    fullDatabaseId: comment.id,
    createdAt: comment.created_at,
    draftedAt: comment.created_at,
    publishedAt: iso(comment.at),
    updatedAt: iso(comment.at),
    state: 'SUBMITTED',
    author: actorNode(comment.user),
    editor: null,
    lastEditedAt: null,
    minimizedReason: null,
    pullRequest: () => asked.make.pull(asked, repository, pull),
    repository: () => asked.make.repository(asked, repository),
    pullRequestReview() {
      const id = comment.pull_request_review_id;
      if (id == null) return null;
      // The review of an answer to a comment stands in no timeline, so a recording lacks it; GitHub names it all the same.
      const answered = { event: 'reviewed', id, state: 'COMMENTED', user: comment.user ?? null, place: comment.place, at: comment.at };
      return reviewNode(inPull, pull.reviews.find((review) => review.id === id) ?? answered);
    },
    replyTo() {
      const first = pull.lineComments.find(({ id }) => id === comment.in_reply_to_id);
      return first === undefined ? null : lineCommentNode(inPull, first);
    },
  };
}

/** A review. One that was never submitted is seen by its author alone, so the fake has none. */
export function reviewNode(inPull: InPull, review: PlacedEvent): Node {
  const { asked, repository, pull } = inPull;
  return {
    __typename: 'PullRequestReview',
    id: nodeId('PRR', repository.id, pull.number, review.id ?? review.place),
    databaseId: review.id ?? null,
    fullDatabaseId: review.id ?? null,
    state: (review.state ?? 'COMMENTED').toUpperCase(),
    createdAt: iso(review.at),
    publishedAt: iso(review.at),
    submittedAt: iso(review.at),
    updatedAt: iso(review.at),
    author: actorNode(review.user),
    editor: null,
    lastEditedAt: null,
    minimizedReason: null,
    commit: () => (review.commit_id == null ? null : commitNode(inPull, { sha: review.commit_id })),
    pullRequest: () => asked.make.pull(asked, repository, pull),
    repository: () => asked.make.repository(asked, repository),
    comments: (args: PageArguments) => lineComments(inPull, pull.lineComments.filter((comment) => review.id !== undefined && comment.pull_request_review_id === review.id), args),
  };
}

/** A connection of comments on lines. */
export function lineComments(inPull: InPull, comments: readonly PlacedComment[], args: PageArguments): Node {
  const plan = { items: comments, keyOf: ({ place }: PlacedComment) => [place], node: (comment: PlacedComment) => lineCommentNode(inPull, comment) };
  return connection('PullRequestReviewCommentConnection', plan, args);
}

/** What is known of a commit; recordings know the dates of those in a pull request's own list alone. */
export function commitNode({ asked, repository }: Pick<InPull, 'asked' | 'repository'>, commit: Pick<PlacedEvent, 'sha' | 'author_date' | 'committer_date'>): Node {
  const oid = commit.sha ?? '0'.repeat(40);
  const person = (date: string | undefined): Node => ({ __typename: 'GitActor', date: date ?? null, email: null, name: null, user: null });
  return {
    __typename: 'Commit',
    id: nodeId('C', repository.id, oid),
    oid,
    abbreviatedOid: oid.slice(0, 7),
    ...(commit.author_date === undefined ? {} : { authoredDate: commit.author_date }),
    ...(commit.committer_date === undefined ? {} : { committedDate: commit.committer_date }),
    author: person(commit.author_date),
    committer: person(commit.committer_date),
    pushedDate: null,
    url: `https://github.com/${repository.fullName}/commit/${oid}`,
    repository: () => asked.make.repository(asked, repository),
  };
}
