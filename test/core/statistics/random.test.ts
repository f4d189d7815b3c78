import { describe, expect, test } from '@jest/globals';
import { mean, variance } from 'simple-statistics';
import { fillPoissonWeights } from '#src/core/statistics/poisson-weights.ts';
import { uniform, xoshiro128, xoshiro128From } from '#src/core/statistics/random.ts';
import { standardNormal } from '#src/core/statistics/standard-normal.ts';

describe('the generator', () => {
  test('gives the numbers of the reference implementation', () => {
    const random = xoshiro128From([1, 2, 3, 4]);

    expect(Array.from({ length: 5 }, () => random.next())).toEqual([11520, 0, 5927040, 70819200, 2031721883]);
  });

  test('gives the same sequence to the same seed and another one to its neighbour', () => {
    const sequence = (seed: number): number[] => {
      const random = xoshiro128(seed);
      return Array.from({ length: 50 }, () => random.next());
    };

    expect(sequence(7)).toEqual(sequence(7));
    expect(sequence(8).filter((number, i) => number === sequence(7)[i])).toEqual([]);
    expect(new Set(sequence(0)).size).toBe(50);
  });

  test('is uniform in (0, 1)', () => {
    const random = xoshiro128(1);
    const draws = Array.from({ length: 20_000 }, () => uniform(random));

    expect(Math.min(...draws)).toBeGreaterThan(0);
    expect(Math.max(...draws)).toBeLessThan(1);
    expect(mean(draws)).toBeCloseTo(0.5, 1);
    expect(variance(draws)).toBeCloseTo(1 / 12, 2);
  });
});

test('Poisson weights have the probabilities of a Poisson distribution of mean 1', () => {
  const weights = new Uint8Array(200_000);
  fillPoissonWeights(xoshiro128(2), weights);

  const share = (k: number): number => weights.filter((weight) => weight === k).length / weights.length;

  expect([0, 1, 2, 3, 4].map(share)).toEqual([0.3679, 0.3679, 0.1839, 0.0613, 0.0153].map((p) => expect.closeTo(p, 2)));
  expect(mean(Array.from(weights))).toBeCloseTo(1, 2);
  expect(weights.reduce((most, weight) => Math.max(most, weight), 0)).toBeLessThan(13);
});

test('normal numbers have mean 0 and variance 1', () => {
  const random = xoshiro128(3);
  const draws = Array.from({ length: 50_000 }, () => standardNormal(random));

  expect(mean(draws)).toBeCloseTo(0, 1);
  expect(variance(draws)).toBeCloseTo(1, 1);
  expect(draws.filter((draw) => Math.abs(draw) > 1.96).length / draws.length).toBeCloseTo(0.05, 2);
});
