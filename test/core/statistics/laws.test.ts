import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cumulativeIncidence } from '#src/core/statistics/cumulative-incidence.ts';
import { estimateWaits, estimateObservations, type ShownEstimate } from '#src/core/statistics/wait-estimate.ts';
import { toObservations, type Cause, type Observation } from '#src/core/statistics/observations.ts';
import type { ObservableWait } from '#src/core/statistics/observable-wait.ts';
import { ageSeconds, windowObservations, windowRows } from '#src/core/statistics/window-observations.ts';
import { size } from '#test/support/figures.ts';

const RUNS = { numRuns: size(200, 5_000) };
const WINDOW = { fromAt: 0, toAt: 1_000_000 };
const ASKED = ['responded'];

const observation: fc.Arbitrary<Observation> = fc
  .record({
    subject: fc.integer({ min: 0, max: 12 }).map(String),
    enter: fc.oneof(fc.constant(-1), fc.integer({ min: 0, max: 15 })),
    lasts: fc.integer({ min: 1, max: 20 }),
    cause: fc.constantFrom<Cause>(0, 1, 2),
  })
  .map(({ subject, enter, lasts, cause }) => ({ subject, enter, exit: enter < 0 ? lasts - (cause === 0 ? 0 : 1) : enter + lasts, cause }));

const instant = fc.integer({ min: -800, max: 1_800 }).map((thousands) => thousands * 1_000);

const wait: fc.Arbitrary<ObservableWait> = fc
  .record({
    subject: fc.integer({ min: 0, max: 9 }).map(String),
    startedAt: instant,
    lasts: fc.option(fc.integer({ min: 0, max: 1_500 }), { nil: null }),
    outcome: fc.constantFrom('responded', 'responded', 'closed', 'early'),
    pause: fc.option(fc.record({ after: fc.integer({ min: 0, max: 600 }), lasts: fc.option(fc.integer({ min: 1, max: 600 }), { nil: null }) }), { nil: null }),
    isDated: fc.boolean(),
  })
  .map(({ subject, startedAt, lasts, outcome, pause, isDated }) => {
    const endedAt = lasts === null ? null : startedAt + lasts * 1_000;
    const pausedAt = startedAt + (pause?.after ?? 0) * 1_000;
    const resumedAt = pause?.lasts == null ? null : pausedAt + pause.lasts * 1_000;
    const stood = pause === null ? 0 : Math.max(0, Math.min(resumedAt ?? Infinity, endedAt ?? resumedAt ?? pausedAt) - pausedAt);
    const pauses = pause === null ? [] : [{ fromAt: pausedAt, toAt: resumedAt }];
    return { subject, startedAt, endedAt, outcome: endedAt === null ? null : outcome, pausedSeconds: stood / 1_000, ...(isDated ? { pauses } : {}) };
  });

/** Every number that an estimate says. */
function numbers({ within, endWithout, p50, p75, p90, curve }: ShownEstimate): number[] {
  const estimates = [...within.map(({ share }) => share), endWithout].flatMap(({ value, interval }) => [value, interval?.low ?? 0, interval?.high ?? 0]);
  const quantiles = [p50, p75, p90].flatMap((quantile) => {
    switch (quantile.kind) {
      case 'age':
        return [quantile.seconds, quantile.interval?.low ?? 0, quantile.interval?.high ?? 0];
      case 'not-yet':
        return [quantile.moreThanSeconds];
      case 'never':
        return [quantile.endWithout];
      case 'thin':
        return [quantile.fewest];
    }
  });
  return [...estimates, ...quantiles, ...curve.asked.variance, ...curve.otherwise.variance];
}

