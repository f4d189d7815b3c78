import { describe, expect, test } from '@jest/globals';
import { aPullRequest, aReference, hours, type EventInShort } from '#test/support/a-pull-request.ts';
import { phasesInHours, requestsInHours, waitsInHours, waitsOf } from './in-hours.ts';

const AUTHOR = '#1';
const ANN = '#2';
const BEN = '#3';
const BOT = '#9';

const review = (at: number, actor: string, state: string, id: string): EventInShort => ['reviewed', at, { actor, state, id }];
const asked = (at: number, target = ANN): EventInShort => ['review_requested', at, { actor: AUTHOR, target }];
const unasked = (at: number, target = ANN): EventInShort => ['review_request_removed', at, { actor: AUTHOR, target }];

describe('a review request', () => {
  test('of a machine, of the author or of nobody known is not waited on', () => {
    const pr = aPullRequest({ events: [asked(hours(0), BOT), asked(hours(0), AUTHOR), ['review_requested', hours(0), {}], asked(hours(0), '=someone')] });

    expect(waitsOf(pr, 'review.request_response')).toEqual([]);
  });

  test('ends as removed when it is taken back', () => {
    const pr = aPullRequest({ events: [asked(hours(0)), unasked(hours(3)), review(hours(4), ANN, 'COMMENTED', '11')] });

    expect(requestsInHours(pr)).toEqual({ [ANN]: [[0, 3, 3, 'removed']] });
  });

  test('taken back and made again within 60 s was not taken back', () => {
    const again = (after: number): EventInShort[] => [asked(hours(0)), unasked(hours(3)), asked(hours(3) + after), review(hours(5), ANN, 'COMMENTED', '11')];

    expect(requestsInHours(aPullRequest({ events: again(60_000) }))).toEqual({ [ANN]: [[0, 5, 5, 'responded']] });
    expect(requestsInHours(aPullRequest({ events: again(61_000) }))[ANN]?.map(([, , , outcome]) => outcome)).toEqual(['removed', 'responded']);
  });

  test('taken back right before the merge and made again right after it ends with the merge', () => {
    const pr = aPullRequest({ events: [asked(hours(0)), unasked(hours(3)), ['merged', hours(3) + 5_000], asked(hours(3) + 10_000)] });

    expect(waitsOf(pr, 'review.request_response')).toMatchObject([{ outcome: 'merged', seconds: 10_805 }]);
  });

  test('of someone who is asked already starts nothing', () => {
    const pr = aPullRequest({ events: [asked(hours(0)), asked(hours(2)), review(hours(5), ANN, 'COMMENTED', '11')] });

    expect(requestsInHours(pr)).toEqual({ [ANN]: [[0, 5, 5, 'responded']] });
  });

  test('is answered by a review, not by a comment, nor by one that was never submitted', () => {
    const pr = aPullRequest({ events: [asked(hours(0)), ['commented', hours(1), { actor: ANN }], review(hours(2), ANN, 'PENDING', '10'), review(hours(4), ANN, 'DISMISSED', '11')] });

    expect(requestsInHours(pr)).toEqual({ [ANN]: [[0, 4, 4, 'responded']] });
  });

  test('made while closed starts with its clock standing; where it was never reopened there is no wait', () => {
    const reopened = aPullRequest({ events: [['closed', hours(1)], asked(hours(2)), ['reopened', hours(6)], review(hours(9), ANN, 'APPROVED', '11')] });
    const stayedClosed = aPullRequest({ events: [['closed', hours(1)], asked(hours(2))] });

    expect(requestsInHours(reopened)).toEqual({ [ANN]: [[2, 9, 3, 'responded']] });
    expect(waitsOf(stayedClosed, 'review.request_response')).toEqual([]);
  });

  test('made after the merge is not waited on', () => {
    const pr = aPullRequest({ events: [['merged', hours(1)], asked(hours(2))] });

    expect(waitsOf(pr, 'review.request_response')).toEqual([]);
  });

  test('of a team without known members is not answered by a machine or the author', () => {
    const pr = aPullRequest({ events: [asked(hours(0), '%core'), review(hours(1), BOT, 'APPROVED', '11'), review(hours(2), AUTHOR, 'COMMENTED', '12'), review(hours(3), BEN, 'COMMENTED', '13')] });

    expect(requestsInHours(pr)).toEqual({ '%core': [[0, 3, 3, 'responded']] });
  });
});

