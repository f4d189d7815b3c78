import { GHOST, type AccountDirectory } from '../account.ts';
import type { Push } from '../push.ts';
import type { AttributeName, AttributeValue, PullRequestEvidence } from './evidence.ts';
import { compareEvents, type PullRequest, type TimelineEvent } from './event.ts';
import { completeLifecycle, type Lifecycle } from './lifecycle.ts';
import { meetSightings } from './meet.ts';
import { addPushes, commitArrivals } from './pushes.ts';
import { listSightings, type SightingList } from './sighting-list.ts';

/** What resolving needs beside the evidence itself. */
export interface ResolveContext {
  readonly repositoryId: string;
  readonly number: number;
  readonly accounts: AccountDirectory;
  /** Known pushes to the head branch, in any order. */
  readonly pushes: readonly Push[];
  /** Whether events that are gone are wanted too, marked with the time we learned it. */
  readonly withGone?: boolean;
}

/**
 * Today's facts about a pull request (`definitions.md` 2), as a pure function of its evidence, the
 * accounts and the pushes to its branch. Null while nothing has told when it was opened: there is
 * nothing yet that a time could be counted from.
 */
export function resolveTimeline(evidence: PullRequestEvidence, context: ResolveContext): PullRequest | null {
  return resolveSightings(listSightings(evidence), context);
}

/**
 * The same of evidence that is laid out already. A list without some kinds of events gives the same
 * pull request without the events of these kinds: no event depends on one of a kind that no wait reads.
 */
export function resolveSightings(evidence: SightingList, context: ResolveContext): PullRequest | null {
  const { accounts, pushes } = context;
  const value = (name: AttributeName): AttributeValue => evidence.attributes[name]?.value ?? null;
  const createdAt = numberOrNull(value('created_at'));
  if (createdAt === null) return null;
  const author = accounts.canonical(textOrNull(value('author')) ?? GHOST);
  const met = meetSightings(evidence, accounts);
  const mergedAt = numberOrNull(value('merged_at')) ?? met.find(isStandingMerge)?.at ?? null;
  const closedAt = mergedAt === null ? numberOrNull(value('closed_at')) : (numberOrNull(value('closed_at')) ?? mergedAt);
  const life: Lifecycle = { author, createdAt, mergedAt, closedAt };
  const lived = completeLifecycle(met, evidence, life);
  const pushed = addPushes(lived, pushes, { from: createdAt, to: mergedAt ?? closedAt ?? Infinity }, accounts, evidence.listings);
  const events = [...becomeVisible(nameDismissed(pushed))].sort(compareEvents);
  const standing = context.withGone === true ? events : events.filter((event) => event.goneAt === null);

  return {
    repositoryId: context.repositoryId,
    number: context.number,
    author,
    title: textOrNull(value('title')),
    state: mergedAt !== null || value('state') === 'closed' ? 'closed' : 'open',
    draft: booleanOrNull(value('draft')),
    createdAt,
    closedAt,
    mergedAt,
    updatedAt: numberOrNull(value('updated_at')) ?? createdAt,
    additions: numberOrNull(value('additions')),
    deletions: numberOrNull(value('deletions')),
    changedFiles: numberOrNull(value('changed_files')),
    commits: numberOrNull(value('commits')),
    baseRef: textOrNull(value('base_ref')),
    headRef: textOrNull(value('head_ref')),
    headSha: textOrNull(value('head_sha')),
    events: standing,
    arrivals: commitArrivals(events, pushes, accounts),
  };
}

function isStandingMerge(event: TimelineEvent): boolean {
  return event.kind === 'merged' && event.goneAt === null;
}

/** A dismissed review keeps the state it had, where the dismissal or an earlier delivery names it. */
function nameDismissed(events: readonly TimelineEvent[]): readonly TimelineEvent[] {
  const named = new Map<string, string>();
  for (const { kind, detail } of events) {
    if (kind === 'review_dismissed' && detail.reviewId !== undefined && detail.state !== undefined) named.set(detail.reviewId, detail.state);
  }
  if (named.size === 0) return events;
  return events.map((event) => {
    const state = event.kind === 'reviewed' && event.detail.state === 'DISMISSED' && event.id !== null ? named.get(event.id) : undefined;
    return state === undefined ? event : withDetail(event, { ...event.detail, state });
  });
}

/** An inline comment is visible from the submission of its review on. */
function becomeVisible(events: readonly TimelineEvent[]): readonly TimelineEvent[] {
  if (!events.some(({ kind }) => kind === 'review_commented')) return events;
  const submitted = new Map<string, number>();
  for (const event of events) if (event.kind === 'reviewed' && event.id !== null) submitted.set(event.id, event.at);
  return events.map((event) => {
    if (event.kind !== 'review_commented') return event;
    const review = event.detail.reviewId === undefined ? undefined : submitted.get(event.detail.reviewId);
    return withDetail(event, { ...event.detail, visibleAt: Math.max(event.at, review ?? event.at) });
  });
}

function withDetail(event: TimelineEvent, detail: TimelineEvent['detail']): TimelineEvent {
  const { kind, id, actor, at, atFrom, knownAt, knownBy, goneAt } = event;
  return { kind, id, actor, at, atFrom, detail, knownAt, knownBy, goneAt };
}

function numberOrNull(value: AttributeValue): number | null {
  return typeof value === 'number' ? value : null;
}

function textOrNull(value: AttributeValue): string | null {
  return typeof value === 'string' ? value : null;
}

function booleanOrNull(value: AttributeValue): boolean | null {
  return typeof value === 'boolean' ? value : null;
}
