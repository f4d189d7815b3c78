import { createHash } from 'node:crypto';
import type { RecordedAccount, RecordedComment, RecordedEvent, RecordedPull } from './recorded-pull.ts';

/** An item of the timeline with its place in the recorded whole, which never changes: cursors hang on it. */
export interface PlacedEvent extends RecordedEvent {
  readonly place: number;
  /** Epoch ms; for a commit, when it can have arrived at the earliest. */
  readonly at: number;
}

/** A comment on a line with its place, and when it became visible. */
export interface PlacedComment extends RecordedComment {
  readonly place: number;
  readonly at: number;
}

/** A pull request as it was at one instant: what had not happened yet is not there. */
export interface PullState {
  readonly recorded: RecordedPull;
  readonly number: number;
  readonly state: 'OPEN' | 'CLOSED' | 'MERGED';
  readonly isDraft: boolean;
  /** Epoch ms, as all instants here. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly closedAt: number | null;
  readonly mergedAt: number | null;
  readonly headSha: string;
  /** The visible timeline in its recorded order. */
  readonly events: readonly PlacedEvent[];
  readonly commits: readonly PlacedEvent[];
  readonly reviews: readonly PlacedEvent[];
  readonly comments: readonly PlacedEvent[];
  readonly lineComments: readonly PlacedComment[];
  /** Who is asked and has not answered: logins, and slugs of teams. */
  readonly requested: readonly { readonly login: string | null; readonly team: string | null }[];
}

/** When comments were deleted, epoch ms by id. */
export type Deletions = ReadonlyMap<number, number>;

const NONE: Deletions = new Map();

/** Every instant at which something about it changes. */
export function timesOf(pull: RecordedPull, deletions: Deletions = NONE): readonly number[] {
  const createdAt = Date.parse(pull.created_at);
  const reviewedAt = reviewTimes(pull);
  return [
    createdAt,
    Date.parse(pull.updated_at),
    ...[pull.closed_at, pull.merged_at].filter((at) => at != null).map((at) => Date.parse(at)),
    ...pull.events.map((event) => timeOf(event, createdAt)),
    ...(pull.review_comment_list ?? []).map((comment) => visibleAt(comment, reviewedAt)),
    ...deletions.values(),
  ];
}

/** The pull request at `at` (epoch ms); null before it was opened. */
export function pullAt(pull: RecordedPull, at: number, deletions: Deletions = NONE): PullState | null {
  const createdAt = Date.parse(pull.created_at);
  if (at < createdAt) return null;
  const isDeleted = (id: number | undefined): boolean => {
    const deletedAt = id === undefined ? undefined : deletions.get(id);
    return deletedAt !== undefined && deletedAt <= at;
  };
  const events = pull.events
    .map((event, place) => ({ ...event, place, at: timeOf(event, createdAt) }))
    .filter((event) => event.at <= at && !(event.event === 'commented' && isDeleted(event.id)));
  const reviewedAt = reviewTimes(pull);
  const lineComments = (pull.review_comment_list ?? [])
    .map((comment, place) => ({ ...comment, place, at: visibleAt(comment, reviewedAt) }))
    .filter((comment) => comment.at <= at && !isDeleted(comment.id));
  const dismissedLater = dismissalsAfter(pull, at);
  const commits = events.filter(({ event }) => event === 'committed');
  return {
    recorded: pull,
    number: pull.number,
    ...standing(pull, events, at),
    createdAt,
    updatedAt: updatedAt(pull, [...events.map((event) => event.at), ...lineComments.map((comment) => comment.at)], deletions, at),
    headSha: headOf(pull, events),
    events: events.map((event) => (event.event === 'reviewed' ? asBefore(event, dismissedLater) : event)),
    commits,
    reviews: events.filter(({ event }) => event === 'reviewed').map((event) => asBefore(event, dismissedLater)),
    comments: events.filter(({ event }) => event === 'commented'),
    lineComments,
    requested: requestedOf(events),
  };
}

/** When an item happened. A commit names only when it was made: it cannot have shown before the pull request was opened. */
function timeOf(event: RecordedEvent, createdAt: number): number {
  if (event.event === 'committed') return Math.max(createdAt, Date.parse(event.committer_date ?? event.author_date ?? '') || createdAt);
  return Date.parse(event.submitted_at ?? event.created_at ?? '') || createdAt;
}

function reviewTimes(pull: RecordedPull): ReadonlyMap<number, number> {
  const reviews = pull.events.filter((event) => event.event === 'reviewed' && event.id !== undefined);
  return new Map(reviews.map((review) => [review.id ?? 0, Date.parse(review.submitted_at ?? '')]));
}