describe('on any observations', () => {
  test('incidences never fall, and with what competes they sum to at most 1', () => {
    fc.assert(
      fc.property(fc.array(observation, { maxLength: 60 }), (rows) => {
        const { ages, asked, otherwise } = cumulativeIncidence(toObservations(rows));

        for (let k = 0; k < ages.length; k += 1) {
          expect(asked.share[k]!).toBeGreaterThanOrEqual(asked.share[k - 1] ?? 0);
          expect(otherwise.share[k]!).toBeGreaterThanOrEqual(otherwise.share[k - 1] ?? 0);
          expect(asked.share[k]! + otherwise.share[k]!).toBeLessThanOrEqual(1 + 1e-12);
          expect(asked.variance[k]!).toBeGreaterThanOrEqual(-1e-15);
        }
      }),
      RUNS,
    );
  });

  test('every number said is one, at least 0, and inside its interval', () => {
    fc.assert(
      fc.property(fc.array(observation, { maxLength: 60 }), (rows) => {
        const shown = estimateObservations(toObservations(rows), [0, 4, 9, 100], 1);

        for (const number of numbers(shown)) expect(number).toBeGreaterThanOrEqual(-1e-15);
        for (const { value, interval } of [...shown.within.map(({ share }) => share), shown.endWithout]) {
          expect(value).toBeLessThanOrEqual(1);
          if (interval === null) continue;
          expect(interval.low).toBeLessThanOrEqual(value + 1e-9);
          expect(interval.high).toBeGreaterThanOrEqual(value - 1e-9);
          expect(interval.high).toBeLessThanOrEqual(1);
        }
        for (const quantile of [shown.p50, shown.p75, shown.p90]) {
          if (quantile.kind !== 'age' || quantile.interval === null) continue;
          expect(quantile.interval.low).toBeLessThanOrEqual(quantile.seconds);
          expect(quantile.interval.high).toBeGreaterThanOrEqual(quantile.seconds);
        }
      }),
      RUNS,
    );
  });

  test('quantiles are ordered, and none that is known stands beyond one that is not', () => {
    fc.assert(
      fc.property(fc.array(observation, { minLength: 5, maxLength: 60 }), (rows) => {
        const { p50, p75, p90 } = estimateObservations(toObservations(rows), [], 1);
        const known = [p50, p75, p90].map((quantile) => (quantile.kind === 'age' ? quantile.seconds : Infinity));

        expect(known).toEqual(known.toSorted((a, b) => a - b));
      }),
      RUNS,
    );
  });

  test('the order they come in does not matter', () => {
    fc.assert(
      fc.property(fc.array(observation, { maxLength: 40 }), (rows) => {
        const forward = cumulativeIncidence(toObservations(rows));
        const backward = cumulativeIncidence(toObservations(rows.toReversed()));

        expect(backward.asked).toEqual(forward.asked);
        expect(backward.ages).toEqual(forward.ages);
      }),
      RUNS,
    );
  });

  test('twice every observation gives the same shares with half the variance', () => {
    fc.assert(
      fc.property(fc.array(observation, { minLength: 1, maxLength: 40 }), (rows) => {
        const once = cumulativeIncidence(toObservations(rows));
        const twice = cumulativeIncidence(toObservations([...rows, ...rows]));

        once.asked.share.forEach((share, k) => expect(twice.asked.share[k]).toBeCloseTo(share, 12));
        once.asked.variance.forEach((variance, k) => expect(twice.asked.variance[k]).toBeCloseTo(variance / 2, 12));
      }),
      RUNS,
    );
  });
});

