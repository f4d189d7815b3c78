import { compareIds } from '#src/core/text.ts';
import { GHOST, type AccountRef } from '#src/domain/account.ts';
import { KIND_RANKS, kindRank, type TimeSource } from '#src/domain/event-kind.ts';
import type { TargetRef } from '#src/domain/timeline/evidence.ts';
import type { PullRequest, TimelineEvent } from '#src/domain/timeline/event.ts';
import type { WaitReference } from '#src/domain/wait.ts';
import type { FinalEnd, Instant, Moment, PullRequestLife, QueueMoment, RequestMoment, Verdict } from './life.ts';
import { SpanList } from './span-list.ts';

/** Within this a removed request that was made again was not removed, and a close or a queue's letting go belongs to the merge. */
const TOGETHER_MS = 60_000;

/** A merge queue's words for letting go because the change is merged. */
const MERGED_REASON = /^(?:already_)?merged?$/i;

/** Reads a pull request's timeline into the life that its waits and phases are functions of. */
export function readLife(pr: PullRequest, reference: WaitReference): PullRequestLife {
  return new LifeReader(pr, reference).read();
}

class LifeReader {
  readonly #pr: PullRequest;
  readonly #reference: WaitReference;
  readonly #author: AccountRef;
  readonly #end: FinalEnd | null;
  readonly #moments: Moment[] = [];
  readonly #pushes: Instant[] = [];
  readonly #drafts = new SpanList();
  readonly #closures = new SpanList();
  readonly #standstills = new SpanList();
  #opened: Instant;
  #firstReady: Instant | null = null;
  #isDraft = false;
  #isClosed = false;
  /** Whether a comment became visible later than it was written: its moment may then be out of place. */
  #isOutOfOrder = false;

  constructor(pr: PullRequest, reference: WaitReference) {
    this.#pr = pr;
    this.#reference = reference;
    this.#author = reference.identity(pr.author);
    this.#end = finalEnd(pr);
    this.#opened = { at: pr.createdAt, from: 'github' };
  }

  read(): PullRequestLife {
    const { events } = this.#pr;
    for (let index = 0; index < events.length; index += 1) {
      const event = events[index];
      if (event !== undefined && event.goneAt === null && this.#isBeforeEnd(event.kind, visibleAt(event))) this.#take(event, index);
    }
    const firstAuthoredAt = this.#takeArrivals();
    if (this.#isOutOfOrder) this.#moments.sort(compareMoments);
    return {
      author: this.#author,
      opened: this.#opened,
      end: this.#end,
      firstReady: this.#firstReady,
      firstAuthoredAt,
      moments: this.#moments,
      pushes: this.#pushes,
      drafts: this.#drafts.spans,
      closures: this.#closures.spans,
      standstills: this.#standstills.spans,
    };
  }

  #isBeforeEnd(kind: string, at: number): boolean {
    const end = this.#end;
    if (end === null || at < end.at) return true;
    return at === end.at && kindRank(kind) < KIND_RANKS[end.outcome];
  }

  #take(event: TimelineEvent, index: number): void {
    switch (event.kind) {
      case 'opened':
        this.#opened = instantOf(event);
        return this.#become(event, event.detail.draft === true, false);
      case 'converted_to_draft':
        return this.#become(event, true, this.#isClosed);
      case 'ready_for_review':
        return this.#become(event, false, this.#isClosed);
      case 'closed':
        return this.#become(event, this.#isDraft, this.#isClosed || !this.#isMergesOwnClose(event, index));
      case 'reopened':
        return this.#become(event, this.#isDraft, false);
      case 'review_requested':
        return this.#takeRequest('request', event);
      case 'review_request_removed':
        if (!this.#isMadeAgain(event, index)) this.#takeRequest('request_removed', event);
        return;
      case 'reviewed':
        return this.#takeReview(event);
      case 'commented':
      case 'review_commented':
        return this.#takeComment(event);
      case 'review_dismissed':
        this.#moments.push({ kind: 'dismissal', at: event.at, from: event.atFrom, reviewId: event.detail.reviewId ?? null });
        return;
      case 'added_to_merge_queue':
        return this.#takeQueue('queue_entry', event);
      case 'removed_from_merge_queue':
        if (!this.#isMerging(event, index)) this.#takeQueue('queue_exit', event);
        return;
      case 'pushed':
      case 'force_pushed':
        this.#takePush(event.at, event.atFrom, event.actor);
    }
  }

  #become(event: TimelineEvent, isDraft: boolean, isClosed: boolean): void {
    const when = instantOf(event);
    this.#isDraft = isDraft;
    this.#isClosed = isClosed;
    this.#drafts.set(isDraft, when);
    this.#closures.set(isClosed, when);
    this.#standstills.set(isDraft || isClosed, when);
    if (!isDraft && !isClosed) this.#firstReady ??= when;
  }

  /** A close at most 60 s before the merge that no reopening undid is the merge's own: merged wins over closed. */
  #isMergesOwnClose(event: TimelineEvent, index: number): boolean {
    const end = this.#end;
    if (end?.outcome !== 'merged' || event.at < end.at - TOGETHER_MS) return false;
    return !this.#follows(index, end.at, (later) => later.kind === 'reopened' && this.#isBeforeEnd(later.kind, later.at));
  }

