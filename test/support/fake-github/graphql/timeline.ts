import { nodeId } from '../node-ids.ts';
import type { PlacedEvent } from '../pull-at.ts';
import { actorNode, personNode } from './actor.ts';
import { iso, refuseOthers, type Node } from './asked.ts';
import { commitNode, issueCommentNode, reviewNode, type InPull } from './comment.ts';
import { connection, type PageArguments } from './connection.ts';
import { githubSchema } from './schema.ts';
import { isUnionType } from 'graphql';

/** Events whose type in GraphQL is not simply their name in REST. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['committed', 'PullRequestCommit'],
  ['commented', 'IssueComment'],
  ['reviewed', 'PullRequestReview'],
  ['renamed', 'RenamedTitleEvent'],
  ['cross-referenced', 'CrossReferencedEvent'],
]);

let itemTypes: ReadonlySet<string> | null = null;

/** The type of GraphQL for an event of REST; null for one that GraphQL does not show on pull requests. */
export function timelineType(event: string): string | null {
  const union = githubSchema().getType('PullRequestTimelineItems');
  itemTypes ??= new Set(isUnionType(union) ? union.getTypes().map(({ name }) => name) : []);
  const name = TYPES.get(event) ?? `${event.split('_').map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`).join('')}Event`;
  return itemTypes.has(name) ? name : null;
}

interface TimelineArguments extends PageArguments {
  readonly itemTypes?: readonly string[] | null;
  readonly since?: string | null;
}

/** The connection `timelineItems`. */
export function timelineItems(inPull: InPull, args: TimelineArguments): Node {
  refuseOthers(inPull.asked, 'PullRequest.timelineItems', { ...args }, ['first', 'last', 'after', 'before', 'itemTypes', 'since']);
  const wanted = args.itemTypes == null ? null : new Set(args.itemTypes);
  const since = args.since == null ? -Infinity : Date.parse(args.since);
  const items = inPull.pull.events.filter((event) => {
    const type = timelineType(event.event);
    return type !== null && (wanted === null || wanted.has(screaming(type))) && event.at >= since;
  });
  const plan = { items, keyOf: ({ place }: PlacedEvent) => [place], node: (event: PlacedEvent) => timelineNode(inPull, event) };
  const updatedAt = items.reduce((latest, { at }) => Math.max(latest, at), inPull.pull.createdAt);
  return connection('PullRequestTimelineItemsConnection', plan, args, { updatedAt: iso(updatedAt) });
}

/** `ReviewRequestedEvent` as the enumeration of item types writes it: `REVIEW_REQUESTED_EVENT`. */
function screaming(type: string): string {
  return type.replace(/(?<!^)([A-Z])/g, '_$1').toUpperCase();
}

/** One item of the timeline. Events have no id of the database in GraphQL, only the id of a node. */
export function timelineNode(inPull: InPull, event: PlacedEvent): Node {
  const { asked, repository, pull } = inPull;
  if (event.event === 'commented') return issueCommentNode(inPull, event);
  if (event.event === 'reviewed') return reviewNode(inPull, event);
  const pullRequest = (): Node => asked.make.pull(asked, repository, pull);
  if (event.event === 'committed') return pullCommitNode(inPull, event);
  return {
    __typename: timelineType(event.event) ?? event.event,
    id: nodeId('E', repository.id, pull.number, event.place),
    createdAt: iso(event.at),
    actor: actorNode(event.actor),
    pullRequest,
    subject: pullRequest,
    closable: pullRequest,
    ...detailOf(inPull, event),
  };
}

/** A commit in the list of a pull request. */
export function pullCommitNode(inPull: InPull, event: PlacedEvent): Node {
  const { asked, repository, pull } = inPull;
  return {
    __typename: 'PullRequestCommit',
    id: nodeId('PURC', repository.id, pull.number, event.place),
    commit: () => commitNode(inPull, event),
    pullRequest: () => asked.make.pull(asked, repository, pull),
  };
}

function detailOf(inPull: InPull, event: PlacedEvent): Readonly<Record<string, unknown>> {
  const { asked, pull, repository } = inPull;
  switch (event.event) {
    case 'review_requested':
    case 'review_request_removed':
      return { requestedReviewer: () => reviewerOf(inPull, event) };
    case 'review_dismissed': {
      const review = pull.reviews.find(({ id }) => id !== undefined && id === event.dismissed_review?.review_id);
      return {
        previousReviewState: (event.dismissed_review?.state ?? 'COMMENTED').toUpperCase(),
        review: () => (review === undefined ? null : reviewNode(inPull, review)),
        dismissalMessage: null,
        pullRequestCommit: null,
      };
    }
    case 'merged':
      return { commit: () => (event.commit_id == null ? null : commitNode(inPull, { sha: event.commit_id })), mergeRefName: pull.recorded.base_ref ?? 'main', mergeRef: null };
    case 'closed':
    case 'reopened':
      return { stateReason: null, closer: null };
    case 'head_ref_force_pushed':
      return { beforeCommit: null, afterCommit: () => (event.commit_id == null ? null : commitNode(inPull, { sha: event.commit_id })), ref: null };
    case 'added_to_merge_queue':
      return { enqueuer: () => actorNode(event.actor), mergeQueue: null };
    case 'removed_from_merge_queue':
      return { reason: event.reason ?? null, enqueuer: null, mergeQueue: null, beforeCommit: null };
    case 'labeled':
    case 'unlabeled':
      return { label: { __typename: 'Label', name: typeof event.label === 'object' ? event.label.name : (event.label ?? ''), description: null } };
    case 'milestoned':
    case 'demilestoned':
      return { milestoneTitle: typeof event.milestone === 'object' ? event.milestone.title : (event.milestone ?? '') };
    case 'assigned':
    case 'unassigned':
      return { assignee: () => personNode(asked, event.assignee), user: () => personNode(asked, event.assignee) };
    case 'locked':
      return { lockReason: event.lock_reason == null ? null : event.lock_reason.replace(/[ -]/g, '_').toUpperCase() };
    case 'referenced':
      return { commit: () => (event.commit_id == null ? null : commitNode(inPull, { sha: event.commit_id })), commitRepository: () => asked.make.repository(asked, repository) };
    default:
      return {};
  }
}

function reviewerOf({ asked, repository }: InPull, event: PlacedEvent): Node | null {
  if (event.requested_team === undefined) {
    const person = personNode(asked, event.requested_reviewer);
    return person?.__typename === 'Organization' ? null : person;
  }
  const { slug, id = 0 } = typeof event.requested_team === 'object' ? event.requested_team : { slug: event.requested_team };
  const organization = asked.organization(repository.owner.login) ?? { login: repository.owner.login, members: [], teams: [] };
  const known = organization.teams.find((team) => team.slug === slug);
  return asked.make.team(asked, organization, known ?? { id, slug, name: slug, parentSlug: null, privacy: 'closed', members: [], repositories: [] });
}
