import { describe, expect, test } from '@jest/globals';
import { cumulativeIncidence } from '#src/core/statistics/cumulative-incidence.ts';
import type { Estimate } from '#src/core/statistics/estimate.ts';
import { incidenceAt } from '#src/core/statistics/incidence-at.ts';
import { incidenceBand } from '#src/core/statistics/incidence-band.ts';
import type { Observations } from '#src/core/statistics/observations.ts';
import { from, observedAges, times } from './observed-ages.ts';

function askedBy(observations: Observations, age: number): Estimate {
  const curve = cumulativeIncidence(observations);
  return incidenceAt(curve, curve.asked, incidenceBand(curve.asked, curve.atRisk), age);
}

describe('the share that has ended by an age', () => {
  test('counts an end at that age, and stays until the next', () => {
    const observations = observedAges({ asked: from(1, 10) });

    expect([0.5, 1, 1.9, 2, 9.9, 10, 99].map((age) => askedBy(observations, age).value)).toEqual([0, 0.1, 0.1, 0.2, 0.9, 1, 1].map((share) => expect.closeTo(share, 10)));
  });

  test('lies inside its interval', () => {
    const { value, interval } = askedBy(observedAges({ asked: from(1, 50), waiting: times(50, 60) }), 40);

    expect(value).toBeCloseTo(0.4, 10);
    expect(interval?.low).toBeGreaterThan(0.3);
    expect(interval?.low).toBeLessThan(0.4);
    expect(interval?.high).toBeGreaterThan(0.4);
    expect(interval?.high).toBeLessThan(0.51);
  });

  test('is open above beyond the ages that anyone was seen at', () => {
    const observations = observedAges({ asked: from(1, 10), waiting: times(10, 20) });

    expect(askedBy(observations, 20).interval).not.toHaveProperty('openAbove');
    expect(askedBy(observations, 21)).toMatchObject({ value: expect.closeTo(0.5, 10), interval: { openAbove: true } });
  });

  test('is not open above once nothing still waits', () => {
    expect(askedBy(observedAges({ asked: from(1, 10) }), 99).interval).not.toHaveProperty('openAbove');
  });

  test('has no interval without a band', () => {
    const curve = cumulativeIncidence(observedAges({ asked: from(1, 10) }));

    expect(incidenceAt(curve, curve.asked, null, 5)).toEqual({ value: expect.closeTo(0.5, 10), interval: null });
  });
});

describe('a share of 0', () => {
  test('is known as well as by none of those at risk: of 20, at most 17 %', () => {
    expect(askedBy(observedAges({ waiting: times(20, 9) }), 5)).toEqual({ value: 0, interval: { low: 0, high: expect.closeTo(1 - 0.025 ** (1 / 20), 10) } });
  });

  test('is known by the fewest that were at risk until then', () => {
    const entering = observedAges({ waiting: [...times(3, 9), ...times(17, [4, 9] as const)] });
    const leaving = observedAges({ waiting: [...times(3, 9), ...times(17, 4)] });

    expect(askedBy(entering, 8).interval?.high).toBeCloseTo(1 - 0.025 ** (1 / 3), 10);
    expect(askedBy(leaving, 4).interval?.high).toBeCloseTo(1 - 0.025 ** (1 / 20), 10);
    expect(askedBy(leaving, 8).interval?.high).toBeCloseTo(1 - 0.025 ** (1 / 3), 10);
  });

  test('is not known at all where nobody was at risk', () => {
    expect(askedBy(observedAges({ waiting: times(20, [6, 9] as const) }), 5).interval).toEqual({ low: 0, high: 1 });
  });

  test('of ends otherwise is bounded by 20 waits that all ended as asked, not by the last of them', () => {
    const curve = cumulativeIncidence(observedAges({ asked: from(1, 20) }));

    const none = incidenceAt(curve, curve.otherwise, incidenceBand(curve.otherwise, curve.atRisk), 20);

    expect(none).toEqual({ value: 0, interval: { low: 0, high: expect.closeTo(1 - 0.025 ** (1 / 20), 10) } });
  });

  test('of ends otherwise is bounded by what still waits where few are left', () => {
    const curve = cumulativeIncidence(observedAges({ asked: times(99, 1), waiting: [50] }));

    const none = incidenceAt(curve, curve.otherwise, incidenceBand(curve.otherwise, curve.atRisk), 50);

    expect(none.interval?.high).toBeLessThan(0.05);
  });
});

describe('a share of 1', () => {
  test('has a lower edge below 1, though its variance is 0', () => {
    const allAtOnce = askedBy(observedAges({ asked: times(20, 3) }), 3);

    expect(allAtOnce).toEqual({ value: 1, interval: { low: expect.closeTo(0.025 ** (1 / 20), 10), high: 1 } });
  });

  test('that was reached bit by bit is known no worse than just before', () => {
    const observations = observedAges({ asked: from(1, 20) });

    expect(askedBy(observations, 20).interval?.low).toBeGreaterThan(askedBy(observations, 19).interval?.low ?? 1);
    expect(askedBy(observations, 20).interval?.low).toBeLessThan(1);
  });
});
