import { describe, expect, test } from '@jest/globals';
import { isHuman, botLogins } from '#src/config/bots.ts';
import { accountDirectory } from '#src/domain/account.ts';
import { joinEvidence, NO_EVIDENCE, type PullRequestEvidence } from '#src/domain/timeline/evidence.ts';
import { resolveTimeline } from '#src/domain/timeline/resolve.ts';
import type { PullRequest } from '#src/domain/timeline/event.ts';
import type { WaitReference } from '#src/domain/wait.ts';
import { Calendar, workingDays, workingSeconds } from '#src/core/calendar.ts';
import recording from '#src/sources/recording.ts';
import { phaseFlow, standing } from '#src/waits/phase-window.ts';
import { pullRequestPhases } from '#src/waits/phases.ts';
import { waitReference } from '#src/waits/wait-reference.ts';
import { aPullRequest, aReference, hours, type EventInShort } from '#test/support/a-pull-request.ts';
import { phasesInHours, requestsInHours, waitsInHours, waitsOf } from './in-hours.ts';

const AUTHOR = '#1';
const ANN = '#2';
const BEN = '#3';
const BOT = '#9';

describe('the cases that must come out right', () => {
  test('1: draft, ready, draft, ready', () => {
    const pr = aPullRequest({
      draft: true,
      events: [['ready_for_review', hours(2)], ['converted_to_draft', hours(5)], ['ready_for_review', hours(9)], ['commented', hours(10), { actor: ANN }]],
    });

    expect(waitsInHours(pr, 'change.draft')).toEqual([[0, 2, 2, 'ready'], [5, 9, 4, 'ready']]);
    expect(waitsInHours(pr, 'review.first_response')).toEqual([[2, 10, 4, 'responded']]);
    expect(phasesInHours(pr)).toEqual([['draft', 0], ['awaiting_first_response', 2], ['draft', 5], ['awaiting_first_response', 9], ['awaiting_review', 10]]);
  });

  test('2: a review while a draft is early, whatever follows', () => {
    const pr = aPullRequest({
      draft: true,
      events: [['reviewed', hours(1), { actor: ANN, id: '11', state: 'APPROVED' }], ['ready_for_review', hours(3)], ['reviewed', hours(4), { actor: BEN, id: '12', state: 'APPROVED' }], ['merged', hours(5)]],
    });

    expect(waitsInHours(pr, 'review.first_response')).toEqual([[3, 3, 0, 'early']]);
    expect(waitsInHours(pr, 'review.approval')).toEqual([[3, 3, 0, 'early']]);
    expect(waitsInHours(pr, 'change.merge')).toEqual([[1, 5, 2, 'merged']]);
    expect(phasesInHours(pr)).toEqual([['draft', 0], ['awaiting_merge', 3], ['ended', 5]]);
  });

  test("3: the author's own commented review is no response", () => {
    const pr = aPullRequest({ events: [['reviewed', hours(1), { actor: AUTHOR, id: '11', state: 'COMMENTED' }], ['review_commented', hours(1), { actor: AUTHOR, id: '5', reviewId: '11' }]] });

    expect(waitsInHours(pr, 'review.first_response')).toEqual([[0, null, null, null]]);
  });

  test('4: a bot that comments 5 s after opening is no response', () => {
    const pr = aPullRequest({ events: [['commented', hours(0) + 5_000, { actor: BOT, id: '5' }], ['commented', hours(2), { actor: ANN, id: '6' }]] });

    expect(waitsInHours(pr, 'review.first_response')).toEqual([[0, 2, 2, 'responded']]);
  });

  test('5: an approval without a comment is response and approval', () => {
    const pr = aPullRequest({ events: [['reviewed', hours(3), { actor: ANN, id: '11', state: 'APPROVED' }], ['merged', hours(7)]] });

    expect(waitsInHours(pr, 'review.first_response')).toEqual([[0, 3, 3, 'responded']]);
    expect(waitsInHours(pr, 'review.approval')).toEqual([[0, 3, 3, 'approved']]);
    expect(waitsInHours(pr, 'change.merge')).toEqual([[3, 7, 4, 'merged']]);
  });

  test('6: a re-request after changes ends the rework and asks anew', () => {
    const pr = aPullRequest({
      events: [
        ['review_requested', hours(0), { actor: AUTHOR, target: ANN }],
        ['reviewed', hours(2), { actor: ANN, id: '11', state: 'CHANGES_REQUESTED' }],
        ['review_requested', hours(6), { actor: AUTHOR, target: ANN }],
        ['reviewed', hours(9), { actor: ANN, id: '12', state: 'APPROVED' }],
      ],
    });

    expect(waitsInHours(pr, 'review.rework')).toEqual([[2, 6, 4, 'reworked']]);
    expect(requestsInHours(pr)).toEqual({ [ANN]: [[0, 2, 2, 'responded'], [6, 9, 3, 'responded']] });
    expect(waitsOf(pr, 'review.request_response').map(({ round }) => round)).toEqual([1, 2]);
    expect(phasesInHours(pr)).toEqual([['awaiting_first_response', 0], ['author_rework', 2], ['awaiting_review', 6], ['awaiting_merge', 9]]);
  });

  test('7: an approval dismissed by a push was given, but no longer makes it ready to merge', () => {
    const pr = aPullRequest({
      events: [
        ['reviewed', hours(2), { actor: ANN, id: '11', state: 'APPROVED' }],
        ['force_pushed', hours(4), { actor: AUTHOR }],
        ['review_dismissed', hours(4), { actor: AUTHOR, reviewId: '11', state: 'APPROVED' }],
        ['reviewed', hours(7), { actor: ANN, id: '12', state: 'APPROVED' }],
        ['merged', hours(8)],
      ],
    });

    expect(waitsInHours(pr, 'review.approval')).toEqual([[0, 2, 2, 'approved']]);
    expect(waitsInHours(pr, 'change.merge')).toEqual([[2, 8, 6, 'merged']]);
    expect(phasesInHours(pr)).toEqual([['awaiting_first_response', 0], ['awaiting_merge', 2], ['awaiting_review', 4], ['awaiting_merge', 7], ['ended', 8]]);
  });

  test('8: a rebase keeps author dates for coding, and arrives as a push at its own time', () => {
    const pr = aPullRequest({
      events: [['reviewed', hours(2), { actor: ANN, id: '11', state: 'CHANGES_REQUESTED' }]],
      commits: [{ at: hours(6), authorDate: hours(-3) }, { at: hours(6), authorDate: hours(5) }],
    });

    expect(waitsInHours(pr, 'change.coding')).toEqual([[-3, 0, 3, 'opened']]);
    expect(waitsInHours(pr, 'review.rework')).toEqual([[2, 6, 4, 'reworked']]);
    expect(waitsOf(pr, 'review.rework')[0]?.endedFrom).toBe('bound');
  });

  test('9: merged without a review: the waits ended without one, none is 0, nothing waited for the merge', () => {
    const pr = aPullRequest({ events: [['merged', hours(4)], ['closed', hours(4)], ['commented', hours(5), { actor: ANN }]] });

    expect(waitsInHours(pr, 'review.first_response')).toEqual([[0, 4, 4, 'merged']]);
    expect(waitsInHours(pr, 'review.approval')).toEqual([[0, 4, 4, 'merged']]);
    expect(waitsOf(pr, 'change.merge')).toEqual([]);
    expect(waitsOf(pr, 'change.coding')).toEqual([]);
    expect(waitsInHours(pr, 'change.lead')).toEqual([[0, 4, 4, 'merged']]);
  });

  test('10: closed unmerged ends every wait at the close; a word after it answers nothing', () => {
    const pr = aPullRequest({
      events: [['review_requested', hours(1), { target: ANN }], ['closed', hours(6)], ['commented', hours(7), { actor: BEN }], ['review_requested', hours(8), { target: BEN }], ['reviewed', hours(9), { actor: ANN, id: '11', state: 'APPROVED' }]],
    });

    expect(waitsInHours(pr, 'review.first_response')).toEqual([[0, 6, 6, 'closed']]);
    expect(requestsInHours(pr)).toEqual({ [ANN]: [[1, 6, 5, 'closed']] });
    expect(waitsOf(pr, 'change.merge')).toEqual([]);
    expect(waitsInHours(pr, 'change.lead')).toEqual([[0, 6, 6, 'closed']]);
  });

  test('11: still open at the window’s end has no end and no length, and stands in its phase until then', () => {
    const pr = aPullRequest({ events: [['converted_to_draft', hours(1)], ['ready_for_review', hours(3)]] });

    expect(waitsOf(pr, 'review.first_response')).toMatchObject([{ endedAt: null, endedFrom: null, seconds: null, outcome: null, pausedSeconds: 7200 }]);
    expect(standing(pullRequestPhases(pr, aReference()), { fromAt: hours(0), toAt: hours(10) })).toMatchObject({ awaiting_first_response: 0.8, draft: 0.2 });
  });

  test('12: opened before history starts counts for its part in the window and is no arrival', () => {
    const pr = aPullRequest({ events: [['commented', hours(30), { actor: ANN }]] });
    const stays = pullRequestPhases(pr, aReference());

    const window = { fromAt: hours(20), toAt: hours(40) };

    expect(standing(stays, window)).toMatchObject({ awaiting_first_response: 0.5, awaiting_review: 0.5 });
    expect(phaseFlow(stays, window)).toMatchObject({ awaiting_first_response: { arrivals: 0, departures: 1 }, awaiting_review: { arrivals: 1, departures: 0 } });
  });

  test('13: Friday 18:00 to Monday 09:00 is no working time but for the hour before and after, in two zones over a DST change', () => {
    const hoursOf = (zone: string): Calendar => new Calendar({ zone, hours: officeHours('08:00', '19:00'), holidays: [] });
    const berlin = [Date.parse('2025-03-28T17:00:00Z'), Date.parse('2025-03-31T07:00:00Z')] as const;
    const newYork = [Date.parse('2025-03-07T23:00:00Z'), Date.parse('2025-03-10T13:00:00Z')] as const;

    expect((berlin[1] - berlin[0]) / 3_600_000).toBe(62);
    expect(workingSeconds(...berlin, hoursOf('Europe/Berlin'))).toBe(7200);
    expect(workingDays(...berlin, hoursOf('Europe/Berlin'))).toBeCloseTo(2 / 11, 12);
    expect(workingSeconds(...newYork, hoursOf('America/New_York'))).toBe(7200);
    expect(workingSeconds(...berlin, hoursOf('America/New_York'))).toBe(6 * 3600);
  });

  test('14: a merge queue with two evictions is three rounds, each with its own end', () => {
    const pr = aPullRequest({
      events: [
        ['added_to_merge_queue', hours(1)], ['removed_from_merge_queue', hours(2), { reason: 'CI_FAILURE' }],
        ['added_to_merge_queue', hours(4)], ['removed_from_merge_queue', hours(7), { reason: 'MANUAL' }],
        ['added_to_merge_queue', hours(8)], ['removed_from_merge_queue', hours(9), { reason: 'MERGE' }], ['merged', hours(9)],
      ],
    });

    expect(waitsOf(pr, 'change.merge_queue').map(({ round, seconds, outcome, reason }) => [round, seconds, outcome, reason])).toEqual([
      [1, 3600, 'removed', 'CI_FAILURE'],
      [2, 10_800, 'removed', 'MANUAL'],
      [3, 3600, 'merged', null],
    ]);
    expect(phasesInHours(pr).filter(([phase]) => phase === 'merge_queue')).toEqual([['merge_queue', 1], ['merge_queue', 4], ['merge_queue', 8]]);
  });

  test('19: a ghost is an unknown human by whatever form it comes, and nobody known; on a ghost’s own pull request it does not count', () => {
    const events: EventInShort[] = [['review_requested', hours(0), { target: ANN }], ['reviewed', hours(2), { actor: '#10137', id: '11', state: 'APPROVED' }]];

    expect(waitsInHours(aPullRequest({ events }), 'review.first_response')).toEqual([[0, 2, 2, 'responded']]);
    expect(waitsInHours(aPullRequest({ events: [['commented', hours(2), { actor: null }]] }), 'review.first_response')).toEqual([[0, 2, 2, 'responded']]);
    expect(requestsInHours(aPullRequest({ events }))).toEqual({ [ANN]: [[0, null, null, null]] });
    expect(waitsInHours(aPullRequest({ author: 'ghost', events }), 'review.approval')).toEqual([[0, null, null, null]]);
  });

  test('20: a team’s request is answered by a member of it, not by someone else, nor by the author who is one', () => {
    const reference = aReference({ teams: { '%core': [AUTHOR, BEN] }, todaysTeams: { '%docs': [BEN] } });
    const pr = aPullRequest({
      events: [
        ['review_requested', hours(0), { target: '%core' }], ['review_requested', hours(0), { target: '%docs' }], ['review_requested', hours(0), { target: '%elsewhere' }],
        ['commented', hours(1), { actor: BEN }],
        ['reviewed', hours(2), { actor: AUTHOR, id: '10', state: 'COMMENTED' }],
        ['reviewed', hours(3), { actor: ANN, id: '11', state: 'COMMENTED' }],
        ['reviewed', hours(5), { actor: BEN, id: '12', state: 'COMMENTED' }],
      ],
    });

    expect(requestsInHours(pr, reference)).toEqual({ '%core': [[0, 5, 5, 'responded']], '%docs': [[0, 5, 5, 'responded']], '%elsewhere': [[0, 3, 3, 'responded']] });
    expect(waitsOf(pr, 'review.request_response', reference).map(({ waitsOn, endedFrom }) => [waitsOn, endedFrom])).toEqual([['%core', 'github'], ['%docs', 'bound'], ['%elsewhere', 'github']]);
  });

  test('24: of more than 100 reviews none is overlooked', () => {
    const many = Array.from({ length: 150 }, (_, index): EventInShort => ['reviewed', hours(1 + index), { actor: BOT, id: String(index + 1), state: 'COMMENTED' }]);
    const pr = aPullRequest({ events: [...many, ['reviewed', hours(200), { actor: ANN, id: '999', state: 'APPROVED' }]] });

    expect(waitsInHours(pr, 'review.first_response')).toEqual([[0, 200, 200, 'responded']]);
  });

  test('26: retargeting to another branch changes no wait', () => {
    const events: EventInShort[] = [['commented', hours(3), { actor: ANN }], ['merged', hours(5)]];
    const straight = aPullRequest({ events });
    const retargeted = aPullRequest({ events: [...events, ['base_ref_changed', hours(1), { actor: ANN }]] });

    expect(waitsInHours(retargeted, 'review.first_response')).toEqual([[0, 3, 3, 'responded']]);
    expect(phasesInHours(retargeted)).toEqual(phasesInHours(straight));
  });

  test('27: a revert is a pull request of its own and undoes no wait of the one it reverts', () => {
    const pr = aPullRequest({ events: [['merged', hours(2)], ['closed', hours(2)], ['referenced', hours(20), { actor: ANN, sha: 'r1' }]] });

    expect(waitsInHours(pr, 'change.lead')).toEqual([[0, 2, 2, 'merged']]);
    expect(phasesInHours(pr).at(-1)).toEqual(['ended', 2]);
  });

  test('28: reopened: the time closed is a pause, an answer in it ends the wait at its own time', () => {
    const closedThenOpen: EventInShort[] = [['closed', hours(2)], ['reopened', hours(10)]];
    const answered = aPullRequest({ events: [...closedThenOpen, ['commented', hours(12), { actor: ANN }]] });
    const answeredMeanwhile = aPullRequest({ events: [...closedThenOpen, ['commented', hours(5), { actor: ANN }]] });
    const closedAgain = aPullRequest({ events: [...closedThenOpen, ['closed', hours(13)]] });

    expect(waitsInHours(answered, 'review.first_response')).toEqual([[0, 12, 4, 'responded']]);
    expect(waitsInHours(answeredMeanwhile, 'review.first_response')).toEqual([[0, 5, 2, 'responded']]);
    expect(waitsInHours(closedAgain, 'review.first_response')).toEqual([[0, 13, 5, 'closed']]);
    expect(waitsInHours(closedAgain, 'change.lead')).toEqual([[0, 13, 13, 'closed']]);
    expect(phasesInHours(closedAgain)).toEqual([['awaiting_first_response', 0], ['ended', 2], ['awaiting_first_response', 10], ['ended', 13]]);
  });

  test('29: a bot whose type is User is no human when the list of bots names it', () => {
    const accounts = accountDirectory([{ id: '2', login: 'DrahtBot', type: 'User', seenAt: 0 }, { id: '3', login: 'ann', type: 'User', seenAt: 0 }]);
    const pr = aPullRequest({ events: [['commented', hours(1), { actor: ANN }], ['commented', hours(4), { actor: BEN }]] });

    expect(waitsInHours(pr, 'review.first_response', referenceOf(accounts))).toEqual([[0, 4, 4, 'responded']]);
  });

  test('30: ids above 2^53 stay apart', () => {
    const pr = aPullRequest({
      events: [
        ['reviewed', hours(1), { actor: ANN, id: '9007199254740993', state: 'CHANGES_REQUESTED' }],
        ['review_dismissed', hours(2), { actor: AUTHOR, reviewId: '9007199254740992' }],
        ['review_dismissed', hours(5), { actor: AUTHOR, reviewId: '9007199254740993' }],
      ],
    });

    expect(waitsInHours(pr, 'review.rework')).toEqual([[1, 5, 4, 'dismissed']]);
  });

  test('31: an account renamed is asked by one name and answers under another', () => {
    const accounts = accountDirectory([{ id: '2', login: 'ann-old', type: 'User', seenAt: 1 }, { id: '2', login: 'ann', type: 'User', seenAt: 2 }]);
    const pr = aPullRequest({ events: [['review_requested', hours(0), { target: '@ann-old' }], ['reviewed', hours(3), { actor: '@ann', id: '11', state: 'COMMENTED' }]] });

    expect(requestsInHours(pr, referenceOf(accounts))).toEqual({ [ANN]: [[0, 3, 3, 'responded']] });
  });

  test('32: a listing cut off in the middle takes no answer away', () => {
    const complete = recorded(['commented'], {});
    const cutOff = recording.read({ repository: 'o/n', recording: { ...raw([]), comments: 1 } }, { ...ENVELOPE, takenAt: hours(20) });

    expect(cutOff).toMatchObject({ outcome: 'ignored' });
    expect(waitsInHours(resolved(complete), 'review.first_response')).toEqual([[0, 3, 3, 'responded']]);
  });

  test('33: a comment deleted is no response any more', () => {
    const before = recorded(['commented'], {});
    const after = recorded([], { takenAt: hours(20) });

    expect(waitsInHours(resolved(before), 'review.first_response')).toEqual([[0, 3, 3, 'responded']]);
    expect(waitsInHours(resolved(joinEvidence(before, after)), 'review.first_response')).toEqual([[0, null, null, null]]);
    expect(waitsInHours(resolved(joinEvidence(before, after), true), 'review.first_response')).toEqual([[0, null, null, null]]);
  });
});

