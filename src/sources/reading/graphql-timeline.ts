import type { AccountPayload } from './schemas.ts';
import type { ListedPullRequest, TimelineNode } from './pull-request-listing.ts';
import type { TimelineItem } from './recording.ts';

/** GraphQL's types of events whose REST word is not the type's own in other letters. */
const WORDS: ReadonlyMap<string, string> = new Map([['RenamedTitleEvent', 'renamed']]);

/** The parts of an item that no event of its kind has. */
const NOTHING = {
  id: undefined,
  sha: undefined,
  created_at: undefined,
  submitted_at: undefined,
  author_date: undefined,
  committer_date: undefined,
  author: undefined,
  committer: undefined,
  actor: undefined,
  user: undefined,
  state: undefined,
  commit_id: undefined,
  requested_reviewer: undefined,
  requested_team: undefined,
  assignee: undefined,
  label: undefined,
  milestone: undefined,
  lock_reason: undefined,
  reason: undefined,
  dismissed_review: undefined,
} as const satisfies Omit<TimelineItem, 'event'>;

/** The timeline of a listing as REST would have given it, so that both mean the same by being read the same way. */
export function timelineItems(value: ListedPullRequest): TimelineItem[] {
  return [
    ...value.commits.map(({ commit }) => ({ ...NOTHING, event: 'committed', sha: commit.oid, author_date: commit.authoredDate, committer_date: commit.committedDate })),
    ...value.reviews.map((review) => ({ ...NOTHING, event: 'reviewed', id: review.fullDatabaseId, state: review.state, submitted_at: review.submittedAt, user: review.author })),
    ...value.comments.map((comment) => ({ ...NOTHING, event: 'commented', id: comment.fullDatabaseId, created_at: comment.createdAt, user: comment.author })),
    ...value.timelineItems.map(timelineItem),
  ];
}

function timelineItem(node: TimelineNode): TimelineItem {
  const { requestedReviewer: asked, previousReviewState, review } = node;
  const isDismissal = previousReviewState !== undefined || review !== undefined;
  return {
    ...NOTHING,
    event: WORDS.get(node.__typename) ?? restWord(node.__typename),
    created_at: node.createdAt,
    actor: node.actor,
    commit_id: (node.afterCommit ?? node.commit)?.oid,
    ...(isTeam(asked) ? { requested_team: asked.slug } : { requested_reviewer: asked }),
    reason: node.reason,
    label: node.label?.name,
    assignee: node.assignee,
    dismissed_review: isDismissal ? { state: previousReviewState ?? undefined, review_id: review?.fullDatabaseId } : undefined,
  };
}

function isTeam(asked: TimelineNode['requestedReviewer']): asked is { readonly __typename: 'Team'; readonly slug: string } {
  return asked !== null && asked !== undefined && 'slug' in asked;
}

/** `ReviewRequestRemovedEvent` is `review_request_removed`. */
function restWord(type: string): string {
  return type
    .replace(/Event$/, '')
    .replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter}`)
    .toLowerCase();
}

/** Everyone whom a listing shows. */
export function peopleOf(value: ListedPullRequest): (AccountPayload | undefined)[] {
  const entries = [...value.reviews, ...value.comments, ...value.reviewComments].map(({ author }) => author);
  const timeline = value.timelineItems.flatMap(({ actor, assignee, requestedReviewer: asked }) => [actor, assignee, isTeam(asked) ? undefined : asked]);
  return [value.author, value.mergedBy, ...entries, ...timeline];
}
