import { describe, expect, test } from '@jest/globals';
import { xoshiro128 } from '#src/core/statistics/random.ts';
import { compareStanding } from '#src/core/statistics/standing-comparison.ts';
import { estimateStanding } from '#src/core/statistics/standing-estimate.ts';
import { limitReplicates, weightedReplicates, type Contributions } from '#src/core/statistics/standing-replicates.ts';
import { from, times } from './observed-ages.ts';

const PHASES = ['review', 'rework', 'merge'] as const;

function standing(rows: readonly (readonly number[])[], per: number, seed = 1): ReturnType<typeof estimateStanding<(typeof PHASES)[number]>> {
  return estimateStanding(PHASES, rows, per, xoshiro128(seed));
}

describe('the standing stock', () => {
  test('is the time stood over the length of the window', () => {
    const { phases } = standing([[7, 0, 1], [7, 2, 0]], 28);

    expect(phases.map(({ phase, standing: { value } }) => [phase, value])).toEqual([['review', 0.5], ['rework', expect.closeTo(2 / 28, 12)], ['merge', expect.closeTo(1 / 28, 12)]]);
  });

  test('has an interval symmetric on the log scale, the narrower the more subjects stand behind it', () => {
    const intervalOf = (n: number): { low: number; high: number } => {
      const { value, interval } = standing(times(n, [1, 0, 0]), n).phases[0]!.standing;
      expect(interval!.low * interval!.high).toBeCloseTo(value ** 2, 10);
      return interval!;
    };

    expect(intervalOf(100)).toEqual({ low: expect.closeTo(0.82, 2), high: expect.closeTo(1.22, 2) });
    expect(intervalOf(10).high).toBeGreaterThan(intervalOf(100).high);
    expect(intervalOf(2).high).toBeGreaterThan(5);
  });

  test('of one subject, and of none, has no interval', () => {
    const { phases } = standing([[5, 0, 1], [0, 0, 1]], 28);

    expect(phases.map(({ standing: { interval } }) => interval === null)).toEqual([true, true, false]);
    expect(phases[1]?.standing).toEqual({ value: 0, interval: null });
  });

  test('is the same for the same seed', () => {
    const rows = from(1, 30).map((k) => [k % 5, k % 7, k % 3]);

    expect(standing(rows, 28, 4)).toEqual(standing(rows, 28, 4));
    expect(standing(rows, 28, 5).phases.map(({ largestShare }) => largestShare)).not.toEqual(standing(rows, 28, 4).phases.map(({ largestShare }) => largestShare));
  });
});

describe('the bottleneck', () => {
  test('is named alone where it is the largest in nearly every replicate', () => {
    expect(standing(times(40, [5, 1, 1]), 28).bottleneck).toEqual(['review']);
  });

  test('is two, the larger first, where which of them is larger is a matter of chance', () => {
    const rows = [...times(20, [4.9, 0, 0]), ...times(20, [0, 5, 0]), ...times(20, [0, 0, 1])];

    expect(standing(rows, 28).bottleneck).toEqual(['rework', 'review']);
  });

  test('counts subjects, not time: one stuck for long against many is no certainty', () => {
    expect(standing([[28, 0, 0], ...times(50, [0, 0.4, 0])], 28).bottleneck).toEqual(['review', 'rework']);
  });

  test('of phases that share their subjects is clear though both vary', () => {
    const together = from(1, 12).map((k) => [k * k, k * k * 0.8, 0]);
    const apart = from(1, 12).flatMap((k) => [[k * k, 0, 0], [0, k * k * 0.8, 0]]);

    expect(standing(together, 28).bottleneck).toEqual(['review']);
    expect(standing(apart, 28).bottleneck).toEqual(['review', 'rework']);
  });

  test('is nothing where nothing stands', () => {
    expect(standing([], 28).bottleneck).toEqual([]);
    expect(standing([[0, 0, 0]], 28).bottleneck).toEqual([]);
  });

  test('of two phases equal in every replicate is both', () => {
    expect(standing(times(9, [1, 1, 0]), 28).bottleneck).toEqual(['review', 'rework']);
  });
});

describe('replicates drawn from their limit', () => {
  const rows = from(1, 3_000).map((k) => [(k % 7) + 1, k % 3 === 0 ? (k % 7) + 1 : 0, k % 11]);
  const contributions: Contributions = { amounts: Float64Array.from(rows.flat()), phases: 3, subjects: rows.length };

  function moments(sums: Float64Array): { readonly means: number[]; readonly products: number[] } {
    const columns = [0, 1, 2].map((p) => Array.from(sums.filter((_, i) => i % 3 === p)));
    const means = columns.map((column) => column.reduce((sum, x) => sum + x, 0) / column.length);
    const products = [[0, 0], [0, 1], [1, 1], [0, 2], [1, 2], [2, 2]].map(
      ([p, q]) => columns[p!]!.reduce((sum, x, i) => sum + (x - means[p!]!) * (columns[q!]![i]! - means[q!]!), 0) / columns[0]!.length,
    );
    return { means, products };
  }

  test('have the means and the covariances of those with weights', () => {
    const weighted = moments(weightedReplicates(contributions, 2_000, xoshiro128(1)));
    const limit = moments(limitReplicates(contributions, 20_000, xoshiro128(2)));

    expect(limit.means.map((mean, p) => mean / weighted.means[p]!)).toEqual(times(3, expect.closeTo(1, 1)));
    expect(limit.products.map((product, p) => product / weighted.products[p]!)).toEqual(times(6, expect.closeTo(1, 0)));
    expect(Math.abs(Math.log(limit.products[1]! / weighted.products[1]!))).toBeLessThan(0.12);
  });

  test('of many subjects name the same bottleneck', () => {
    const many = times(4, rows).flat();

    expect(standing(many, 28).bottleneck).toEqual(['merge']);
    expect(standing(many, 28).phases[2]?.largestShare).toBe(1);
  });
});

describe('two windows', () => {
  test('that hold the same subjects for as long are no change', () => {
    expect(compareStanding(times(20, { now: 3, before: 3 }), 28, 28)).toEqual({ now: expect.closeTo(60 / 28, 12), before: expect.closeTo(60 / 28, 12), p: 1 });
  });

  test('are a change where the stock doubles with many subjects, and none with few', () => {
    const doubled = (n: number): number | null => compareStanding([...times(n, { now: 2, before: 0 }), ...times(n, { now: 0, before: 1 })], 28, 28).p;

    expect(doubled(60)).toBeLessThan(0.001);
    expect(doubled(4)).toBeGreaterThan(0.2);
  });

  test('differ clearly where the very same subjects stand longer, whose sizes are then no chance', () => {
    const together = from(1, 20).map((k) => ({ now: k * k, before: k * k * 0.7 + (k % 2) }));
    const apart = together.flatMap(({ now, before }) => [{ now, before: 0 }, { now: 0, before }]);

    expect(compareStanding(together, 28, 28).p).toBeLessThan(0.001);
    expect(compareStanding(apart, 28, 28).p).toBeGreaterThan(0.2);
  });

  test('of different length compare stocks, not times', () => {
    const { now, before, p } = compareStanding([...times(30, { now: 2, before: 0 }), ...times(60, { now: 0, before: 2 })], 28, 56);

    expect(now).toBeCloseTo(before, 12);
    expect(p).toBe(1);
  });

  test('cannot be compared where one of them holds next to nobody', () => {
    expect(compareStanding([...times(30, { now: 2, before: 0 }), { now: 0, before: 9 }], 28, 28).p).toBeNull();
    expect(compareStanding([], 28, 28).p).toBeNull();
  });
});