describe('a first response', () => {
  test('and a close at one second are a response first and an end second', () => {
    const pr = aPullRequest({ events: [['closed', hours(2)], ['commented', hours(2), { actor: ANN }]] });

    expect(waitsInHours(pr, 'review.first_response')).toEqual([[0, 2, 2, 'responded']]);
  });

  test('by inline comment counts from when it became visible', () => {
    const pr = aPullRequest({ events: [['review_commented', hours(1), { actor: ANN, id: '5', reviewId: '11', visibleAt: hours(4) }], ['commented', hours(6), { actor: BEN }]] });

    expect(waitsInHours(pr, 'review.first_response')).toEqual([[0, 4, 4, 'responded']]);
  });

  test('by inline comment has its time from the review it became visible with; what GitHub numbered first comes first', () => {
    const at = hours(4);
    const inline = (id: string): EventInShort => ['review_commented', hours(1), { actor: ANN, id, reviewId: '11', visibleAt: at }];
    const submitted: EventInShort = ['reviewed', at, { actor: ANN, id: '11', state: 'COMMENTED', atFrom: 'delivered' }];
    const endedFrom = (...events: EventInShort[]): unknown => waitsOf(aPullRequest({ events }), 'review.first_response')[0]?.endedFrom;

    expect(endedFrom(inline('5'), submitted)).toBe('delivered');
    expect(endedFrom(inline('5'), submitted, ['commented', at, { actor: BEN, id: '6' }])).toBe('delivered');
    expect(endedFrom(inline('7'), submitted, ['commented', at, { actor: BEN, id: '6' }])).toBe('github');
  });

  test('by inline comment that became visible after the merge is none', () => {
    const pr = aPullRequest({ events: [['review_commented', hours(1), { actor: ANN, id: '5', reviewId: '11', visibleAt: hours(4) }], ['merged', hours(3)]] });

    expect(waitsInHours(pr, 'review.first_response')).toEqual([[0, 3, 3, 'merged']]);
  });

  test('is not waited for where a draft was never ready', () => {
    const pr = aPullRequest({ draft: true, events: [['commented', hours(1), { actor: ANN }], ['closed', hours(2)]] });

    expect(waitsOf(pr, 'review.first_response')).toEqual([]);
    expect(waitsOf(pr, 'review.approval')).toEqual([]);
    expect(waitsInHours(pr, 'change.draft')).toEqual([[0, 2, 2, 'closed']]);
  });

  test('to a draft made ready while closed is waited for from the reopening on', () => {
    const pr = aPullRequest({ draft: true, events: [['closed', hours(1)], ['ready_for_review', hours(2)], ['reopened', hours(5)], ['commented', hours(6), { actor: ANN }]] });

    expect(waitsInHours(pr, 'review.first_response')).toEqual([[5, 6, 1, 'responded']]);
    expect(waitsInHours(pr, 'change.draft')).toEqual([[0, 2, 1, 'ready']]);
  });

  test('given in a later draft ends the wait at its own time, with the seconds counted so far', () => {
    const pr = aPullRequest({ events: [['converted_to_draft', hours(2)], ['commented', hours(7), { actor: ANN }], ['ready_for_review', hours(9)]] });

    expect(waitsInHours(pr, 'review.first_response')).toEqual([[0, 7, 2, 'responded']]);
  });
});

