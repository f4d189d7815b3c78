import { isSharedKind } from '#src/domain/event-kind.ts';
import type { ListingMark, Sighting, SightingDetail, TargetRef } from '#src/domain/timeline/evidence.ts';
import { accountRef } from './accounts.ts';
import { givenState } from './observe.ts';
import type { TimelineItem } from './recording.ts';
import { accountTarget, teamTarget, textTarget } from './targets.ts';

/** Kinds whose word in GitHub's timeline is not the definitions'. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ['convert_to_draft', 'converted_to_draft'],
  ['head_ref_force_pushed', 'force_pushed'],
]);

/** Kinds of which GitHub names as actor the person they are about. */
const ABOUT_THEIR_ACTOR: ReadonlySet<string> = new Set(['mentioned', 'subscribed', 'unsubscribed']);

/** What a listing says of one event. */
export type ListedEvent = Pick<Sighting, 'kind' | 'at' | 'actor' | 'detail'> & { readonly id?: string };

/** Makes a sighting of what a listing holds: its times are GitHub's own. */
export function list(event: ListedEvent, mark: ListingMark): Sighting {
  return {
    kind: event.kind,
    id: event.id ?? null,
    at: event.at,
    atFrom: 'github',
    actor: event.actor,
    detail: event.detail,
    saidAt: mark.takenAt,
    listed: mark,
    knownAt: mark.takenAt,
    knownBy: null,
    givenState: givenState(event.kind, event.detail.state),
  };
}

/**
 * One item of a timeline as a sighting; null for what is no fact: a review not submitted, an item of no
 * one's kind without a time. A text says why an item that every channel owes cannot be read: a listing
 * without it would declare it gone, so the whole listing is refused.
 */
export function listItem(item: TimelineItem, mark: ListingMark): Sighting | string | null {
  const kind = KINDS.get(item.event) ?? item.event;
  if (kind === 'reviewed' && isPending(item)) return null;
  const event = listed(kind, item);
  if (event !== null) return list(event, mark);
  return isSharedKind(kind) ? `a ${item.event} event without its ${missingPart(item)}` : null;
}

function missingPart(item: TimelineItem): string {
  if (item.event === 'committed') return 'sha or committer date';
  if (item.event.startsWith('review_request')) return 'time or reviewer';
  return 'id or time';
}

function isPending(item: TimelineItem): boolean {
  return item.state?.toUpperCase() === 'PENDING' || item.submitted_at === null;
}

function listed(kind: string, item: TimelineItem): ListedEvent | null {
  switch (kind) {
    case 'committed':
      return committed(item);
    case 'reviewed': {
      const at = item.submitted_at ?? item.created_at;
      if (item.id === undefined || at === undefined || item.state === undefined) return null;
      return { kind, id: item.id, at, actor: accountRef(item.user ?? item.actor), detail: { state: item.state.toUpperCase() } };
    }
    case 'commented': {
      if (item.id === undefined || item.created_at === undefined) return null;
      return { kind, id: item.id, at: item.created_at, actor: accountRef(item.user ?? item.actor), detail: {} };
    }
    default: {
      const detail = detailOf(kind, item);
      return item.created_at === undefined || detail === null ? null : { kind, at: item.created_at, actor: accountRef(item.actor), detail };
    }
  }
}

function committed(item: TimelineItem): ListedEvent | null {
  const committerDate = item.committer_date ?? item.committer?.date;
  if (item.sha === undefined || committerDate === undefined) return null;
  const authorDate = item.author_date ?? item.author?.date ?? committerDate;
  const detail = { authorDate, committerDate, sha: item.sha };
  return { kind: 'committed', id: item.sha, at: committerDate, actor: null, detail };
}

function detailOf(kind: string, item: TimelineItem): SightingDetail | null {
  switch (kind) {
    case 'review_requested':
    case 'review_request_removed': {
      const target = requested(item);
      return target === null ? null : { target };
    }
    case 'review_dismissed':
      return given({ state: item.dismissed_review?.state?.toUpperCase(), reviewId: item.dismissed_review?.review_id });
    case 'force_pushed':
      return given({ after: item.commit_id ?? undefined });
    case 'merged':
    case 'referenced':
      return given({ sha: item.commit_id ?? undefined });
    case 'removed_from_merge_queue':
      return given({ reason: item.reason ?? undefined });
    default:
      return given({ target: otherTarget(kind, item), label: item.label, reason: item.lock_reason ?? undefined });
  }
}

function requested(item: TimelineItem): TargetRef | null {
  if (item.requested_team !== undefined && item.requested_team !== '') return teamTarget(item.requested_team);
  return item.requested_reviewer === undefined ? null : accountTarget(item.requested_reviewer);
}

function otherTarget(kind: string, item: TimelineItem): TargetRef | undefined {
  if (ABOUT_THEIR_ACTOR.has(kind)) return accountRef(item.actor);
  if (item.assignee !== undefined) return accountTarget(item.assignee);
  return item.milestone === undefined ? undefined : textTarget(item.milestone);
}

/** Leaves absent keys out: evidence tells an unknown from a known part by its key. */
function given(detail: { readonly [Key in keyof SightingDetail]: SightingDetail[Key] | undefined }): SightingDetail {
  return Object.fromEntries(Object.entries(detail).filter(([, value]) => value !== undefined));
}
