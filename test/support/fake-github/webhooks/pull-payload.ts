import { nodeId } from '../node-ids.ts';
import { loginOf, type PlacedComment, type PlacedEvent, type PullState } from '../pull-at.ts';
import type { RecordedAccount, RecordedEvent } from '../recorded-pull.ts';
import type { Partly } from '../schema-filling.ts';
import type { RepositoryState, World } from '../world.ts';
import { accountPayload, isoTime, repositoryPayload, senderPayload, teamPayload } from './entity-payloads.ts';

/** Ids of forks begin here: no repository of the world has such a one. */
const FORK_IDS = 2_000_000_000;

/** A pull request at the instant of a webhook. */
export interface PullInWorld {
  readonly world: World;
  readonly repository: RepositoryState;
  readonly pull: PullState;
  /** Epoch ms. */
  readonly at: number;
  /** What `updated_at` of the repository says, epoch ms [`at`]. */
  readonly repositoryChangedAt?: number;
}

/** The whole pull request as a webhook of its own carries it; the shape of other webhooks takes what they have of it. */
export function pullPayload(inWorld: PullInWorld): Partly {
  const { repository, pull, at, repositoryChangedAt = at } = inWorld;
  const { recorded } = pull;
  const merged = pull.events.findLast(({ event }) => event === 'merged');
  const base = repositoryPayload(repository, repositoryChangedAt);
  return {
    ...sharedParts(inWorld),
    id: recorded.id,
    node_id: nodeId('PR', repository.id, pull.number),
    url: `https://api.github.com/repos/${repository.fullName}/pulls/${String(pull.number)}`,
    merged: pull.mergedAt !== null,
    merged_at: timeOrNull(pull.mergedAt),
    merged_by: pull.mergedAt === null ? null : accountPayload(merged?.actor),
    // Before the merge it names GitHub's trial merge, which says nothing.
    merge_commit_sha: pull.mergedAt === null ? pull.headSha.split('').toReversed().join('') : (recorded.merge_commit_sha ?? null),
    requested_reviewers: pull.requested.flatMap(({ login }) => (login === null ? [] : [accountPayload(accountNamed(inWorld.world, login))])),
    requested_teams: pull.requested.flatMap(({ team }) => (team === null ? [] : [requestedTeam(inWorld, team)])),
    comments: pull.comments.length,
    review_comments: pull.lineComments.length,
    commits: recorded.commits ?? pull.commits.length,
    additions: recorded.additions ?? 0,
    deletions: recorded.deletions ?? 0,
    changed_files: recorded.changed_files ?? 0,
    base: { ref: recorded.base_ref ?? 'main', sha: (recorded.merge_commit_sha ?? pull.headSha).split('').sort().join(''), label: `${repository.owner.login}:${recorded.base_ref ?? 'main'}`, repo: base, user: accountPayload(repository.owner) },
    head: headPayload(inWorld, base),
    author_association: 'NONE',
    mergeable_state: 'unknown',
  };
}

/** Where the changes come from: a branch of the repository itself where the recording names it, else one of a fork that the author has. */
function headPayload({ pull, repository }: PullInWorld, base: Partly): Partly {
  const { recorded, headSha } = pull;
  const owner = isOwnBranch(pull) ? accountPayload(repository.owner) : senderPayload(recorded.user);
  const ref = recorded.head_ref ?? 'topic';
  const { login } = isOwnBranch(pull) ? repository.owner : (recorded.user ?? { login: 'ghost' });
  const fork = { ...base, id: FORK_IDS + (recorded.user?.id ?? 0), full_name: `${login}/${repository.name}`, fork: true, owner };
  return { ref, sha: headSha, label: `${login}:${ref}`, repo: isOwnBranch(pull) ? base : fork, user: owner };
}

/** Whether its branch lies in the repository itself, so that pushes to it are told. */
export function isOwnBranch({ recorded }: Pick<PullState, 'recorded'>): boolean {
  return recorded.head_ref !== undefined;
}

/** The pull request as an issue, which comments on the conversation carry. */
export function issuePayload(inWorld: PullInWorld): Partly {
  const { repository, pull } = inWorld;
  const url = `https://api.github.com/repos/${repository.fullName}`;
  const number = String(pull.number);
  const html = `https://github.com/${repository.fullName}/pull/${number}`;
  return {
    ...sharedParts(inWorld),
    id: pull.recorded.id + 1,
    node_id: nodeId('PR', repository.id, pull.number),
    url: `${url}/issues/${number}`,
    repository_url: url,
    comments: pull.comments.length,
    author_association: 'NONE',
    pull_request: { url: `${url}/pulls/${number}`, html_url: html, diff_url: `${html}.diff`, patch_url: `${html}.patch`, merged_at: timeOrNull(pull.mergedAt) },
  };
}

