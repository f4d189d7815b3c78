import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { HAIR, riverScale, riverShapes, type RiverCell, type Water } from '#src/charts/river-geometry.ts';
import { riverKey } from '#src/charts/river.tsx';

const WIDTH = 176;

function aCell(value: number, changes: Partial<RiverCell> = {}): RiverCell {
  return { value, lower: null, upper: null, before: null, isBottleneck: false, ...changes };
}

const points = (waters: readonly Water[]): (readonly [number, number])[] => waters.flatMap((water) => water.outline.flatMap((segment) => segment.points));
const across = (waters: readonly Water[]): number[] => points(waters).map(([, y]) => y);

/** Cells with an interval around their value. */
const cells = fc.array(
  fc.record({ value: fc.double({ min: 0, max: 1e4, noNaN: true }), spread: fc.double({ min: 0, max: 1, noNaN: true }), isBottleneck: fc.boolean() }).map(({ value, spread, isBottleneck }) => aCell(value, { lower: value * (1 - spread), upper: value * (1 + spread), isBottleneck })),
  { minLength: 1, maxLength: 9 },
);

describe('the river', () => {
  test('has one linear scale from 0, on which the widest upper limit fills the width', () => {
    const river = [aCell(17.2, { lower: 14.1, upper: 20.8 }), aCell(8.6, { lower: 7, upper: 10.4 })];

    const { tide, water, estimates } = riverShapes(river, 200, WIDTH);

    expect(Math.min(...across(tide))).toBeCloseTo(0, 9);
    expect(Math.max(...across(tide))).toBeCloseTo(WIDTH, 9);
    expect(Math.max(...across(water)) - Math.min(...across(water))).toBeCloseTo((14.1 / 20.8) * WIDTH, 9);
    expect(estimates.map((line) => line.reach)).toEqual([17.2, 8.6].map((value) => expect.closeTo(((value / 20.8) * WIDTH) / 2, 9)));
  });

  test('draws the estimate alone where no interval is known', () => {
    const { tide, water, estimates } = riverShapes([aCell(4), aCell(2)], 200, WIDTH);

    expect([tide, estimates]).toEqual([[], []]);
    expect(Math.max(...across(water)) - Math.min(...across(water))).toBeCloseTo(WIDTH, 9);
  });

  test('is a hair where nothing or too little stands, and never less', () => {
    const { water } = riverShapes([aCell(100), aCell(0), aCell(0.001)], 300, WIDTH);
    const reaches = points(water).filter(([x]) => x >= 120 && x <= 280).map(([, y]) => Math.abs(y - WIDTH / 2));

    expect(Math.min(...reaches)).toBeCloseTo(HAIR / 2, 9);
  });

  test('is drawn even when nothing stands anywhere', () => {
    expect(riverScale([aCell(0)], WIDTH)).toBe(0);
    expect(across(riverShapes([aCell(0)], 100, WIDTH).water)).toEqual(expect.arrayContaining([WIDTH / 2 - HAIR / 2]));
    expect(riverShapes([], 0, WIDTH).water).toEqual([]);
  });

  test('runs its estimate along the flats only, to the very ends of the first and last cell', () => {
    const interval = { lower: 1, upper: 3 };

    const { estimates } = riverShapes([aCell(2, interval), aCell(2, interval), aCell(2, interval)], 300, WIDTH);

    expect(estimates.map(({ from, to }) => [from, to].map(Math.round))).toEqual([[0, 90], [110, 190], [210, 300]]);
  });

  test('leaves the estimate’s lines out where the water is too narrow for them', () => {
    const { estimates } = riverShapes([aCell(20, { lower: 15, upper: 25 }), aCell(0.3, { lower: 0.2, upper: 0.4 })], 200, WIDTH);

    expect(estimates).toHaveLength(1);
  });

  test('dashes the window before over water or beside it', () => {
    const { before } = riverShapes([aCell(17.2, { lower: 14.1, upper: 20.8, before: 12.3 }), aCell(5, { lower: 4, upper: 6, before: 9 })], 200, WIDTH);

    expect(before.map((line) => line.onWater)).toEqual([true, false]);
  });

  test('parts the bottleneck from its neighbours where the passage is half way, without a gap', () => {
    const { water } = riverShapes([aCell(4), aCell(8, { isBottleneck: true }), aCell(2)], 300, WIDTH);
    const ends = water.map((one) => [Math.min(...points([one]).map(([x]) => x)), Math.max(...points([one]).map(([x]) => x))]);
    const seam = (one: Water | undefined, x: number): number[] => (one === undefined ? [] : points([one]).filter(([along]) => along === x).map(([, y]) => y)).toSorted((a, b) => a - b);

    expect(water.map((one) => one.isMarked)).toEqual([false, true, false]);
    expect(ends).toEqual([[0, 100], [100, 200], [200, 300]]);
    expect(new Set(seam(water[0], 100))).toEqual(new Set(seam(water[1], 100)));
  });

  test('is mirrored, inside its box, and within its tide, whatever stands', () => {
    fc.assert(
      fc.property(cells, (river) => {
        const { tide, water } = riverShapes(river, river.length * 100, WIDTH);

        for (const shapes of [tide, water]) {
          const ys = across(shapes);
          expect(ys.every((y) => Number.isFinite(y) && y >= -1e-6 && y <= WIDTH + 1e-6)).toBe(true);
          expect(ys.reduce((sum, y) => sum + (y - WIDTH / 2), 0)).toBeCloseTo(0, 3);
        }
        expect(Math.min(...across(water))).toBeGreaterThanOrEqual(Math.min(...across(tide)) - 1e-9);
      }),
    );
  });
});

describe('the key of the river', () => {
  test.each([
    [20.8, 176, 1, 8.46],
    [20.8, 104, 5, 25],
    [208, 176, 10, 8.46],
    [0.5, 176, 0.05, 17.6],
    [5_000, 176, 500, 17.6],
  ])('where %d pull requests fill %d px shows %d at scale', (widest, width, count, size) => {
    const key = riverKey([aCell(widest)], width);

    expect(key).toEqual({ count, size: expect.closeTo(size, 1) });
  });

  test('is absent where nothing stands', () => {
    expect(riverKey([aCell(0)], WIDTH)).toBeNull();
  });
});
