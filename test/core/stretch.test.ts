import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { difference, intersection, type Stretch } from '#src/core/stretch.ts';

const lists = fc
  .uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 12 })
  .map((marks) => marks.sort((a, b) => a - b))
  .map((marks) => marks.flatMap((fromAt, index) => (index % 2 === 0 && marks[index + 1] !== undefined ? [{ fromAt, toAt: marks[index + 1] ?? 0 }] : [])));

const holds = (stretches: readonly Stretch[], at: number): boolean => stretches.some(({ fromAt, toAt }) => fromAt <= at && at < toAt);

describe('stretches of time', () => {
  test('share the instants that lie in both lists and no others', () => {
    fc.assert(
      fc.property(lists, lists, (a, b) => {
        const shared = intersection(a, b);

        for (let at = 0; at <= 40; at += 1) expect(holds(shared, at)).toBe(holds(a, at) && holds(b, at));
      }),
    );
  });

  test('leave of a stretch the instants that lie in none of those taken out', () => {
    fc.assert(
      fc.property(fc.tuple(fc.nat({ max: 40 }), fc.nat({ max: 40 })), lists, (ends, holes) => {
        const [fromAt, toAt] = ends.sort((a, b) => a - b);
        const rest = difference({ fromAt, toAt }, holes);

        for (let at = 0; at <= 40; at += 1) expect(holds(rest, at)).toBe(at >= fromAt && at < toAt && !holds(holes, at));
        expect(rest.every((one) => one.fromAt < one.toAt)).toBe(true);
      }),
    );
  });
});