  #isMadeAgain(event: TimelineEvent, index: number): boolean {
    const target = this.#target(event);
    return this.#follows(index, event.at + TOGETHER_MS, (later) => later.kind === 'review_requested' && this.#target(later) === target);
  }

  /** Whether the queue let go because of the merge: by GitHub's word, or where it gives none, right before it. */
  #isMerging(event: TimelineEvent, index: number): boolean {
    const { reason } = event.detail;
    if (reason !== undefined) return MERGED_REASON.test(reason);
    const end = this.#end;
    if (end?.outcome !== 'merged' || event.at < end.at - TOGETHER_MS) return false;
    return !this.#follows(index, end.at, (later) => later.kind === 'added_to_merge_queue');
  }

  /** Whether a standing event after the one at `index`, until `until` inclusive, is what is looked for. */
  #follows(index: number, until: number, isIt: (event: TimelineEvent) => boolean): boolean {
    const { events } = this.#pr;
    for (let later = index + 1; later < events.length; later += 1) {
      const event = events[later];
      if (event === undefined || event.at > until) return false;
      if (event.goneAt === null && isIt(event)) return true;
    }
    return false;
  }

  #takeRequest(kind: RequestMoment['kind'], event: TimelineEvent): void {
    const target = this.#target(event);
    if (target !== null) this.#moments.push({ kind, at: event.at, from: event.atFrom, target });
  }

  #target(event: TimelineEvent): TargetRef | null {
    const { target } = event.detail;
    if (target === undefined || target.startsWith('=')) return null;
    return target.startsWith('%') ? target : this.#reference.identity(target);
  }

  #takeReview(event: TimelineEvent): void {
    const { state } = event.detail;
    if (state === 'PENDING') return;
    const actor = this.#writer(event);
    if (this.#isResponder(actor)) this.#moments.push({ kind: 'review', at: event.at, from: event.atFrom, id: event.id, actor, verdict: verdictOf(state) });
  }

  #takeComment(event: TimelineEvent): void {
    if (!this.#isResponder(this.#writer(event))) return;
    const at = visibleAt(event);
    if (at !== event.at) this.#isOutOfOrder = true;
    const from = at === event.at ? event.atFrom : this.#reviewSource(event);
    this.#moments.push({ kind: 'comment', at, from, id: event.id });
  }

  #reviewSource(comment: TimelineEvent): TimeSource {
    const { reviewId } = comment.detail;
    const review = this.#pr.events.find((event) => event.kind === 'reviewed' && event.id === reviewId && event.goneAt === null);
    return review?.atFrom ?? comment.atFrom;
  }

  #takeQueue(kind: QueueMoment['kind'], event: TimelineEvent): void {
    this.#moments.push({ kind, at: event.at, from: event.atFrom, reason: event.detail.reason ?? null });
  }

  /** Nobody writes without an account: a writer who is not named was deleted. */
  #writer(event: TimelineEvent): AccountRef {
    return event.actor === null ? GHOST : this.#reference.identity(event.actor);
  }

  /** A ghost's word on a ghost's pull request does not count: the two cannot be told apart. */
  #isResponder(actor: AccountRef): boolean {
    return actor !== this.#author && this.#reference.isHuman(actor);
  }

  #takePush(at: number, from: TimeSource, actor: AccountRef | null): void {
    if (actor === null || this.#reference.isHuman(this.#reference.identity(actor))) this.#pushes.push({ at, from });
  }

  /** Adds the commits' arrivals to the pushes. Answers the earliest author date not after opening. */
  #takeArrivals(): number | null {
    let firstAuthoredAt: number | null = null;
    const arrivals = [...this.#pr.arrivals].sort((a, b) => a.at - b.at || compareIds(a.sha, b.sha));
    for (const { authorDate, at, atFrom, actor } of arrivals) {
      if (this.#isBeforeEnd('committed', at)) this.#takePush(at, atFrom, actor);
      if (authorDate <= this.#opened.at && (firstAuthoredAt === null || authorDate < firstAuthoredAt)) firstAuthoredAt = authorDate;
    }
    this.#pushes.sort((a, b) => a.at - b.at);
    return firstAuthoredAt;
  }
}

/** The pull request's own merged_at, else its closed_at while it is closed. */
function finalEnd(pr: PullRequest): FinalEnd | null {
  const outcome = pr.mergedAt !== null ? 'merged' : 'closed';
  const at = pr.mergedAt ?? (pr.state === 'closed' ? pr.closedAt : null);
  if (at === null) return null;
  const event = pr.events.findLast((candidate) => candidate.kind === outcome && candidate.at === at && candidate.goneAt === null);
  return { at, from: event?.atFrom ?? 'github', outcome };
}

function instantOf(event: TimelineEvent): Instant {
  return { at: event.at, from: event.atFrom };
}

function visibleAt(event: TimelineEvent): number {
  return event.kind === 'review_commented' ? (event.detail.visibleAt ?? event.at) : event.at;
}

function verdictOf(state: string | undefined): Verdict {
  if (state === 'APPROVED') return 'approved';
  return state === 'CHANGES_REQUESTED' ? 'changes_requested' : 'none';
}

const MOMENT_RANKS: Readonly<Record<Moment['kind'], number>> = {
  request_removed: KIND_RANKS.review_request_removed,
  request: KIND_RANKS.review_requested,
  review: KIND_RANKS.reviewed,
  comment: KIND_RANKS.commented,
  dismissal: KIND_RANKS.review_dismissed,
  queue_entry: KIND_RANKS.added_to_merge_queue,
  queue_exit: KIND_RANKS.removed_from_merge_queue,
};

/** Puts comments that became visible later in their place; all else is in order, and the sort keeps it. */
function compareMoments(a: Moment, b: Moment): number {
  return a.at - b.at || MOMENT_RANKS[a.kind] - MOMENT_RANKS[b.kind] || compareIds(idOf(a), idOf(b));
}

function idOf(moment: Moment): string | null {
  return moment.kind === 'review' || moment.kind === 'comment' ? moment.id : null;
}