describe('on any waits', () => {
  test('what is left of a window cut in two is what the whole sees: the same ends, the same time at risk', () => {
    const whole = (waits: readonly ObservableWait[]): { ends: number; time: number } => summary(windowRows(waits, WINDOW, ASKED));
    const halves = (waits: readonly ObservableWait[]): { ends: number; time: number } => {
      const first = summary(windowRows(waits, { fromAt: 0, toAt: 400_500 }, ASKED));
      const second = summary(windowRows(waits, { fromAt: 400_500, toAt: 1_000_000 }, ASKED));
      return { ends: first.ends + second.ends, time: first.time + second.time };
    };

    fc.assert(
      fc.property(fc.array(wait, { maxLength: 30 }), (waits) => {
        const dated = waits.filter(({ pauses }) => pauses !== undefined);
        // One that stands still from the cut to its end does not age after it, and so its end is in neither half.
        const ageing = waits.filter(({ pausedSeconds, pauses }) => pausedSeconds === 0 && (pauses ?? []).length === 0);

        expect(halves(dated).time).toBeCloseTo(whole(dated).time, 6);
        expect(halves(ageing).ends).toBe(whole(ageing).ends);
      }),
      RUNS,
    );
  });

  test('the age at the end is the length less the pauses, dated or not', () => {
    fc.assert(
      fc.property(wait, (one) => {
        fc.pre(one.endedAt !== null);

        expect(ageSeconds(one, one.endedAt, WINDOW.toAt)).toBeCloseTo((one.endedAt - one.startedAt) / 1_000 - one.pausedSeconds, 9);
      }),
      RUNS,
    );
  });

  test('every one that contributes ends as asked, ends otherwise or still waits', () => {
    fc.assert(
      fc.property(fc.array(wait, { maxLength: 40 }), (waits) => {
        const { n, finished, endedOtherwise, stillWaiting, oldestSeconds, shown } = estimateWaits(waits, { window: WINDOW, asked: ASKED, agesSeconds: [60], seed: 3 });

        expect(finished + endedOtherwise + stillWaiting).toBe(n);
        expect(oldestSeconds === null).toBe(stillWaiting === 0);
        expect(shown === null).toBe(n < 10);
        if (shown !== null) for (const number of numbers(shown)) expect(number).toBeGreaterThanOrEqual(-1e-15);
      }),
      RUNS,
    );
  });

  test('a wait outside the window changes nothing', () => {
    fc.assert(
      fc.property(fc.array(wait, { maxLength: 20 }), (waits) => {
        const outside: ObservableWait = { subject: 'x', startedAt: 2_000_000, endedAt: 2_100_000, outcome: 'responded', pausedSeconds: 0 };

        expect(windowObservations([...waits, outside, { ...outside, startedAt: -9_000, endedAt: -1 }], WINDOW, ASKED)).toEqual(windowObservations(waits, WINDOW, ASKED));
      }),
      RUNS,
    );
  });
});

describe('an estimate of little', () => {
  const open: ObservableWait = { subject: '1', startedAt: 10, endedAt: null, outcome: null, pausedSeconds: 0 };
  const done: ObservableWait = { ...open, endedAt: 600_000, outcome: 'responded' };

  test.each([
    ['nothing', []],
    ['one wait that is over', [done]],
    ['one that is not', [open]],
    ['twelve that are not', Array.from({ length: 12 }, (_, i) => ({ ...open, subject: `${i}` }))],
    ['twelve of one subject', Array.from({ length: 12 }, () => done)],
  ])('of %s says no number that is none', (_, waits) => {
    const shown = estimateObservations(windowObservations(waits, WINDOW, ASKED), [0, 60, 1e6], 1);

    expect(numbers(shown).filter((number) => !Number.isFinite(number))).toEqual([]);
  });

  test('of waits that all still wait says not yet', () => {
    const waits = Array.from({ length: 12 }, (_, i) => ({ ...open, subject: `${i}`, startedAt: i * 1_000 }));

    const { shown, oldestSeconds } = estimateWaits(waits, { window: WINDOW, asked: ASKED, agesSeconds: [60], seed: 1 });

    expect(shown?.p50).toEqual({ kind: 'not-yet', moreThanSeconds: 996 });
    expect(shown?.within[0]?.share).toEqual({ value: 0, interval: { low: 0, high: expect.closeTo(1 - 0.025 ** (1 / 12), 10) } });
    expect(oldestSeconds).toBe(1_000);
  });
});

function summary(rows: readonly Observation[]): { readonly ends: number; readonly time: number } {
  return {
    ends: rows.filter(({ cause, exit }) => cause !== 0 && exit > 0).length,
    time: rows.reduce((sum, { enter, exit }) => sum + exit - Math.max(0, enter), 0),
  };
}
