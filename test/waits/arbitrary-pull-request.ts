import fc from 'fast-check';
import { compareEvents, type PullRequest } from '#src/domain/timeline/event.ts';
import { aPullRequest, aReference, OPENED_AT, type EventInShort } from '#test/support/a-pull-request.ts';

/** `#1` writes most of them, `#10137` is the deleted account under its id, `#8` and `#9` are machines. */
const ACTORS = ['#1', '#2', '#3', '#4', 'ghost', '#10137', '#8', '#9'] as const;
const TARGETS = ['#1', '#2', '#3', 'ghost', '#10137', '#9', '%known', '%today', '%unknown', '=nobody'] as const;

/** The reference facts that generated pull requests meet. */
export const REFERENCE = aReference({ bots: ['#8', '#9'], teams: { '%known': ['#1', '#2', '#8'] }, todaysTeams: { '%today': ['#3'] } });

const REVIEW_IDS = ['11', '12', '13', '14', '15', '16'] as const;
const sources = fc.constantFrom('github', 'near', 'delivered', 'bound');
const person = fc.constantFrom(...ACTORS);
const perhaps = fc.option(person, { nil: null });

/** The steps between events: the same instant, the same minute, the edges of 60 s, hours. */
const step = fc.constantFrom(0, 0, 0, 500, 1_000, 30_000, 59_999, 60_000, 60_001, 3_600_000, 90_000_000);

const event: fc.Arbitrary<(at: number) => EventInShort> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ actor: person, atFrom: sources, state: fc.constantFrom('APPROVED', 'CHANGES_REQUESTED', 'CHANGES_REQUESTED', 'COMMENTED', 'DISMISSED', 'PENDING'), id: fc.constantFrom(...REVIEW_IDS) }).map((more) => (at: number) => ['reviewed', at, more] as const) },
  { weight: 2, arbitrary: fc.record({ actor: perhaps, id: fc.constantFrom('1', '2', '100') }).map((more) => (at: number) => ['commented', at, more] as const) },
  { weight: 2, arbitrary: fc.record({ actor: person, reviewId: fc.constantFrom(...REVIEW_IDS), later: fc.constantFrom(0, 0, 60_000, 7_200_000) }).map(({ later, ...more }) => (at: number) => ['review_commented', at, { ...more, id: '50', visibleAt: at + later }] as const) },
  { weight: 4, arbitrary: fc.constantFrom(...TARGETS).map((target) => (at: number) => ['review_requested', at, { target, actor: '#1' }] as const) },
  { weight: 3, arbitrary: fc.constantFrom(...TARGETS).map((target) => (at: number) => ['review_request_removed', at, { target, actor: '#1' }] as const) },
  { weight: 2, arbitrary: fc.record({ actor: perhaps, atFrom: sources }).map((more) => (at: number) => ['pushed', at, more] as const) },
  { weight: 1, arbitrary: perhaps.map((actor) => (at: number) => ['force_pushed', at, { actor }] as const) },
  { weight: 2, arbitrary: fc.constantFrom(...REVIEW_IDS).map((reviewId) => (at: number) => ['review_dismissed', at, { reviewId, actor: '#1' }] as const) },
  { weight: 2, arbitrary: fc.constantFrom('converted_to_draft', 'ready_for_review').map((kind) => (at: number) => [kind, at, { actor: '#1' }] as const) },
  { weight: 2, arbitrary: fc.constantFrom('closed', 'reopened').map((kind) => (at: number) => [kind, at, { actor: '#1' }] as const) },
  { weight: 2, arbitrary: fc.constant((at: number) => ['added_to_merge_queue', at] as const) },
  { weight: 2, arbitrary: fc.constantFrom({}, { reason: 'CI_FAILURE' }, { reason: 'MERGE' }, { reason: 'merged' }).map((more) => (at: number) => ['removed_from_merge_queue', at, more] as const) },
  { weight: 1, arbitrary: fc.constantFrom('labeled', 'mentioned').map((kind) => (at: number) => [kind, at, { actor: '#2' }] as const) },
);

const commit = fc.record({ step: fc.integer({ min: -2, max: 40 }), actor: fc.option(fc.constantFrom('#1', '#8'), { nil: null }), atFrom: sources, written: fc.constantFrom(-7_200_000, -1, 0, 1, 7_200_000) });

/**
 * Pull requests made of everything that is hard: many events at one instant, pauses within pauses,
 * machines, ghosts, removals taken back, answers after the end, unnamed actors, closes of the merge.
 */
export const arbitraryPullRequest: fc.Arbitrary<PullRequest> = fc
  .record({
    author: fc.constantFrom('#1', '#1', '#1', 'ghost', '#9'),
    draft: fc.boolean(),
    steps: fc.array(fc.tuple(step, event), { maxLength: 30 }),
    commits: fc.array(commit, { maxLength: 4 }),
    merge: fc.option(fc.nat({ max: 30 }), { nil: null }),
    ending: fc.constantFrom('as told', 'as told', 'as told', 'closed'),
  })
  .map(({ author, draft, steps, commits, merge, ending }) => {
    let at = OPENED_AT;
    const events: EventInShort[] = steps.map(([length, make]) => make((at += length)));
    const instants = [OPENED_AT, ...events.map((one) => one[1])];
    if (merge !== null) events.push(['merged', instants[merge % instants.length] ?? at]);
    const pr = aPullRequest({
      author,
      draft,
      events,
      commits: commits.map(({ step: place, written, ...rest }) => {
        const arrivedAt = instants[Math.max(0, place) % instants.length] ?? OPENED_AT;
        return { ...rest, at: place < 0 ? arrivedAt + place * 1_000 : arrivedAt, authorDate: OPENED_AT + written };
      }),
    });
    const lastClose = pr.events.findLast(({ kind }) => kind === 'closed');
    const isClosed = ending === 'closed' && pr.mergedAt === null && lastClose !== undefined;
    return withReviewTimes(isClosed ? { ...pr, state: 'closed', closedAt: lastClose.at } : pr);
  });

/** An inline comment is visible no earlier than its review, and ids name one review each. */
function withReviewTimes(pr: PullRequest): PullRequest {
  const submitted = new Map<string, number>();
  const kept = pr.events.filter((one) => {
    if (one.kind !== 'reviewed' || one.id === null) return true;
    if (submitted.has(one.id)) return false;
    submitted.set(one.id, one.at);
    return true;
  });
  const events = kept.map((one) => {
    if (one.kind !== 'review_commented') return one;
    const review = submitted.get(one.detail.reviewId ?? '');
    return { ...one, detail: { ...one.detail, visibleAt: review === undefined ? one.at : Math.max(one.at, review) } };
  });
  return { ...pr, events: events.sort(compareEvents) };
}
