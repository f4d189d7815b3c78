import { nodeId } from '../node-ids.ts';
import type { PlacedComment, PlacedEvent, PullState } from '../pull-at.ts';
import type { RepositoryState } from '../world.ts';
import { actorNode, personNode } from './actor.ts';
import { iso, refuseOthers, type Asked, type Node } from './asked.ts';
import { commitNode, issueCommentNode, lineComments, reviewNode, type InPull } from './comment.ts';
import { connection, type PageArguments } from './connection.ts';
import { pullCommitNode, timelineItems } from './timeline.ts';

/** A pull request as it stood at the instant that is asked about. */
export function pullRequestNode(asked: Asked, repository: RepositoryState, pull: PullState): Node {
  const { recorded } = pull;
  const inPull: InPull = { asked, repository, pull };
  const merged = pull.events.findLast(({ event }) => event === 'merged');
  const url = `https://github.com/${repository.fullName}/pull/${String(pull.number)}`;
  return {
    __typename: 'PullRequest',
    id: nodeId('PR', repository.id, pull.number),
    databaseId: recorded.id,
    fullDatabaseId: recorded.id,
    number: pull.number,
    title: recorded.title ?? `Pull request ${String(pull.number)}`,
    state: pull.state,
    closed: pull.state !== 'OPEN',
    merged: pull.state === 'MERGED',
    isDraft: pull.isDraft,
    createdAt: iso(pull.createdAt),
    publishedAt: iso(pull.createdAt),
    updatedAt: iso(pull.updatedAt),
    closedAt: instant(pull.closedAt),
    mergedAt: instant(pull.mergedAt),
    lastEditedAt: null,
    editor: null,
    additions: recorded.additions ?? 0,
    deletions: recorded.deletions ?? 0,
    changedFiles: recorded.changed_files ?? 0,
    baseRefName: recorded.base_ref ?? 'main',
    headRefName: recorded.head_ref ?? 'topic',
    headRefOid: pull.headSha,
    headRepository: null,
    reviewDecision: null,
    activeLockReason: null,
    totalCommentsCount: pull.comments.length + pull.lineComments.length,
    author: actorNode(recorded.user),
    mergedBy: pull.mergedAt === null ? null : actorNode(merged?.actor),
    mergeCommit: () => (pull.mergedAt === null || recorded.merge_commit_sha == null ? null : commitNode(inPull, { sha: recorded.merge_commit_sha })),
    autoMergeRequest: null,
    mergeQueueEntry: null,
    milestone: null,
    statusCheckRollup: null,
    url,
    permalink: url,
    repository: () => asked.make.repository(asked, repository),
    baseRepository: () => asked.make.repository(asked, repository),
    commits: (args: PageArguments) => connection('PullRequestCommitConnection', placed(pull.commits, (commit) => pullCommitNode(inPull, commit)), args),
    reviews(args: PageArguments & { readonly states?: readonly string[] | null }) {
      refuseOthers(asked, 'PullRequest.reviews', { ...args }, ['first', 'last', 'after', 'before', 'states']);
      const reviews = pull.reviews.filter(({ state = '' }) => args.states == null || args.states.includes(state.toUpperCase()));
      return connection('PullRequestReviewConnection', placed(reviews, (review) => reviewNode(inPull, review)), args);
    },
    comments(args: PageArguments) {
      refuseOthers(asked, 'PullRequest.comments', { ...args }, ['first', 'last', 'after', 'before']);
      return connection('IssueCommentConnection', placed(pull.comments, (comment) => issueCommentNode(inPull, comment)), args);
    },
    timelineItems: (args: PageArguments) => timelineItems(inPull, args),
    reviewThreads: (args: PageArguments) => connection('PullRequestReviewThreadConnection', threads(inPull), args),
    reviewRequests: (args: PageArguments) => connection('ReviewRequestConnection', requests(inPull), args),
  };
}

function instant(at: number | null): string | null {
  return at === null ? null : iso(at);
}

function placed(items: readonly PlacedEvent[], node: (item: PlacedEvent) => Node): { items: readonly PlacedEvent[]; keyOf: (item: PlacedEvent) => readonly number[]; node: (item: PlacedEvent) => Node } {
  return { items, keyOf: ({ place }) => [place], node };
}

type Thread = readonly PlacedComment[];

/** A thread is what answers one comment on a line; recordings do not know more than that of threads. */
function threads(inPull: InPull): { items: readonly Thread[]; keyOf: (thread: Thread) => readonly number[]; node: (thread: Thread) => Node } {
  return { items: threadsOf(inPull.pull), keyOf: (thread) => [thread[0]?.place ?? 0], node: (thread) => nodeOfThread(inPull, thread) };
}

function threadsOf(pull: PullState): readonly Thread[] {
  const byRoot = new Map<number, PlacedComment[]>();
  for (const comment of pull.lineComments) {
    const root = rootOf(comment);
    byRoot.set(root, [...(byRoot.get(root) ?? []), comment]);
  }
  return [...byRoot.values()];
}

function rootOf(comment: PlacedComment | undefined): number {
  return comment?.in_reply_to_id ?? comment?.id ?? 0;
}

/** The thread that a comment began; null when nothing of it is left. */
export function threadNode(inPull: InPull, root: number): Node | null {
  const thread = threadsOf(inPull.pull).find(([first]) => rootOf(first) === root);
  return thread === undefined ? null : nodeOfThread(inPull, thread);
}

function nodeOfThread(inPull: InPull, thread: Thread): Node {
  const { asked, repository, pull } = inPull;
  return {
    __typename: 'PullRequestReviewThread',
    id: nodeId('PRRT', repository.id, pull.number, rootOf(thread[0])),
    isResolved: false,
    resolvedBy: null,
    line: null,
    comments: (args: PageArguments) => lineComments(inPull, thread, args),
    pullRequest: () => asked.make.pull(asked, repository, pull),
    repository: () => asked.make.repository(asked, repository),
  };
}

interface Request {
  readonly login: string | null;
  readonly team: string | null;
}

function requests({ asked, repository, pull }: InPull): { items: readonly Request[]; keyOf: (request: Request) => readonly number[]; node: (request: Request) => Node } {
  const organization = asked.organization(repository.owner.login);
  return {
    items: pull.requested,
    keyOf: (request) => [pull.requested.indexOf(request)],
    node(request) {
      const team = organization?.teams.find(({ slug }) => slug === request.team);
      const reviewer = (): Node | null => (team !== undefined && organization !== null ? asked.make.team(asked, organization, team) : personNode(asked, request.login ?? undefined));
      return { __typename: 'ReviewRequest', id: nodeId('RR', repository.id, pull.number, request.login ?? request.team ?? ''), asCodeOwner: false, requestedReviewer: reviewer };
    },
  };
}
