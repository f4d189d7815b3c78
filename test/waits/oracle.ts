import { compareIds } from '#src/core/text.ts';
import { kindRank, type TimeSource } from '#src/domain/event-kind.ts';
import type { EventDetail, PullRequest } from '#src/domain/timeline/event.ts';
import type { Stage, Wait, WaitReference } from '#src/domain/wait.ts';

/**
 * The waits of one pull request, written a second time from `definitions.md` 1 to 3 alone: slow, and
 * as near to its sentences as code can be. Where it and the product disagree, one of them is wrong.
 */
export function oracleWaits(pr: PullRequest, ref: WaitReference): Wait[] {
  const author = ref.identity(pr.author);
  const isPerson = (who: string | null): boolean => who !== null && who !== author && ref.isHuman(who);

  // 2, Order. Commits stand where they arrived, inline comments where they became visible, voided removals nowhere.
  const all: Moment[] = [
    ...pr.events.filter((e) => e.kind !== 'committed' && e.goneAt === null).map((e) => moment(e.kind, e.at, e.atFrom, e.id, e.actor, e.detail)),
    ...pr.arrivals.map((a) => moment('committed', a.at, a.atFrom, a.sha, a.actor, {})),
  ];
  function moment(kind: string, ownAt: number, ownFrom: TimeSource, id: string | null, actor: string | null, detail: EventDetail): Moment {
    const at = kind === 'review_commented' ? (detail.visibleAt ?? ownAt) : ownAt;
    const review = pr.events.find((e) => e.kind === 'reviewed' && e.goneAt === null && e.id === detail.reviewId);
    const from = at > ownAt && review !== undefined ? review.atFrom : ownFrom;
    const isWriting = ['reviewed', 'commented', 'review_commented'].includes(kind);
    const who = actor === null && isWriting ? 'ghost' : actor;
    const target = detail.target !== undefined && !/^[%=]/.test(detail.target) ? ref.identity(detail.target) : (detail.target ?? null);
    return { kind, at, from, id, actor: who === null ? null : ref.identity(who), target, detail };
  }
  all.sort((a, b) => a.at - b.at || kindRank(a.kind) - kindRank(b.kind) || compareIds(a.id, b.id));
  const told = all.filter(
    (r) =>
      r.at >= pr.createdAt && // commits arrived before it was opened
      (r.kind !== 'review_request_removed' ||
        !all.some((q) => q.kind === 'review_requested' && q.target === r.target && q.at >= r.at && q.at <= r.at + 60_000)),
  );

  // 2, the final end: its merged_at, else its closed_at while it is closed. What comes after it ends and starts nothing.
  const end: Moment | undefined = told.findLast((m) => (pr.mergedAt !== null ? m.kind === 'merged' : pr.state === 'closed' && m.kind === 'closed' && m.at === pr.closedAt));
  const story = end === undefined ? told : told.slice(0, told.indexOf(end) + 1);
  const endOutcome = end === undefined ? null : pr.mergedAt !== null ? 'merged' : 'closed';
  const isMergesOwnClose = (i: number): boolean =>
    endOutcome === 'merged' && end !== undefined && story[i]!.at >= end.at - 60_000 && !story.slice(i).some((m) => m.kind === 'reopened');

  /** Whether it is a draft, and whether it is closed, right after the i-th moment. */
  function state(i: number): { draft: boolean; closed: boolean } {
    let draft = false;
    let closed = false;
    story.slice(0, i + 1).forEach((m, k) => {
      if (m.kind === 'opened') draft = m.detail.draft === true;
      if (m.kind === 'converted_to_draft') draft = true;
      if (m.kind === 'ready_for_review') draft = false;
      if (m.kind === 'closed' && !isMergesOwnClose(k)) closed = true;
      if (m.kind === 'reopened') closed = false;
    });
    return { draft, closed };
  }

  // 2, Clock.
  const reviewClock = (i: number): boolean => state(i).draft || state(i).closed;
  const draftClock = (i: number): boolean => state(i).closed;
  const neverStands = (): boolean => false;
  function paused(stands: (i: number) => boolean, from: number, to: number | null): number {
    let until = to ?? Infinity;
    if (to === null) for (let i = story.length - 1; i >= 0 && stands(i); i -= 1) until = story[i]!.at;
    let sum = 0;
    for (let i = 0; i + 1 < story.length; i += 1) {
      if (stands(i)) sum += Math.max(0, Math.min(story[i + 1]!.at, until) - Math.max(story[i]!.at, from));
    }
    return sum;
  }

  const waits: Wait[] = [];
  type End = { at: number; from: TimeSource; outcome: string; reason?: string | null };
  function add(stage: Stage, start: { at: number; from: TimeSource }, answer: End | undefined, stands: (i: number) => boolean, waitsOn: string | null = null): void {
    const ended = answer ?? (end === undefined ? null : { at: end.at, from: end.from, outcome: endOutcome! });
    const pausedMs = paused(stands, start.at, ended === null ? null : ended.at);
    const round = waits.filter((w) => w.stage === stage && w.waitsOn === waitsOn).length + 1;
    waits.push({
      stage, round, waitsOn, startedAt: start.at, startedFrom: start.from,
      endedAt: ended?.at ?? null, endedFrom: ended?.from ?? null, pausedSeconds: pausedMs / 1000,
      seconds: ended === null ? null : (ended.at - start.at - pausedMs) / 1000,
      outcome: ended?.outcome ?? null, reason: ended?.reason ?? null,
    });
  }
  const endOf = (m: Moment | undefined, outcome: string): End | undefined => m && { at: m.at, from: m.from, outcome };

  // change.coding
  const opened = story.find((m) => m.kind === 'opened')!;
  const written = pr.arrivals.map((a) => a.authorDate).filter((at) => at <= opened.at);
  if (written.length > 0) add('change.coding', { at: Math.min(...written), from: 'github' }, endOf(opened, 'opened'), neverStands);

  // change.draft
  story.forEach((m, i) => {
    if (!state(i).draft || (i > 0 && state(i - 1).draft)) return;
    const ready = story.find((r, k) => k > i && r.kind === 'ready_for_review');
    add('change.draft', m, endOf(ready, 'ready'), draftClock);
  });

  // review.first_response, review.approval
  const isReview = (m: Moment): boolean => m.kind === 'reviewed' && m.detail.state !== 'PENDING';
  const responses = story.filter((m) => isPerson(m.actor) && (isReview(m) || m.kind === 'commented' || m.kind === 'review_commented'));
  const approvals = responses.filter((m) => isReview(m) && m.detail.state === 'APPROVED');
  const start = story.find((_, i) => !state(i).draft && !state(i).closed);
  const firstOf = (stage: Stage, answers: Moment[], outcome: string): void => {
    if (start === undefined) return;
    const early = answers.some((m) => m.at < start.at);
    add(stage, start, early ? endOf(start, 'early') : endOf(answers[0], outcome), reviewClock);
  };
  firstOf('review.first_response', responses, 'responded');

  // review.request_response
  const openUntil = new Map<string, number>();
  story.forEach((m, i) => {
    const { target } = m;
    if (m.kind !== 'review_requested' || target === null || target.startsWith('=')) return;
    if (!target.startsWith('%') && !isPerson(target)) return;
    if ((openUntil.get(target) ?? -1) >= i) return;
    const answers = (r: Moment): boolean => {
      if (!isReview(r) || !isPerson(r.actor)) return false;
      if (!target.startsWith('%')) return r.actor === target;
      return ref.membership(target, r.actor!, r.at)?.isMember ?? true;
    };
    const k = story.findIndex((r, j) => j > i && (answers(r) || (r.kind === 'review_request_removed' && r.target === target)));
    openUntil.set(target, k < 0 ? Infinity : k);
    const last = story[k];
    const isInferred = last !== undefined && target.startsWith('%') && last.kind === 'reviewed' && ref.membership(target, last.actor!, last.at)?.knownFrom === 'today';
    const answer = endOf(last, last?.kind === 'reviewed' ? 'responded' : 'removed');
    add('review.request_response', m, answer && { ...answer, from: isInferred ? 'bound' : answer.from }, reviewClock, target);
  });

  firstOf('review.approval', approvals, 'approved');

  // review.rework
  for (let i = 0; i < story.length; i += 1) {
    const m = story[i]!;
    if (!isReview(m) || !isPerson(m.actor) || m.detail.state !== 'CHANGES_REQUESTED') continue;
    const outstanding = new Map([[m.actor!, m.id]]);
    let answer: End | undefined;
    let k = i + 1;
    for (; k < story.length && answer === undefined; k += 1) {
      const r = story[k]!;
      const isPush = ['committed', 'pushed', 'force_pushed'].includes(r.kind) && (r.actor === null || ref.isHuman(r.actor));
      if (isPush && r.at > m.at) answer = endOf(r, 'reworked');
      if (r.kind === 'review_requested' && r.target !== null && outstanding.has(r.target)) answer = endOf(r, 'reworked');
      if (isReview(r) && isPerson(r.actor) && r.detail.state === 'CHANGES_REQUESTED') outstanding.set(r.actor!, r.id);
      if (isReview(r) && r.detail.state === 'APPROVED' && outstanding.delete(r.actor!) && outstanding.size === 0) answer = endOf(r, 'approved');
      if (r.kind === 'review_dismissed') {
        const asker = [...outstanding].find(([, id]) => id !== null && id === r.detail.reviewId)?.[0];
        if (asker !== undefined && outstanding.delete(asker) && outstanding.size === 0) answer = endOf(r, 'dismissed');
      }
    }
    add('review.rework', m, answer, reviewClock);
    i = k - 1;
  }

  // change.merge
  if (approvals[0] !== undefined) add('change.merge', approvals[0], undefined, reviewClock);

  // change.merge_queue
  let inQueueUntil = -1;
  story.forEach((m, i) => {
    if (m.kind !== 'added_to_merge_queue' || i <= inQueueUntil) return;
    const removed = story.findIndex((r, k) => {
      if (k <= i || r.kind !== 'removed_from_merge_queue') return false;
      if (/^(already_)?merged?$/i.test(r.detail.reason ?? '')) return false;
      const rest = story.slice(k);
      const isMerging = endOutcome === 'merged' && end!.at - r.at <= 60_000 && !rest.some((x) => x.kind === 'added_to_merge_queue');
      return r.detail.reason !== undefined || !isMerging;
    });
    inQueueUntil = removed < 0 ? Infinity : removed;
    const answer = endOf(story[removed], 'removed');
    add('change.merge_queue', m, answer && { ...answer, reason: story[removed]?.detail.reason ?? null }, reviewClock);
  });

  // change.lead
  add('change.lead', opened, undefined, neverStands);
  return waits;
}

interface Moment {
  readonly kind: string;
  readonly at: number;
  readonly from: TimeSource;
  readonly id: string | null;
  /** Identities. */
  readonly actor: string | null;
  readonly target: string | null;
  readonly detail: EventDetail;
}