const ENVELOPE = { guid: 'sha256:0', channel: 'recording', event: 'recording', deliveredAt: hours(10), takenAt: hours(10) } as const;

function raw(kinds: readonly string[]): object {
  const instant = (count: number): string => new Date(hours(count)).toISOString();
  return {
    kind: 'pr', number: 1, id: 1, state: 'open', draft: false, user: { login: 'author', id: 1, type: 'User' },
    created_at: instant(0), updated_at: instant(3), closed_at: null, merged_at: null, commits: 0,
    events: kinds.map((event) => ({ event, id: 5, created_at: instant(3), user: { login: 'ann', id: 2, type: 'User' } })),
    review_comment_list: [],
  };
}

function recorded(kinds: readonly string[], { takenAt = hours(10) }): PullRequestEvidence {
  const reading = recording.read({ repository: 'o/n', recording: raw(kinds) }, { ...ENVELOPE, guid: `sha256:${String(takenAt)}`, takenAt });
  return reading.outcome === 'facts' ? (reading.changes.pullRequests?.[0]?.evidence ?? NO_EVIDENCE) : NO_EVIDENCE;
}

function resolved(evidence: PullRequestEvidence, withGone = false): PullRequest {
  const pr = resolveTimeline(evidence, { repositoryId: '1', number: 1, accounts: accountDirectory([]), pushes: [], withGone });
  if (pr === null) throw new Error('The evidence does not say when it was opened.');
  return pr;
}

function referenceOf(accounts: ReturnType<typeof accountDirectory>): WaitReference {
  const bots = botLogins([]);
  return waitReference(accounts, (account) => isHuman(account, bots), { teams: [], memberships: [], memberListings: [] });
}

function officeHours(start: string, end: string): Record<'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday', { startMinute: number; endMinute: number }[]> {
  const minutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
  const day = [{ startMinute: minutes(start), endMinute: minutes(end) }];
  return { monday: day, tuesday: day, wednesday: day, thursday: day, friday: day, saturday: [], sunday: [] };
}
