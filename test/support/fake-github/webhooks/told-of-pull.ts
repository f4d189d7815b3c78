import { loginOf, type PlacedEvent } from '../pull-at.ts';
import type { Happening } from '../happenings.ts';
import type { RecordedEvent, RecordedPull } from '../recorded-pull.ts';
import type { Partly } from '../schema-filling.ts';
import type { RepositoryState, World } from '../world.ts';
import { accountPayload, isoTime, repositoryPayload, senderPayload } from './entity-payloads.ts';
import type { Told } from './github-webhook.ts';
import { accountNamed, commentPayload, isOwnBranch, issuePayload, labelName, labelPayload, lineCommentPayload, milestonePayload, milestoneTitle, pullPayload, requestedTeam, reviewPayload, type PullInWorld } from './pull-payload.ts';
import type { PullPush } from './pushes-of-pull.ts';

/** Items of a timeline that a webhook tells by an action of `pull_request`. Closes and reviews are told otherwise; the rest not at all. */
const ACTIONS: ReadonlyMap<string, string> = new Map([
  ['reopened', 'reopened'],
  ['ready_for_review', 'ready_for_review'],
  ['convert_to_draft', 'converted_to_draft'],
  ['review_requested', 'review_requested'],
  ['review_request_removed', 'review_request_removed'],
  ['added_to_merge_queue', 'enqueued'],
  ['removed_from_merge_queue', 'dequeued'],
  ['auto_merge_enabled', 'auto_merge_enabled'],
  ['auto_merge_disabled', 'auto_merge_disabled'],
  ['labeled', 'labeled'],
  ['unlabeled', 'unlabeled'],
  ['assigned', 'assigned'],
  ['unassigned', 'unassigned'],
  ['milestoned', 'milestoned'],
  ['demilestoned', 'demilestoned'],
  ['locked', 'locked'],
  ['unlocked', 'unlocked'],
  ['renamed', 'edited'],
  ['base_ref_changed', 'edited'],
]);

/** The recorded time of a last end and its item in the timeline can differ by so much, ms. */
const END_TOLERANCE_MS = 2_000;

type PullHappening = Extract<Happening, { readonly number: number }>;

/** What webhooks tell of something that happened to a pull request: mostly one, none for what GitHub tells nobody. */
export function toldOfPull(world: World, happening: PullHappening): readonly Told[] {
  const { repository, number, at } = happening;
  const inWorld = pullInWorld(world, repository, number, at);
  if (inWorld === null) return [];
  switch (happening.kind) {
    case 'opened':
      return [ofPull('opened', atOpening(inWorld), inWorld.pull.recorded.user)];
    case 'timeline':
      return toldOfItem(inWorld, happening.event);
    case 'line_comment':
      return [ofLineComment('created', inWorld, happening.comment)];
    case 'comment_deleted':
      return toldOfDeletion(world, happening);
  }
}

/** What webhooks tell of a push to the branch: `synchronize`, and `push` where the branch lies in the repository itself. Nothing while it is closed. */
export function toldOfPush(world: World, repository: RepositoryState, number: number, push: PullPush): readonly Told[] {
  const inWorld = pullInWorld(world, repository, number, push.at);
  if (inWorld === null || inWorld.pull.state !== 'OPEN') return [];
  const pushed = { ...inWorld, pull: { ...inWorld.pull, headSha: push.after, updatedAt: Math.max(push.at, inWorld.pull.updatedAt) } };
  const synchronize = ofPull('synchronize', pushed, push.actor, { before: push.before, after: push.after });
  return isOwnBranch(inWorld.pull) ? [{ at: push.at, event: 'push', known: pushPayload(pushed, push) }, synchronize] : [synchronize];
}

function pullInWorld(world: World, repository: RepositoryState, number: number, at: number): PullInWorld | null {
  const pull = world.pull(repository.id, number, at);
  // Payloads name the second of what they tell; a later one that the recording knows by then is not theirs.
  return pull === null ? null : { world, repository, pull: { ...pull, updatedAt: at }, at };
}

