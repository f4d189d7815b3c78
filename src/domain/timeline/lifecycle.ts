import type { AccountRef } from '../account.ts';
import type { TimeSource } from '../event-kind.ts';
import type { AttributeName, Register } from './evidence.ts';
import { compareEvents, type TimelineEvent } from './event.ts';
import type { SightingList } from './sighting-list.ts';
import { TOLERANCE_MS } from './standing.ts';

/** What is known beside the events themselves. */
type Evidence = Pick<SightingList, 'attributes' | 'listings'>;

/** The attributes that decide a pull request's beginning and end. */
export interface Lifecycle {
  readonly author: AccountRef;
  readonly createdAt: number;
  readonly closedAt: number | null;
  readonly mergedAt: number | null;
}

/**
 * Completes a timeline by what the pull request's own attributes say: it was opened; the merged fact
 * carries its `merged_at` and the last closed one its `closed_at`; and where an end, a reopening or a
 * change of draft is known only by its result, the event is inferred (`bound`) until a listing names it.
 */
export function completeLifecycle(
  events: readonly TimelineEvent[],
  evidence: Evidence,
  life: Lifecycle,
): TimelineEvent[] {
  const standing: TimelineEvent[] = [];
  const gone: TimelineEvent[] = [];
  for (const event of events) (event.goneAt === null ? standing : gone).push(event);
  const opened = openedEvent(evidence, life, standing);
  const ended = endClosed(endMerged(standing, evidence, life), evidence, life);
  return [opened, ...inferReopened(inferDraft(ended, opened, evidence), evidence), ...gone];
}

/** The first of the events of some kinds; to sort all of them for it would cost more than all else here. */
function earliest(events: readonly TimelineEvent[], isOfKind: (event: TimelineEvent) => boolean): TimelineEvent | undefined {
  let first: TimelineEvent | undefined;
  for (const event of events) if (isOfKind(event) && (first === undefined || compareEvents(event, first) < 0)) first = event;
  return first;
}

/** The last of the events of some kinds. */
function latest(events: readonly TimelineEvent[], isOfKind: (event: TimelineEvent) => boolean): TimelineEvent | undefined {
  let last: TimelineEvent | undefined;
  for (const event of events) if (isOfKind(event) && (last === undefined || compareEvents(event, last) >= 0)) last = event;
  return last;
}

function openedEvent(evidence: Evidence, life: Lifecycle, standing: readonly TimelineEvent[]): TimelineEvent {
  const draft = openedAsDraft(evidence, standing);
  return {
    ...inferred('opened', life.createdAt, 'github', evidence.attributes.created_at),
    actor: life.author,
    detail: draft === null ? {} : { draft },
  };
}

/** As the `opened` payload says; else by the first draft event; else as it is now. */
function openedAsDraft(evidence: Evidence, standing: readonly TimelineEvent[]): boolean | null {
  const said = evidence.attributes.opened_draft?.value;
  if (typeof said === 'boolean') return said;
  const first = earliest(standing, isDraftEvent);
  if (first !== undefined) return first.kind === 'ready_for_review';
  const now = evidence.attributes.draft?.value;
  return typeof now === 'boolean' ? now : null;
}

function isDraftEvent({ kind }: TimelineEvent): boolean {
  return kind === 'ready_for_review' || kind === 'converted_to_draft';
}

function isMerged({ kind }: TimelineEvent): boolean {
  return kind === 'merged';
}

function isClosed({ kind }: TimelineEvent): boolean {
  return kind === 'closed';
}

function isClosedOrReopened({ kind }: TimelineEvent): boolean {
  return kind === 'closed' || kind === 'reopened';
}

function endMerged(events: readonly TimelineEvent[], evidence: Evidence, life: Lifecycle): readonly TimelineEvent[] {
  const { mergedAt } = life;
  if (mergedAt === null) return events;
  const seen = earliest(events, isMerged);
  const merged = seen ?? {
    ...inferred('merged', mergedAt, 'github', evidence.attributes.merged_at),
    actor: textValue(evidence, 'merged_by'),
  };
  const sha = merged.detail.sha ?? textValue(evidence, 'merge_commit_sha');
  const detail = sha === null ? merged.detail : { ...merged.detail, sha };
  const rest = events.filter((event) => event.kind !== 'merged');
  return [...rest, { ...merged, at: mergedAt, atFrom: 'github', detail }];
}

function endClosed(events: readonly TimelineEvent[], evidence: Evidence, life: Lifecycle): readonly TimelineEvent[] {
  const { closedAt } = life;
  if (closedAt === null) return events;
  const last = latest(events, isClosed);
  if (last !== undefined && Math.abs(last.at - closedAt) <= TOLERANCE_MS) {
    return events.map((event) => (event === last ? { ...event, at: closedAt, atFrom: 'github' } : event));
  }
  return [...events, inferred('closed', closedAt, 'github', evidence.attributes.closed_at)];
}

function inferReopened(events: readonly TimelineEvent[], evidence: Evidence): readonly TimelineEvent[] {
  const state = evidence.attributes.state;
  if (state?.value !== 'open' || isListed(evidence, state)) return events;
  const last = latest(events, isClosedOrReopened);
  if (last?.kind !== 'closed' || last.at >= state.updatedAt) return events;
  return [...events, inferred('reopened', state.updatedAt, 'bound', state)];
}

function inferDraft(events: readonly TimelineEvent[], opened: TimelineEvent, evidence: Evidence): readonly TimelineEvent[] {
  const draft = evidence.attributes.draft;
  if (typeof draft?.value !== 'boolean' || isListed(evidence, draft)) return events;
  const last = latest(events, isDraftEvent);
  const wasDraft = last === undefined ? opened.detail.draft : last.kind === 'converted_to_draft';
  if (wasDraft === undefined || wasDraft === draft.value || (last ?? opened).at >= draft.updatedAt) return events;
  return [...events, inferred(draft.value ? 'converted_to_draft' : 'ready_for_review', draft.updatedAt, 'bound', draft)];
}

/** Whether a complete listing has seen the timeline since the attribute changed: then it names every event there is. */
function isListed(evidence: Evidence, register: Register): boolean {
  const newest = evidence.listings[0];
  return newest !== undefined && newest.takenAt >= register.updatedAt;
}

function inferred(kind: string, at: number, atFrom: TimeSource, register: Register | undefined): TimelineEvent {
  return { kind, id: null, actor: null, at, atFrom, detail: {}, knownAt: register?.knownAt ?? at, knownBy: null, goneAt: null };
}

function textValue(evidence: Evidence, name: AttributeName): string | null {
  const value = evidence.attributes[name]?.value;
  return typeof value === 'string' ? value : null;
}
