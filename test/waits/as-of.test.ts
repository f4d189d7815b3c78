import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { asOf } from '#src/waits/as-of.ts';
import { pullRequestWaits } from '#src/waits/pull-request-waits.ts';
import { aPullRequest, hours, OPENED_AT } from '#test/support/a-pull-request.ts';
import { arbitraryPullRequest, REFERENCE } from './arbitrary-pull-request.ts';
import { waitsInHours } from './in-hours.ts';

describe('a pull request as of an instant', () => {
  const pr = aPullRequest({ draft: true, events: [['ready_for_review', hours(2)], ['commented', hours(5), { actor: '#2' }], ['closed', hours(7)], ['reopened', hours(9)], ['merged', hours(12)]] });
  const firstResponseAt = (at: number): unknown => {
    const then = asOf(pr, at);
    return then === null ? null : [then.state, then.draft, waitsInHours(then, 'review.first_response')];
  };

  test('has the state, the end and the waits that it had then', () => {
    expect(firstResponseAt(hours(-1))).toBeNull();
    expect(firstResponseAt(hours(1))).toEqual(['open', true, []]);
    expect(firstResponseAt(hours(4))).toEqual(['open', false, [[2, null, null, null]]]);
    expect(firstResponseAt(hours(5))).toEqual(['open', false, [[2, 5, 3, 'responded']]]);
    expect(asOf(pr, hours(8))).toMatchObject({ state: 'closed', closedAt: hours(7), mergedAt: null });
    expect(asOf(pr, hours(10))).toMatchObject({ state: 'open', closedAt: null, mergedAt: null });
    expect(asOf(pr, hours(12))).toMatchObject({ state: 'closed', mergedAt: hours(12) });
  });

  test('does not know an inline comment that was not yet visible', () => {
    const commented = aPullRequest({ events: [['review_commented', hours(1), { actor: '#2', visibleAt: hours(4) }]] });

    expect(asOf(commented, hours(3))?.events.map(({ kind }) => kind)).toEqual(['opened']);
    expect(asOf(commented, hours(4))?.events.map(({ kind }) => kind)).toEqual(['opened', 'review_commented']);
  });

  test('long after its last event is as it is today', () => {
    fc.assert(
      fc.property(arbitraryPullRequest, (any) => {
        const later = asOf(any, OPENED_AT + 1e12);

        expect(later === null ? null : pullRequestWaits(later, REFERENCE)).toEqual(pullRequestWaits(any, REFERENCE));
      }),
      { numRuns: 300 },
    );
  });

  test('has no wait that starts or ends later, and keeps each answer that was given by then', () => {
    fc.assert(
      fc.property(arbitraryPullRequest, fc.nat({ max: 60 }), (any, hour) => {
        const at = OPENED_AT + hour * 3_600_000;
        const then = asOf(any, at);
        const waits = then === null ? [] : pullRequestWaits(then, REFERENCE);

        expect(waits.every(({ startedAt, endedAt }) => startedAt <= at && (endedAt ?? at) <= at)).toBe(true);
        const lasting = ['responded', 'approved', 'early'];
        const today = pullRequestWaits(any, REFERENCE).filter(({ stage, outcome, endedAt }) => stage === 'review.first_response' && lasting.includes(outcome ?? '') && (endedAt ?? Infinity) <= at);
        for (const wait of today) expect(waits).toContainEqual(wait);
      }),
      { numRuns: 500 },
    );
  });
});
