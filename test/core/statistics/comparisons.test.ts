import { describe, expect, test } from '@jest/globals';
import { beyondNoise } from '#src/core/statistics/beyond-noise.ts';
import { discoveries } from '#src/core/statistics/false-discovery.ts';
import { logRank } from '#src/core/statistics/log-rank.ts';
import { toObservations, type Observation } from '#src/core/statistics/observations.ts';
import { xoshiro128 } from '#src/core/statistics/random.ts';
import { compareRates } from '#src/core/statistics/rate-comparison.ts';
import { beyondBothSides } from '#src/core/statistics/standard-normal.ts';
import { beyondBothSidesOfT, t95 } from '#src/core/statistics/student-t.ts';
import { compareWaits } from '#src/core/statistics/wait-comparison.ts';
import type { ObservableWait } from '#src/core/statistics/observable-wait.ts';
import { from, times } from './observed-ages.ts';

const HOUR_MS = 3_600_000;
const NOW = { fromAt: 1000 * HOUR_MS, toAt: 2000 * HOUR_MS };
const BEFORE = { fromAt: 0, toAt: 1000 * HOUR_MS };

function started(hour: number, hours: number): ObservableWait {
  return { subject: `${hour}`, startedAt: hour * HOUR_MS, endedAt: (hour + hours) * HOUR_MS, outcome: 'responded', pausedSeconds: 0 };
}

describe('waits of two windows', () => {
  test('that take ten times as long differ, and the shares at one day say how much', () => {
    const waits = from(1, 40).flatMap((k) => [started(20 * k, 1 + (k % 10)), started(1000 + 20 * k, 10 + 10 * (k % 10))]);

    const compared = compareWaits(waits, NOW, BEFORE, ['responded'])!;

    expect(compared.before).toBe(1);
    expect(compared.now).toBeLessThan(0.5);
    expect(compared.p).toBeLessThan(1e-6);
  });

  test('that are alike do not', () => {
    const waits = from(1, 40).flatMap((k) => [started(20 * k, 1 + (k % 10)), started(1000 + 20 * k, 1 + (k % 10))]);

    expect(compareWaits(waits, NOW, BEFORE, ['responded'])?.p).toBeGreaterThan(0.9);
  });

  test('are not compared below ten in either', () => {
    const waits = [...from(1, 40).map((k) => started(20 * k, 3 + (k % 4))), ...from(1, 9).map((k) => started(1000 + 20 * k, 3 + (k % 3)))];

    expect(compareWaits(waits, NOW, BEFORE, ['responded'])).toBeNull();
    expect(compareWaits([...waits, started(1500, 3)], NOW, BEFORE, ['responded'])).not.toBeNull();
  });

  test('are not compared where none ended as asked', () => {
    const waits = from(1, 80).map((k) => ({ ...started(20 * k, 3), outcome: 'closed' }));

    expect(compareWaits(waits, NOW, BEFORE, ['responded'])).toBeNull();
  });
});

describe('the log-rank test', () => {
  const rows = (subject: (k: number) => string): Observation[] => from(1, 60).map((k) => ({ subject: subject(k), enter: -1, exit: k % 2 === 0 ? k : k * 1.7, cause: 1 }));
  const isSecond = Uint8Array.from(from(1, 60).map((k) => (k % 2 === 0 ? 1 : 0)));

  test('counts the ends of the faster group beyond those expected', () => {
    expect(logRank(toObservations(rows(String)), isSecond)?.excess).toBeGreaterThan(3);
    expect(logRank(toObservations(rows(String)), isSecond.map((second) => 1 - second))?.excess).toBeLessThan(-3);
  });

  test('is less sure where six waits are one subject', () => {
    const alone = logRank(toObservations(rows(String)), isSecond)!;
    const shared = logRank(toObservations(rows((k) => `${k % 2} ${Math.ceil(k / 12)}`)), isSecond)!;

    expect(shared.excess).toBeCloseTo(alone.excess, 10);
    expect(shared.p).toBeGreaterThan(alone.p);
  });

  test('cannot tell anything from one subject', () => {
    expect(logRank(toObservations(rows(() => 'one')), isSecond)?.p ?? 1).toBe(1);
  });

  test('has nothing to say where the groups are never at risk together', () => {
    const apart = from(1, 20).map((k): Observation => ({ subject: `${k}`, enter: k <= 10 ? -1 : 100, exit: k <= 10 ? k : 100 + k, cause: 1 }));

    expect(logRank(toObservations(apart), Uint8Array.from(apart, (_, i) => (i < 10 ? 0 : 1)))).toBeNull();
    expect(logRank(toObservations([]), new Uint8Array())).toBeNull();
  });
});