/** As it was opened: what turned it into a draft or out of it in the same second came after. */
function atOpening(inWorld: PullInWorld): PullInWorld {
  const first = inWorld.pull.recorded.events.find(({ event }) => event === 'ready_for_review' || event === 'convert_to_draft');
  const isDraft = first === undefined ? inWorld.pull.isDraft : first.event === 'ready_for_review';
  return { ...inWorld, pull: { ...inWorld.pull, isDraft, state: 'OPEN', closedAt: null, mergedAt: null } };
}

function ofPull(action: string, inWorld: PullInWorld, actor: RecordedEvent['actor'], more: Partly = {}): Told {
  return { at: inWorld.at, event: 'pull_request', known: { action, number: inWorld.pull.number, pull_request: pullPayload(inWorld), sender: senderPayload(actor), ...more } };
}

function toldOfItem(inWorld: PullInWorld, item: PlacedEvent): readonly Told[] {
  switch (item.event) {
    case 'commented':
      return [ofComment('created', inWorld, item)];
    case 'reviewed':
      return [ofReview('submitted', inWorld, item.id)];
    case 'review_dismissed':
      return item.dismissed_review?.review_id === undefined ? [] : [ofReview('dismissed', inWorld, item.dismissed_review.review_id, item.actor)];
    case 'closed':
    case 'merged':
      return isTold(inWorld.pull.recorded, item) ? [ofEnd(inWorld, item)] : [];
    default: {
      const action = ACTIONS.get(item.event);
      return action === undefined ? [] : [ofPull(action, justAfter(inWorld, item), item.actor, partsOf(inWorld, item))];
    }
  }
}

/** As the item left it, whatever else happened in the same second. */
function justAfter(inWorld: PullInWorld, { event }: PlacedEvent): PullInWorld {
  const { pull } = inWorld;
  if (event === 'reopened') return { ...inWorld, pull: { ...pull, state: 'OPEN', closedAt: null, mergedAt: null } };
  return event === 'ready_for_review' || event === 'convert_to_draft' ? { ...inWorld, pull: { ...pull, isDraft: event === 'convert_to_draft' } } : inWorld;
}

/** A merge is told by its close; where the recording has none beside it, by itself. */
function isTold(recorded: RecordedPull, item: PlacedEvent): boolean {
  return item.event === 'closed' || !recorded.events.some(({ event, created_at: at }) => event === 'closed' && Math.abs(Date.parse(at ?? '') - item.at) <= END_TOLERANCE_MS);
}

function ofEnd(inWorld: PullInWorld, item: PlacedEvent): Told {
  const { recorded } = inWorld.pull;
  const endAt = Date.parse(recorded.merged_at ?? recorded.closed_at ?? '');
  const isLast = Math.abs(endAt - item.at) <= END_TOLERANCE_MS;
  const later = isLast && endAt > item.at ? inWorld.world.pull(inWorld.repository.id, inWorld.pull.number, endAt) : null;
  const pull = later === null ? inWorld.pull : { ...later, updatedAt: endAt };
  const closed = pull.state === 'OPEN' ? { ...pull, state: 'CLOSED' as const, closedAt: item.at } : pull;
  return ofPull('closed', { ...inWorld, at: Math.max(inWorld.at, later === null ? 0 : endAt), pull: closed }, item.actor);
}

function ofComment(action: 'created' | 'deleted', inWorld: PullInWorld, comment: PlacedEvent): Told {
  const known = { action, comment: commentPayload(inWorld, comment), issue: issuePayload(inWorld), sender: senderPayload(comment.user ?? comment.actor) };
  return { at: inWorld.at, event: 'issue_comment', known };
}

function ofLineComment(action: 'created' | 'deleted', inWorld: PullInWorld, comment: PullInWorld['pull']['lineComments'][number]): Told {
  const known = { action, comment: lineCommentPayload(inWorld, comment), pull_request: pullPayload(inWorld), sender: senderPayload(comment.user) };
  return { at: inWorld.at, event: 'pull_request_review_comment', known };
}

