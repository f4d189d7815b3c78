import { compareText } from '#src/core/text.ts';
import type { AccountDirectory } from '../account.ts';
import type { Push } from '../push.ts';
import type { CommitArrival, TimelineEvent } from './event.ts';
import type { ListingMark } from './evidence.ts';
import { goneSince, TOLERANCE_MS } from './standing.ts';

/** The part of a pull request's life in which a push to its branch is a push to it. */
export interface PushWindow {
  readonly from: number;
  readonly to: number;
}

/**
 * Adds the pushes to the head branch. The pull request's own webhook names a push by its new head, the
 * `push` webhook gives GitHub's time of it and says whether it was forced; both within 60 s are one. A
 * force push that a complete listing should hold and does not was none of this pull request: it is gone.
 */
export function addPushes(
  events: readonly TimelineEvent[],
  pushes: readonly Push[],
  window: PushWindow,
  accounts: AccountDirectory,
  listings: readonly ListingMark[],
): readonly TimelineEvent[] {
  if (pushes.length === 0) return events;
  const result = [...events];
  const own = pushes.filter(({ at }) => at >= window.from && at <= window.to);
  for (const push of own.sort(comparePushes)) {
    const actor = push.actor === null ? null : accounts.canonical(push.actor);
    meetPush(result, push, { ...pushEvent('pushed', push), actor });
    if (!push.forced) continue;
    const goneAt = goneSince({ kind: 'force_pushed', at: push.at, listed: null }, listings, null);
    meetForcePush(result, { ...pushEvent('force_pushed', push), actor, detail: { after: push.after }, goneAt });
  }
  return result;
}

/** A total order, so that what meets what does not depend on the order in which pushes are given. */
function comparePushes(a: Push, b: Push): number {
  return a.at - b.at || compareText(a.after, b.after) || a.knownAt - b.knownAt || compareText(a.knownBy, b.knownBy);
}

function pushEvent(kind: 'pushed' | 'force_pushed', push: Push): TimelineEvent {
  const { at, atFrom, before, after, knownAt, knownBy } = push;
  return { kind, id: null, actor: null, at, atFrom, detail: { before, after }, knownAt, knownBy, goneAt: null };
}

/** GitHub's time of the push stands; what was known first stays known first. */
function meetPush(events: TimelineEvent[], push: Push, event: TimelineEvent): void {
  const index = events.findIndex((other) => other.kind === 'pushed' && isSamePush(other, event));
  const other = events[index];
  if (other === undefined) events.push(event);
  else events[index] = other.knownAt < push.knownAt ? { ...event, knownAt: other.knownAt, knownBy: other.knownBy } : event;
}

/** A listed force push stands; one that no listing holds is observed. */
function meetForcePush(events: TimelineEvent[], event: TimelineEvent): void {
  const isListed = events.some((other) => other.kind === 'force_pushed' && isSamePush(other, event));
  if (!isListed) events.push(event);
}

/** Whether two tell of one push: by its new head, which a listing may leave out, within 60 s. */
function isSamePush(a: TimelineEvent, b: TimelineEvent): boolean {
  const isSameHead = a.detail.after === undefined || b.detail.after === undefined || a.detail.after === b.detail.after;
  return isSameHead && Math.abs(a.at - b.at) <= TOLERANCE_MS;
}

/**
 * When each commit reached the pull request: with the earliest known push that names it, as one of its
 * commits or as its new head, else at its committer date (`bound`).
 */
export function commitArrivals(events: readonly TimelineEvent[], pushes: readonly Push[], accounts: AccountDirectory): CommitArrival[] {
  const named = new Map<string, TimelineEvent | Push>();
  const name = (sha: string, push: TimelineEvent | Push): void => {
    const known = named.get(sha);
    if (known === undefined || push.at < known.at) named.set(sha, push);
  };
  for (const push of pushes) {
    name(push.after, push);
    for (const sha of push.commits) name(sha, push);
  }
  for (const event of events) {
    const isPush = (event.kind === 'pushed' || event.kind === 'force_pushed') && event.goneAt === null;
    if (isPush && event.detail.after !== undefined) name(event.detail.after, event);
  }
  return events.filter((event) => event.kind === 'committed' && event.goneAt === null).map((event) => arrival(event, named, accounts));
}

function arrival(
  commit: TimelineEvent,
  named: ReadonlyMap<string, TimelineEvent | Push>,
  accounts: AccountDirectory,
): CommitArrival {
  const sha = commit.id ?? '';
  const authorDate = commit.detail.authorDate ?? commit.at;
  const push = named.get(sha);
  if (push === undefined) return { sha, authorDate, at: commit.at, atFrom: 'bound', actor: null };
  return { sha, authorDate, at: push.at, atFrom: push.atFrom, actor: push.actor === null ? null : accounts.canonical(push.actor) };
}
