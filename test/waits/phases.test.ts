import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PHASES } from '#src/domain/wait.ts';
import { phaseFlow, standing } from '#src/waits/phase-window.ts';
import { pullRequestPhases } from '#src/waits/phases.ts';
import { pullRequestWaits } from '#src/waits/pull-request-waits.ts';
import { OPENED_AT } from '#test/support/a-pull-request.ts';
import { arbitraryPullRequest, REFERENCE } from './arbitrary-pull-request.ts';
import { oraclePhase } from './phase-oracle.ts';

const runs = { numRuns: 1_000 };
const hour = 3_600_000;
const instant = fc.integer({ min: -10, max: 400 }).map((count) => OPENED_AT + count * hour);

describe('the phases of a pull request', () => {
  test('partition its life: each stay begins where the last one left, none is of no length, none repeats its neighbour', () => {
    fc.assert(
      fc.property(arbitraryPullRequest, (pr) => {
        const stays = pullRequestPhases(pr, REFERENCE);

        expect(stays[0]?.enteredAt).toBe(pr.createdAt);
        expect(stays.at(-1)?.leftAt).toBeNull();
        stays.slice(1).forEach((stay, index) => {
          expect(stays[index]?.leftAt).toBe(stay.enteredAt);
          expect(stays[index]?.phase).not.toBe(stay.phase);
        });
        expect(stays.every(({ enteredAt, leftAt }) => leftAt === null || leftAt > enteredAt)).toBe(true);
      }),
      runs,
    );
  });

  test('are at every instant the one of the definitions, read a second time', () => {
    fc.assert(
      fc.property(arbitraryPullRequest, fc.array(fc.tuple(fc.nat(), fc.constantFrom(0, 1, 250, 1_800_000)), { minLength: 4, maxLength: 4 }), (pr, places) => {
        const stays = pullRequestPhases(pr, REFERENCE);
        const instants = [...pr.events, ...pr.arrivals].map(({ at }) => at).filter((at) => at >= pr.createdAt);
        for (const [place, later] of places) {
          const at = (instants[place % instants.length] ?? pr.createdAt) + later;
          const phase = stays.find(({ enteredAt, leftAt }) => enteredAt <= at && at < (leftAt ?? Infinity))?.phase;
          expect([at, phase]).toEqual([at, oraclePhase(pr, REFERENCE, at)]);
        }
      }),
      { numRuns: Number(process.env.RUNS ?? 1_500) },
    );
  });

  test('of a finished pull request add up to its life exactly', () => {
    fc.assert(
      fc.property(arbitraryPullRequest, (pr) => {
        const endedAt = pullRequestWaits(pr, REFERENCE).find(({ stage }) => stage === 'change.lead')?.endedAt ?? null;
        fc.pre(endedAt !== null);
        const stays = pullRequestPhases(pr, REFERENCE);

        const total = stays.reduce((sum, { enteredAt, leftAt }) => sum + Math.max(0, Math.min(leftAt ?? Infinity, endedAt) - enteredAt), 0);

        expect(total).toBe(endedAt - pr.createdAt);
        expect(stays.at(-1)?.phase).toBe('ended');
      }),
      runs,
    );
  });

  test('are draft for as long as the waits on it last', () => {
    fc.assert(
      fc.property(arbitraryPullRequest, (pr) => {
        const drafts = pullRequestWaits(pr, REFERENCE).filter(({ stage, seconds }) => stage === 'change.draft' && seconds !== null);
        const stays = pullRequestPhases(pr, REFERENCE).filter(({ phase, leftAt }) => phase === 'draft' && leftAt !== null);
        const length = stays.reduce((sum, { enteredAt, leftAt }) => sum + (leftAt ?? 0) - enteredAt, 0);
        const open = pullRequestWaits(pr, REFERENCE).some(({ stage, endedAt }) => stage === 'change.draft' && endedAt === null);
        fc.pre(!open);

        expect(length / 1000).toBeCloseTo(drafts.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0), 6);
      }),
      runs,
    );
  });
});

describe('a window', () => {
  test('and the one that adjoins it hold together what one over both holds', () => {
    fc.assert(
      fc.property(fc.array(arbitraryPullRequest, { maxLength: 4 }), fc.tuple(instant, instant, instant), (prs, instants) => {
        const [a, b, c] = instants.sort((x, y) => x - y);
        fc.pre(a < b && b < c);
        const stays = prs.flatMap((pr) => pullRequestPhases(pr, REFERENCE));
        const [first, second, both] = [{ fromAt: a, toAt: b }, { fromAt: b, toAt: c }, { fromAt: a, toAt: c }];

        for (const phase of PHASES) {
          const parts = standing(stays, first)[phase] * (b - a) + standing(stays, second)[phase] * (c - b);
          expect(parts / (c - a)).toBeCloseTo(standing(stays, both)[phase], 9);
          expect(phaseFlow(stays, first)[phase].arrivals + phaseFlow(stays, second)[phase].arrivals).toBe(phaseFlow(stays, both)[phase].arrivals);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('holds at its end what it held at its start, and what arrived, less what departed', () => {
    fc.assert(
      fc.property(fc.array(arbitraryPullRequest, { maxLength: 4 }), fc.tuple(instant, instant), (prs, instants) => {
        const [fromAt, toAt] = instants.sort((x, y) => x - y);
        const stays = prs.flatMap((pr) => pullRequestPhases(pr, REFERENCE));
        const flows = phaseFlow(stays, { fromAt, toAt });

        for (const phase of PHASES) {
          const standsAt = (at: number): number => stays.filter((stay) => stay.phase === phase && stay.enteredAt < at && (stay.leftAt ?? Infinity) >= at).length;
          expect(standsAt(fromAt) + flows[phase].arrivals - flows[phase].departures).toBe(standsAt(toAt));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('holds a pull request that lives all through it once', () => {
    fc.assert(
      fc.property(arbitraryPullRequest, (pr) => {
        const held = standing(pullRequestPhases(pr, REFERENCE), { fromAt: pr.createdAt, toAt: pr.createdAt + 1000 * hour });

        expect(PHASES.reduce((sum, phase) => sum + held[phase], 0)).toBeCloseTo(1, 9);
      }),
      { numRuns: 300 },
    );
  });

  test('of no length is refused', () => {
    expect(() => standing([], { fromAt: 1, toAt: 1 })).toThrow(RangeError);
  });
});