function ofReview(action: 'submitted' | 'dismissed', inWorld: PullInWorld, id: number | undefined, dismissedBy?: RecordedEvent['actor']): Told {
  const review = inWorld.pull.reviews.find((one) => one.id === id);
  if (review === undefined) throw new Error(`${inWorld.repository.fullName}#${String(inWorld.pull.number)} has no review ${String(id)} at ${isoTime(inWorld.at)}.`);
  const state = action === 'dismissed' ? 'dismissed' : (review.state ?? 'commented');
  const sender = senderPayload(action === 'dismissed' ? dismissedBy : (review.user ?? review.actor));
  return { at: inWorld.at, event: 'pull_request_review', known: { action, review: reviewPayload(inWorld, review, state), pull_request: pullPayload(inWorld), sender } };
}

function toldOfDeletion(world: World, { repository, number, commentId, isOnLine, at }: Extract<Happening, { readonly kind: 'comment_deleted' }>): readonly Told[] {
  const before = pullInWorld(world, repository, number, at - 1);
  if (before === null) return [];
  const after = { ...before, at, pull: { ...before.pull, updatedAt: at } };
  if (isOnLine) return before.pull.lineComments.filter(({ id }) => id === commentId).map((comment) => ofLineComment('deleted', after, comment));
  return before.pull.comments.filter(({ id }) => id === commentId).map((comment) => ofComment('deleted', after, comment));
}

/** What an action is about, beside the pull request. */
function partsOf(inWorld: PullInWorld, item: RecordedEvent): Partly {
  const { world, repository, pull } = inWorld;
  const [reviewer, assignee, label, milestone] = [loginOf(item.requested_reviewer), loginOf(item.assignee), labelName(item), milestoneTitle(item)];
  const team = typeof item.requested_team === 'object' ? item.requested_team.slug : item.requested_team;
  const changes = item.event === 'renamed' ? { title: { from: `${pull.recorded.title ?? 'Pull request'}, before` } } : { base: { ref: { from: 'main' }, sha: { from: pull.headSha } } };
  return {
    ...(reviewer === null ? {} : { requested_reviewer: accountPayload(accountNamed(world, reviewer)) }),
    ...(team === undefined ? {} : { requested_team: requestedTeam(inWorld, team) }),
    ...(assignee === null ? {} : { assignee: accountPayload(accountNamed(world, assignee)) }),
    ...(label === null ? {} : { label: labelPayload(repository, label) }),
    ...(milestone === null ? {} : { milestone: milestonePayload(repository, milestone) }),
    ...(item.event === 'removed_from_merge_queue' ? { reason: item.reason ?? 'UNKNOWN_REMOVAL_REASON' } : {}),
    ...(ACTIONS.get(item.event) === 'edited' ? { changes } : {}),
  };
}

function pushPayload({ repository, pull, at }: PullInWorld, { before, after, isForced, actor, commits }: PullPush): Partly {
  const url = `https://github.com/${repository.fullName}`;
  const listed = commits.map(({ sha, author_date: authored, committer_date: committed }) => ({
    id: sha,
    timestamp: authored ?? committed,
    url: `${url}/commit/${String(sha)}`,
    distinct: true,
    author: { name: 'someone', email: null },
    committer: { name: 'someone', email: null },
  }));
  return {
    ref: `refs/heads/${pull.recorded.head_ref ?? 'topic'}`,
    before,
    after,
    created: false,
    deleted: false,
    forced: isForced,
    compare: `${url}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
    commits: listed,
    head_commit: listed.at(-1) ?? null,
    pusher: { name: actor?.login ?? 'ghost', email: null },
    // Here, and in no other webhook, these two are numbers.
    repository: { ...repositoryPayload(repository, at), created_at: Math.floor(repository.createdAt / 1000), pushed_at: Math.floor(at / 1000) },
    sender: senderPayload(actor),
  };
}