describe('rework', () => {
  const changes = (at: number, actor = ANN, id = '11'): EventInShort => review(at, actor, 'CHANGES_REQUESTED', id);

  test('ends with the next push, not with one at the second of the review, nor with a machine’s', () => {
    const pr = aPullRequest({ events: [['pushed', hours(2), { actor: AUTHOR }], changes(hours(2)), ['pushed', hours(3), { actor: BOT }], ['pushed', hours(5), { actor: BEN }]], commits: [{ at: hours(4), actor: BOT }] });

    expect(waitsInHours(pr, 'review.rework')).toEqual([[2, 5, 3, 'reworked']]);
  });

  test('asked for again after a push is a second round', () => {
    const pr = aPullRequest({ events: [changes(hours(1)), ['force_pushed', hours(2), { actor: AUTHOR }], changes(hours(4), ANN, '12'), ['force_pushed', hours(7), { actor: AUTHOR }]] });

    expect(waitsInHours(pr, 'review.rework')).toEqual([[1, 2, 1, 'reworked'], [4, 7, 3, 'reworked']]);
    expect(waitsOf(pr, 'review.rework').map(({ round }) => round)).toEqual([1, 2]);
  });

  test('that was answered is forgotten: the next one is over when those who asked for it then have approved', () => {
    const pr = aPullRequest({ events: [changes(hours(1)), ['pushed', hours(2), { actor: AUTHOR }], changes(hours(3), BEN, '12'), asked(hours(4), ANN), review(hours(6), BEN, 'APPROVED', '13')] });

    expect(waitsInHours(pr, 'review.rework')).toEqual([[1, 2, 1, 'reworked'], [3, 6, 3, 'approved']]);
  });

  test('asked for by two is one wait, over when both have approved or been dismissed, by what the last one did', () => {
    const approved = aPullRequest({ events: [changes(hours(1)), changes(hours(2), BEN, '12'), review(hours(3), ANN, 'APPROVED', '13'), review(hours(6), BEN, 'APPROVED', '14')] });
    const dismissed = aPullRequest({ events: [changes(hours(1)), changes(hours(2), BEN, '12'), review(hours(3), ANN, 'APPROVED', '13'), ['review_dismissed', hours(6), { reviewId: '12' }]] });

    expect(waitsInHours(approved, 'review.rework')).toEqual([[1, 6, 5, 'approved']]);
    expect(waitsInHours(dismissed, 'review.rework')).toEqual([[1, 6, 5, 'dismissed']]);
  });

  test('is not over when an earlier verdict of the same reviewer is dismissed', () => {
    const pr = aPullRequest({ events: [changes(hours(1)), changes(hours(2), ANN, '12'), ['review_dismissed', hours(3), { reviewId: '11' }], ['review_dismissed', hours(5), { reviewId: '12' }]] });

    expect(waitsInHours(pr, 'review.rework')).toEqual([[1, 5, 4, 'dismissed']]);
  });

  test('is not over when someone else is asked for a review or approves', () => {
    const pr = aPullRequest({ events: [changes(hours(1)), asked(hours(2), BEN), review(hours(3), BEN, 'APPROVED', '12'), asked(hours(6), ANN)] });

    expect(waitsInHours(pr, 'review.rework')).toEqual([[1, 6, 5, 'reworked']]);
  });

  test('stands still in draft, and a push in draft ends it', () => {
    const pr = aPullRequest({ events: [changes(hours(1)), ['converted_to_draft', hours(2)], ['pushed', hours(8), { actor: AUTHOR }]] });

    expect(waitsInHours(pr, 'review.rework')).toEqual([[1, 8, 1, 'reworked']]);
  });
});

describe('the end of a pull request', () => {
  test('by merge wins over the close a second before it', () => {
    const pr = aPullRequest({ events: [['closed', hours(2) - 1_000], ['merged', hours(2)]] });

    expect(waitsInHours(pr, 'review.first_response')).toEqual([[0, 2, 2, 'merged']]);
    expect(phasesInHours(pr)).toEqual([['awaiting_first_response', 0], ['ended', 2]]);
  });

  test('by merge after a close whose reopening nobody told leaves that time out', () => {
    const pr = aPullRequest({ events: [['closed', hours(2)], ['merged', hours(5)]] });

    expect(waitsInHours(pr, 'review.first_response')).toEqual([[0, 5, 2, 'merged']]);
  });

  test('is none while it is open, whenever it was closed before', () => {
    const reopened = aPullRequest({ events: [['closed', hours(1)], ['reopened', hours(2)]] });

    expect(waitsInHours({ ...reopened, closedAt: hours(1) }, 'change.lead')).toEqual([[0, null, null, null]]);
  });

  test('counts for an open wait’s pauses only once they are over', () => {
    const pr = aPullRequest({ events: [['closed', hours(1)], ['reopened', hours(3)], ['converted_to_draft', hours(4)]] });

    expect(waitsOf(pr, 'review.first_response')).toMatchObject([{ seconds: null, pausedSeconds: 7200 }]);
    expect(waitsOf(pr, 'change.draft')).toMatchObject([{ seconds: null, pausedSeconds: 0 }]);
    expect(waitsOf(pr, 'change.lead')).toMatchObject([{ seconds: null, pausedSeconds: 0 }]);
  });
});

