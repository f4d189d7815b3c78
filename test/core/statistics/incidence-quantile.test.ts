import { describe, expect, test } from '@jest/globals';
import { cumulativeIncidence } from '#src/core/statistics/cumulative-incidence.ts';
import type { Quantile } from '#src/core/statistics/estimate.ts';
import { incidenceBand } from '#src/core/statistics/incidence-band.ts';
import { incidenceQuantile } from '#src/core/statistics/incidence-quantile.ts';
import { toObservations, type Observations } from '#src/core/statistics/observations.ts';
import { from, observedAges, times } from './observed-ages.ts';

function quantile(observations: Observations, p: number): Quantile {
  const curve = cumulativeIncidence(observations);
  return incidenceQuantile(curve, incidenceBand(curve.asked, curve.atRisk), p);
}

describe('the age by which a share has ended as asked', () => {
  test('is the smallest with that incidence, reached exactly or passed', () => {
    const observations = observedAges({ asked: from(1, 20) });

    expect(quantile(observations, 0.5)).toMatchObject({ kind: 'age', seconds: 10 });
    expect(quantile(observations, 0.51)).toMatchObject({ kind: 'age', seconds: 11 });
  });

  test('forgives the rounding of a running sum', () => {
    // Ten steps of a tenth each sum to a trifle less than 0.5, 0.7 or 0.9 by then.
    const observations = observedAges({ asked: from(1, 10).flatMap((age) => times(7, age)) });

    expect([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].map((p) => quantile(observations, p))).toMatchObject(from(1, 9).map((seconds) => ({ seconds })));
  });

  test('is 0 where half end at once', () => {
    expect(quantile(observedAges({ asked: [...times(10, 0), ...from(1, 10)] }), 0.5)).toMatchObject({ kind: 'age', seconds: 0 });
  });

  test('has an interval around it', () => {
    const { interval } = quantile(observedAges({ asked: from(1, 100) }), 0.5) as Extract<Quantile, { kind: 'age' }>;

    expect(interval?.low).toBeLessThan(50);
    expect(interval?.low).toBeGreaterThan(35);
    expect(interval?.high).toBeGreaterThan(50);
    expect(interval?.high).toBeLessThan(65);
  });

  test('has an interval that is open above where the band does not get there', () => {
    const observed = quantile(observedAges({ asked: from(1, 11), waiting: [...times(8, 30), 900] }), 0.5);

    expect(observed).toMatchObject({ kind: 'age', seconds: 10, interval: { high: 30, openAbove: true } });
  });

  test('has an interval that is open above where its edge would rest on two subjects', () => {
    const alone = quantile(observedAges({ asked: from(1, 30) }), 0.75);
    const rows = from(1, 30).map((age) => ({ subject: age > 24 ? `late ${age % 2}` : `s${age}`, enter: -1, exit: age, cause: 1 as const }));
    const curve = cumulativeIncidence(toObservations(rows));

    const shared = incidenceQuantile(curve, incidenceBand(curve.asked, curve.atRisk), 0.75);

    expect(alone).toMatchObject({ seconds: 23, interval: { high: 27 } });
    expect(alone).not.toHaveProperty('interval.openAbove');
    expect(shared).toMatchObject({ seconds: 23, interval: { high: 27, openAbove: true } });
  });

  test('has no interval where none can be computed', () => {
    const curve = cumulativeIncidence(observedAges({ asked: from(1, 20) }));

    expect(incidenceQuantile(curve, null, 0.5)).toEqual({ kind: 'age', seconds: 10, interval: null });
  });
});

describe('where a share is not reached', () => {
  test('it is not yet, more than the greatest age with five at risk, while those still waiting could lift it', () => {
    const observations = observedAges({ asked: from(1, 8), waiting: [20, 21, 22, 23, 24, 25, 26, 27, 28, 90] });

    expect(quantile(observations, 0.5)).toEqual({ kind: 'not-yet', moreThanSeconds: 25 });
  });

  test('it is never once the other ends exceed the rest', () => {
    const observations = observedAges({ asked: from(1, 8), otherwise: from(1, 6), waiting: times(6, 40) });

    expect(quantile(observations, 0.5)).toMatchObject({ kind: 'not-yet' });
    expect(quantile(observations, 0.75)).toEqual({ kind: 'never', endWithout: expect.closeTo(0.3, 10) });
  });

  test('it is not yet never where the other ends are just the rest', () => {
    const observations = observedAges({ asked: from(1, 5), otherwise: from(1, 5), waiting: times(10, 40) });

    expect(quantile(observations, 0.75)).toMatchObject({ kind: 'not-yet' });
  });

  test('what ends otherwise counts for never only where five are at risk', () => {
    const thin = observedAges({ asked: from(1, 10), otherwise: [50, 51], waiting: [52, 52] });

    expect(quantile(thin, 0.9)).toEqual({ kind: 'thin', fewest: 5 });
  });

  test('it is thin where something ended beyond with fewer than five at risk', () => {
    const observations = observedAges({ asked: [...from(1, 8), 50], waiting: times(9, 20) });

    expect(quantile(observations, 0.9)).toEqual({ kind: 'thin', fewest: 5 });
  });
});

describe('where fewer than five are at risk', () => {
  test('a share that is reached there is thin, one reached before is not', () => {
    const observations = observedAges({ asked: from(1, 20) });

    expect(quantile(observations, 0.8)).toMatchObject({ kind: 'age', seconds: 16 });
    expect(quantile(observations, 0.85)).toEqual({ kind: 'thin', fewest: 5 });
  });

  test('at an early age, everything beyond is thin, however many enter later', () => {
    const observations = observedAges({ asked: [1, ...from(10, 40).map((age) => [5, age] as const)] });

    expect(quantile(observations, 0.5)).toEqual({ kind: 'thin', fewest: 5 });
  });

  test('an end of the other kind makes it thin just so', () => {
    const observations = observedAges({ otherwise: [1], asked: from(10, 40).map((age) => [5, age] as const), waiting: [[0, 4]] });

    expect(quantile(observations, 0.5).kind).toBe('thin');
  });

  test('all the time, without any end, it is thin too', () => {
    expect(quantile(observedAges({ waiting: from(1, 12).map((k) => [k * 10, k * 10 + 5] as const) }), 0.5)).toEqual({ kind: 'thin', fewest: 5 });
  });
});

test('without observations every share is thin', () => {
  expect(quantile(observedAges({}), 0.5)).toEqual({ kind: 'thin', fewest: 5 });
});