function sharedParts({ world, repository, pull }: PullInWorld): Partly {
  const { recorded } = pull;
  const assignees = [...standing(pull.events, 'assigned', 'unassigned', ({ assignee }) => loginOf(assignee))];
  const milestone = [...standing(pull.events, 'milestoned', 'demilestoned', milestoneTitle)].at(-1);
  const lock = pull.events.findLast(({ event }) => event === 'locked' || event === 'unlocked');
  return {
    number: pull.number,
    title: recorded.title ?? `Pull request ${String(pull.number)}`,
    state: pull.state === 'OPEN' ? 'open' : 'closed',
    draft: pull.isDraft,
    locked: lock?.event === 'locked',
    active_lock_reason: lock?.event === 'locked' ? (lock.lock_reason ?? null) : null,
    user: accountPayload(recorded.user),
    body: null,
    created_at: isoTime(pull.createdAt),
    updated_at: isoTime(pull.updatedAt),
    closed_at: timeOrNull(pull.closedAt),
    html_url: `https://github.com/${repository.fullName}/pull/${String(pull.number)}`,
    labels: [...standing(pull.events, 'labeled', 'unlabeled', labelName)].map((name) => labelPayload(repository, name)),
    assignees: assignees.map((login) => accountPayload(accountNamed(world, login))),
    assignee: assignees[0] === undefined ? null : accountPayload(accountNamed(world, assignees[0])),
    milestone: milestone === undefined ? null : milestonePayload(repository, milestone),
  };
}

/** What an item set and none since has taken away, oldest first. */
function standing(events: readonly PlacedEvent[], set: string, taken: string, nameIn: (event: RecordedEvent) => string | null): ReadonlySet<string> {
  const names = new Set<string>();
  for (const event of events) {
    const name = nameIn(event);
    if (name !== null && event.event === set) names.add(name);
    else if (name !== null && event.event === taken) names.delete(name);
  }
  return names;
}

/** An account by its login. Somebody must be there: GitHub tells no webhook about nobody. */
export function accountNamed(world: World, login: string): RecordedAccount {
  const account = world.account(login);
  if (account === null) throw new Error(`The world has nobody called ${login}.`);
  return account;
}

/** What a label is called. */
export function labelName({ label }: RecordedEvent): string | null {
  return typeof label === 'object' ? label.name : (label ?? null);
}

/** A label as payloads carry it. */
export function labelPayload(repository: RepositoryState, name: string): Partly {
  return { id: 1, node_id: 'LA_kwDO', name, color: 'ededed', default: false, description: '', url: `https://api.github.com/repos/${repository.fullName}/labels/${encodeURIComponent(name)}` };
}

/** What a milestone is called. */
export function milestoneTitle({ milestone }: RecordedEvent): string | null {
  return typeof milestone === 'object' ? milestone.title : (milestone ?? null);
}

/** A milestone as payloads carry it. */
export function milestonePayload(repository: RepositoryState, title: string): Partly {
  return { title, number: 1, state: 'open', creator: accountPayload(repository.owner) };
}

/** The team with this slug, as it is asked for a review; one that the organisation does not have gets the id 0. */
export function requestedTeam({ world, repository, at }: PullInWorld, slug: string): Partly {
  const team = world.organization(repository.owner.login, at)?.teams.find((one) => one.slug === slug);
  return teamPayload(team ?? { id: 0, slug, name: slug, privacy: 'closed' }, repository.owner.login);
}

/** A review as payloads carry it: its state in small letters. */
export function reviewPayload({ repository, pull }: PullInWorld, review: PlacedEvent, state: string): Partly {
  const id = review.id ?? 0;
  return {
    id,
    node_id: nodeId('PRR', repository.id, pull.number, id),
    user: accountPayload(review.user ?? review.actor),
    state: state.toLowerCase(),
    submitted_at: isoTime(review.at),
    updated_at: isoTime(review.at),
    commit_id: pull.headSha,
    body: null,
    author_association: 'NONE',
    _links: { html: { href: `https://github.com/${repository.fullName}/pull/${String(pull.number)}#pullrequestreview-${String(id)}` }, pull_request: { href: `https://api.github.com/repos/${repository.fullName}/pulls/${String(pull.number)}` } },
  };
}

/** A comment on a line as payloads carry it. Its time is when it was written, which may be before its review was submitted. */
export function lineCommentPayload({ repository, pull }: PullInWorld, comment: PlacedComment): Partly {
  return {
    id: comment.id,
    node_id: nodeId('PRRC', repository.id, pull.number, comment.id),
    user: accountPayload(comment.user),
    pull_request_review_id: comment.pull_request_review_id ?? null,
    ...(comment.in_reply_to_id === undefined ? {} : { in_reply_to_id: comment.in_reply_to_id }),
    created_at: comment.created_at,
    updated_at: comment.created_at,
    commit_id: pull.headSha,
    original_commit_id: pull.headSha,
    author_association: 'NONE',
    subject_type: 'line',
  };
}

/** A comment on the conversation as payloads carry it. */
export function commentPayload({ repository, pull }: PullInWorld, comment: PlacedEvent): Partly {
  const id = comment.id ?? 0;
  return {
    id,
    node_id: nodeId('IC', repository.id, pull.number, id),
    user: accountPayload(comment.user ?? comment.actor),
    created_at: isoTime(comment.at),
    updated_at: isoTime(comment.at),
    author_association: 'NONE',
    html_url: `https://github.com/${repository.fullName}/pull/${String(pull.number)}#issuecomment-${String(id)}`,
  };
}

function timeOrNull(at: number | null): string | null {
  return at === null ? null : isoTime(at);
}