describe('the merge queue', () => {
  const inQueue = (...more: EventInShort[]): ReturnType<typeof aPullRequest> => aPullRequest({ events: [['added_to_merge_queue', hours(1)], ...more] });

  test('that let go without a word right before the merge merged it', () => {
    expect(waitsInHours(inQueue(['removed_from_merge_queue', hours(3) - 2_000], ['merged', hours(3)]), 'change.merge_queue')).toEqual([[1, 3, 2, 'merged']]);
  });

  test('that let go without a word long before the merge removed it', () => {
    expect(waitsInHours(inQueue(['removed_from_merge_queue', hours(2)], ['merged', hours(3)]), 'change.merge_queue')).toEqual([[1, 2, 1, 'removed']]);
  });

  test('that let go without a word and took it in again before the merge removed it once', () => {
    const pr = inQueue(['removed_from_merge_queue', hours(3) - 20_000], ['added_to_merge_queue', hours(3) - 10_000], ['merged', hours(3)]);

    expect(waitsOf(pr, 'change.merge_queue').map(({ round, outcome }) => [round, outcome])).toEqual([[1, 'removed'], [2, 'merged']]);
  });

  test('entered twice without leaving is one stay, and lasts while nothing ends it', () => {
    expect(waitsInHours(inQueue(['added_to_merge_queue', hours(2)]), 'change.merge_queue')).toEqual([[1, null, null, null]]);
  });
});

describe('coding', () => {
  test('starts with the earliest author date, of however late a commit, but with none after the opening', () => {
    const pr = aPullRequest({ commits: [{ at: hours(8), authorDate: hours(-5) }, { at: hours(-1), authorDate: hours(-2) }, { at: hours(2), authorDate: hours(1) }] });
    const later = aPullRequest({ commits: [{ at: hours(2), authorDate: hours(1) }] });

    expect(waitsInHours(pr, 'change.coding')).toEqual([[-5, 0, 5, 'opened']]);
    expect(waitsOf(later, 'change.coding')).toEqual([]);
  });
});

describe('a phase', () => {
  test('is awaiting_review, not awaiting_merge, while someone’s wish for changes stands, although it was pushed to', () => {
    const pr = aPullRequest({ events: [review(hours(1), BEN, 'CHANGES_REQUESTED', '11'), ['pushed', hours(2), { actor: AUTHOR }], review(hours(3), ANN, 'APPROVED', '12'), review(hours(5), BEN, 'APPROVED', '13')] });

    expect(phasesInHours(pr)).toEqual([['awaiting_first_response', 0], ['author_rework', 1], ['awaiting_review', 2], ['awaiting_merge', 5]]);
  });

  test('goes by the newest verdict: a comment changes none, changes asked for after an approval take it back', () => {
    const pr = aPullRequest({ events: [review(hours(1), ANN, 'APPROVED', '11'), review(hours(2), ANN, 'COMMENTED', '12'), review(hours(3), ANN, 'CHANGES_REQUESTED', '13')] });

    expect(phasesInHours(pr)).toEqual([['awaiting_first_response', 0], ['awaiting_merge', 1], ['author_rework', 3]]);
  });

  test('in the merge queue is merge_queue, in draft draft, whatever else holds', () => {
    const pr = aPullRequest({ events: [review(hours(1), ANN, 'APPROVED', '11'), ['added_to_merge_queue', hours(2)], ['converted_to_draft', hours(3)], ['ready_for_review', hours(4)], ['removed_from_merge_queue', hours(5), { reason: 'CI_FAILURE' }]] });

    expect(phasesInHours(pr)).toEqual([['awaiting_first_response', 0], ['awaiting_merge', 1], ['merge_queue', 2], ['draft', 3], ['merge_queue', 4], ['awaiting_merge', 5]]);
  });

  test('is awaiting_review when a response came in draft', () => {
    const pr = aPullRequest({ draft: true, events: [['commented', hours(1), { actor: ANN }], ['ready_for_review', hours(2)]] });

    expect(phasesInHours(pr, aReference())).toEqual([['draft', 0], ['awaiting_review', 2]]);
  });

  test('that lasted no time counts for nothing', () => {
    const pr = aPullRequest({ events: [['converted_to_draft', hours(1)], ['ready_for_review', hours(1)]] });

    expect(phasesInHours(pr)).toEqual([['awaiting_first_response', 0]]);
  });
});
