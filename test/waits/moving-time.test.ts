import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isSharedKind } from '#src/domain/event-kind.ts';
import { movingTime, staysWhileMoving } from '#src/waits/moving-time.ts';
import { pullRequestPhases } from '#src/waits/phases.ts';
import { standing } from '#src/waits/phase-window.ts';
import { aPullRequest, aReference, hours, OPENED_AT } from '#test/support/a-pull-request.ts';
import { arbitraryPullRequest, REFERENCE } from './arbitrary-pull-request.ts';

const STALE_SECONDS = 10 * 3600;

describe('moving time', () => {
  test('lasts from each thing a human did until it is stale; machines and labels move nothing', () => {
    const pr = aPullRequest({
      events: [['commented', hours(4), { actor: '#2' }], ['commented', hours(9), { actor: '#9' }], ['labeled', hours(9), { actor: '#2' }], ['pushed', hours(30), { actor: '#1' }]],
      commits: [{ at: hours(38) }, { at: hours(60), actor: '#9' }],
    });

    expect(movingTime(pr, aReference(), STALE_SECONDS)).toEqual([{ fromAt: hours(0), toAt: hours(14) }, { fromAt: hours(30), toAt: hours(48) }]);
  });

  test('goes on without a break where something happens just as it ends, and counts an inline comment from when it is visible', () => {
    const pr = aPullRequest({ events: [['commented', hours(10), { actor: '#2' }], ['review_commented', hours(12), { actor: '#2', visibleAt: hours(50) }]] });

    expect(movingTime(pr, aReference(), STALE_SECONDS)).toEqual([{ fromAt: hours(0), toAt: hours(20) }, { fromAt: hours(50), toAt: hours(60) }]);
  });

  test('is every instant with something a human did in the time before it, however the events lie', () => {
    fc.assert(
      fc.property(arbitraryPullRequest, fc.integer({ min: -1, max: 200 }), (pr, hour) => {
        const at = OPENED_AT + hour * 3_600_000;
        const isHuman = (actor: string | null): boolean => actor === null || REFERENCE.isHuman(actor);
        const moves = [
          ...pr.events.filter(({ kind, actor }) => (kind === 'pushed' || isSharedKind(kind)) && kind !== 'committed' && isHuman(actor)).map((event) => event.detail.visibleAt ?? event.at),
          ...pr.arrivals.filter(({ actor }) => isHuman(actor)).map((arrival) => arrival.at),
        ];

        const isMoving = movingTime(pr, REFERENCE, STALE_SECONDS).some(({ fromAt, toAt }) => fromAt <= at && at < toAt);

        expect(isMoving).toBe(moves.some((move) => move <= at && at - move < STALE_SECONDS * 1000));
      }),
      { numRuns: 500 },
    );
  });

  test('takes standing still out of what stands', () => {
    const pr = aPullRequest({ events: [['commented', hours(4), { actor: '#2' }], ['commented', hours(30), { actor: '#2' }]] });
    const moving = staysWhileMoving(pullRequestPhases(pr, aReference()), movingTime(pr, aReference(), STALE_SECONDS));

    expect(moving).toEqual([
      { phase: 'awaiting_first_response', enteredAt: hours(0), leftAt: hours(4) },
      { phase: 'awaiting_review', enteredAt: hours(4), leftAt: hours(14) },
      { phase: 'awaiting_review', enteredAt: hours(30), leftAt: hours(40) },
    ]);
    expect(standing(moving, { fromAt: hours(0), toAt: hours(100) })).toMatchObject({ awaiting_first_response: 0.04, awaiting_review: 0.2 });
  });
});