function visibleAt(comment: RecordedComment, reviewedAt: ReadonlyMap<number, number>): number {
  return Math.max(Date.parse(comment.created_at), reviewedAt.get(comment.pull_request_review_id ?? 0) ?? 0);
}

function standing(pull: RecordedPull, events: readonly PlacedEvent[], at: number): Pick<PullState, 'state' | 'isDraft' | 'closedAt' | 'mergedAt'> {
  const mergedAt = instantUntil(pull.merged_at, at);
  const finalCloseAt = pull.state === 'closed' ? instantUntil(pull.closed_at, at) : null;
  const last = events.findLast(({ event }) => event === 'closed' || event === 'reopened');
  const closedAt = finalCloseAt ?? mergedAt ?? (last?.event === 'closed' ? last.at : null);
  const state = mergedAt !== null ? 'MERGED' : closedAt !== null ? 'CLOSED' : 'OPEN';
  return { state, isDraft: isDraft(pull, at), closedAt, mergedAt };
}

function isDraft(pull: RecordedPull, at: number): boolean {
  const turns = pull.events.filter(({ event }) => event === 'ready_for_review' || event === 'convert_to_draft');
  const last = turns.findLast((turn) => Date.parse(turn.created_at ?? '') <= at);
  if (last !== undefined) return last.event === 'convert_to_draft';
  return turns[0] === undefined ? (pull.draft ?? false) : turns[0].event === 'ready_for_review';
}

function updatedAt(pull: RecordedPull, visible: readonly number[], deletions: Deletions, at: number): number {
  const recorded = Date.parse(pull.updated_at);
  const own = at >= recorded ? recorded : visible.reduce((latest, time) => Math.max(latest, time), Date.parse(pull.created_at));
  return [...deletions.values()].filter((deletedAt) => deletedAt <= at).reduce((latest, deletedAt) => Math.max(latest, deletedAt), own);
}

/** The head at last as recorded; before, the newest commit or force push that had arrived. */
function headOf(pull: RecordedPull, events: readonly PlacedEvent[]): string {
  const arrivals = events.filter(({ event }) => event === 'committed' || event === 'head_ref_force_pushed');
  const isAllThere = arrivals.length === pull.events.filter(({ event }) => event === 'committed' || event === 'head_ref_force_pushed').length;
  if (isAllThere && pull.head_sha !== undefined) return pull.head_sha;
  const newest = arrivals.reduce<PlacedEvent | null>((latest, event) => (latest === null || event.at >= latest.at ? event : latest), null);
  return newest?.sha ?? newest?.commit_id ?? createHash('sha1').update(`before ${String(pull.id)}`).digest('hex');
}

/** What reviews were before they were dismissed, by id, for dismissals that come after `at`. */
function dismissalsAfter(pull: RecordedPull, at: number): ReadonlyMap<number, string> {
  const later = pull.events.filter((event) => event.event === 'review_dismissed' && Date.parse(event.created_at ?? '') > at);
  return new Map(later.flatMap(({ dismissed_review: review }) => (review?.review_id === undefined ? [] : [[review.review_id, review.state ?? 'commented']])));
}

function asBefore(review: PlacedEvent, dismissedLater: ReadonlyMap<number, string>): PlacedEvent {
  const before = review.id === undefined ? undefined : dismissedLater.get(review.id);
  return before === undefined ? review : { ...review, state: before };
}

function requestedOf(events: readonly PlacedEvent[]): PullState['requested'] {
  const asked = new Map<string, { login: string | null; team: string | null }>();
  for (const event of events) {
    const login = event.event === 'reviewed' ? (event.user?.login ?? null) : loginOf(event.requested_reviewer);
    const team = typeof event.requested_team === 'object' ? event.requested_team.slug : (event.requested_team ?? null);
    const key = login ?? `team ${team ?? ''}`;
    if (event.event === 'review_requested') asked.set(key, { login, team });
    else if (event.event === 'review_request_removed' || event.event === 'reviewed') asked.delete(key);
  }
  return [...asked.values()];
}

/** The login of an account that a recording may name by its login alone. */
export function loginOf(person: string | RecordedAccount | undefined): string | null {
  return typeof person === 'object' ? person.login : (person ?? null);
}

function instantUntil(text: string | null | undefined, at: number): number | null {
  if (text == null) return null;
  const instant = Date.parse(text);
  return instant <= at ? instant : null;
}