describe('rates of two windows', () => {
  const failing = (n: number, failures: number): { count: number; exposure: number }[] => from(1, n).map((k) => ({ count: k <= failures ? 1 : 0, exposure: 1 }));

  test('agree with the exact test of two shares, near enough', () => {
    // Fisher's exact test: p = 0.0043 for 18 of 60 against 5 of 60, p = 0.71 for 10 against 8.
    expect(compareRates(failing(60, 18), failing(60, 5), xoshiro128(1))).toEqual({ now: 0.3, before: 5 / 60, p: expect.closeTo(0.003, 2) });
    expect(compareRates(failing(60, 10), failing(60, 8), xoshiro128(1))?.p).toBeGreaterThan(0.5);
  });

  test('are less sure where the failures are those of few subjects', () => {
    const scattered = compareRates(times(20, { count: 1, exposure: 10 }), times(20, { count: 0.5, exposure: 10 }), xoshiro128(1))!;
    const heaped = compareRates([...times(2, { count: 10, exposure: 10 }), ...times(18, { count: 0, exposure: 10 })], [{ count: 10, exposure: 10 }, ...times(19, { count: 0, exposure: 10 })], xoshiro128(1))!;

    expect(heaped).toMatchObject({ now: 0.1, before: 0.05 });
    expect(scattered.p).toBeLessThan(0.01);
    expect(heaped.p).toBeGreaterThan(0.4);
  });

  test('of nothing are not rates of 0', () => {
    expect(compareRates([], failing(60, 5), xoshiro128(1))).toBeNull();
    expect(compareRates(failing(60, 5), times(3, { count: 0, exposure: 0 }), xoshiro128(1))).toBeNull();
  });

  test('that never fail are alike', () => {
    expect(compareRates(failing(30, 0), failing(30, 0), xoshiro128(1))).toEqual({ now: 0, before: 0, p: 1 });
  });

  test('of very many subjects have the p that replicates would give', () => {
    const many = compareRates(failing(6_000, 330), failing(6_000, 270), xoshiro128(1))!;
    const fewer = compareRates(failing(4_000, 220), failing(4_000, 171), xoshiro128(1), 4_000)!;

    // The two-sided normal p of 330 against 270 of 6,000 is 0.0119, of 220 against 171 of 4,000 it is 0.0112.
    expect(many.p).toBeCloseTo(0.0119, 3);
    expect(fewer.p).toBeCloseTo(0.0112, 2);
  });
});

describe('false discoveries', () => {
  test('are held as in the example of Benjamini and Hochberg (1995): four of fifteen at 5 %', () => {
    const p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1];

    expect(discoveries(p, 0.05).filter(Boolean)).toHaveLength(4);
    expect(discoveries(p.toReversed(), 0.05)).toEqual(discoveries(p, 0.05).toReversed());
  });

  test('a larger p below its own bar lifts the smaller ones', () => {
    expect(discoveries([0.06, 0.09], 0.1)).toEqual([true, true]);
    expect(discoveries([0.06, 0.11], 0.1)).toEqual([false, false]);
  });

  test('of nothing are none', () => {
    expect(discoveries([])).toEqual([]);
  });
});

describe('a change beyond noise', () => {
  test('is a discovery that is large enough', () => {
    const p = 0.001;

    expect(
      beyondNoise([
        { now: 0.7, before: 0.6, p, leastDifference: 0.05 },
        { now: 0.64, before: 0.6, p, leastDifference: 0.05 },
        { now: 0.65, before: 0.6, p, leastDifference: 0.05 },
        { now: 0.7, before: 0.6, p: 0.5, leastDifference: 0.05 },
        { now: 0.9, before: 0.1, p: null, leastDifference: 0.05 },
      ]),
    ).toEqual([true, false, true, false, false]);
  });

  test('is judged among all that were tested, and what was not tested does not count', () => {
    const one = { now: 1, before: 0, p: 0.04, leastDifference: 0 };
    const noise = { ...one, p: 0.9 };

    expect(beyondNoise([one])).toEqual([true]);
    expect(beyondNoise([one, { ...one, p: null }, { ...one, p: null }])).toEqual([true, false, false]);
    expect(beyondNoise([noise, one, noise])).toEqual([false, false, false]);
  });
});

describe('Student’s t', () => {
  test.each([
    [2, 4.302653],
    [3, 3.182446],
    [5, 2.570582],
    [10, 2.228139],
    [30, 2.042272],
    [1e6, 1.959966],
  ])('with %d degrees reaches 95 %% at %d', (degrees, point) => {
    expect(Math.abs(t95(degrees) / point - 1)).toBeLessThan(0.01);
    expect(beyondBothSidesOfT(point, degrees)).toBeCloseTo(0.05, 2);
  });

  test('tends to the normal distribution', () => {
    expect(beyondBothSidesOfT(2.3, 1e7)).toBeCloseTo(beyondBothSides(2.3), 5);
    expect(beyondBothSides(1.959964)).toBeCloseTo(0.05, 6);
    expect(beyondBothSides(0)).toBeCloseTo(1, 6);
    expect(beyondBothSides(40)).toBe(0);
  });
});
