import { describe, expect, test } from '@jest/globals';
import { cumulativeIncidence } from '#src/core/statistics/cumulative-incidence.ts';
import { toObservations, type Observations } from '#src/core/statistics/observations.ts';
import { uniform, xoshiro128 } from '#src/core/statistics/random.ts';
import { MOST_AGES, resampledVariance, varianceReplicates } from '#src/core/statistics/resampled-variance.ts';
import { countRisks, emptyCounts, riskTable } from '#src/core/statistics/risk-table.ts';
import { from } from './observed-ages.ts';

/** Observations of all causes at ages of their own, a quarter of which entered late. */
function many(n: number): Observations {
  const random = xoshiro128(9);
  const rows = from(1, n).map((k) => {
    const exit = 1 - 100 * Math.log(uniform(random));
    return { subject: `${k}`, enter: k % 4 === 0 ? exit * uniform(random) : -1, exit, cause: ([1, 1, 1, 2, 0] as const)[k % 5]! };
  });
  return toObservations(rows);
}

/** The ratio of resampled to Greenwood-type standard errors where the share is neither 0 nor 1. */
function ratios(observations: Observations, replicates: number): number[] {
  const greenwood = cumulativeIncidence(observations);
  const resampled = resampledVariance(greenwood, observations, xoshiro128(4), replicates)!;
  return Array.from(greenwood.asked.variance, (variance, k) => Math.sqrt(resampled.asked.variance[k]! / variance)).filter((_, k) => greenwood.asked.share[k]! > 0.05);
}

describe('resampling independent subjects', () => {
  test('gives the errors of the Greenwood-type variance at every age', () => {
    const each = ratios(many(400), 2_000);

    expect(each.length).toBeGreaterThan(200);
    expect(Math.min(...each)).toBeGreaterThan(0.9);
    expect(Math.max(...each)).toBeLessThan(1.12);
  });

  test('does so too where there are so many ages that only some are resampled', () => {
    const observations = many(4_000);
    const each = ratios(observations, 600);

    expect(cumulativeIncidence(observations).ages.length).toBeGreaterThan(3 * MOST_AGES);
    expect(each.length).toBeGreaterThan(2_000);
    expect(Math.min(...each)).toBeGreaterThan(0.88);
    expect(Math.max(...each)).toBeLessThan(1.12);
  });

  test('leaves the shares as they are', () => {
    const observations = many(50);
    const curve = cumulativeIncidence(observations);

    expect(resampledVariance(curve, observations, xoshiro128(1))).toMatchObject({ ages: curve.ages, asked: { share: curve.asked.share }, otherwise: { share: curve.otherwise.share } });
  });
});

test('a coarser choice of ages loses no end and nobody at risk', () => {
  const observations = many(500);
  const { ages } = cumulativeIncidence(observations);
  const coarse = riskTable(observations, ages.filter((_, k) => (ages.length - 1 - k) % 7 === 0));
  const counts = emptyCounts(coarse);

  countRisks(coarse, null, counts);

  const leaving = (cause: number): number => counts.leaving.subarray(cause * coarse.ages.length, (cause + 1) * coarse.ages.length).reduce((sum, count) => sum + count, 0);
  expect([leaving(1), leaving(2)]).toEqual([1, 2].map((cause) => observations.cause.filter((one) => one === cause).length));
  expect(counts.atRisk[0]).toBe(observations.enter.filter((enter) => enter < coarse.ages[0]!).length - observations.exit.filter((exit, i) => exit < coarse.ages[0]! && observations.cause[i] === 0).length);
});

test('bounds the work of one figure', () => {
  expect([1, 2_500, 5_000, 1_000_000].map(varianceReplicates)).toEqual([400, 400, 200, 100]);
});
