import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MinutePoints } from '#src/github/minute-points.ts';

const LIMIT = 20;

describe('the points of a minute', () => {
  test('may be taken up to the limit, and again a minute after the answers', () => {
    const points = new MinutePoints(LIMIT);
    points.take(15)(1_000);
    points.take(5)(4_000);

    expect([points.readyAt(1, 5_000), points.readyAt(15, 5_000), points.readyAt(16, 5_000)]).toEqual([61_000, 61_000, 64_000]);
    expect([points.readyAt(15, 61_000), points.readyAt(16, 61_000)]).toEqual([61_000, 64_000]);
  });

  test('count for as long as a request is on its way', () => {
    const points = new MinutePoints(LIMIT);
    const settle = points.take(20);

    expect(points.readyAt(1, 600_000)).toBeGreaterThan(600_000);
    settle(600_000);
    expect(points.readyAt(1, 600_000)).toBe(660_000);
  });

  test('keep every minute of the server under the limit, whenever within a request it counts', () => {
    const requests = fc.array(fc.record({ gap: fc.nat(9_000), points: fc.constantFrom(1, 5), takesMs: fc.nat(30_000), countedAfter: fc.double({ min: 0, max: 1, noNaN: true }) }), { minLength: 30, maxLength: 120 });
    fc.assert(
      fc.property(requests, (all) => {
        const counted = simulate(all);
        for (const { at: end } of counted) {
          const sum = counted.filter(({ at }) => at > end - 60_000 && at <= end).reduce((total, one) => total + one.points, 0);
          expect(sum).toBeLessThanOrEqual(LIMIT);
        }
      }),
    );
  });
});

interface Simulated {
  readonly gap: number;
  readonly points: number;
  readonly takesMs: number;
  readonly countedAfter: number;
}

/** Sends requests side by side as soon as they may be sent; yields when the server counted each. */
function simulate(requests: readonly Simulated[]): { readonly at: number; readonly points: number }[] {
  const minute = new MinutePoints(LIMIT);
  const open: { readonly endsAt: number; readonly settle: (now: number) => void }[] = [];
  const counted: { at: number; points: number }[] = [];
  let now = 0;
  for (const { gap, points, takesMs, countedAfter } of requests) {
    now += gap;
    for (;;) {
      open.sort((a, b) => a.endsAt - b.endsAt);
      while (open[0] !== undefined && open[0].endsAt <= now) {
        const { endsAt, settle } = open.shift()!;
        settle(endsAt);
      }
      const readyAt = minute.readyAt(points, now);
      if (readyAt <= now) break;
      now = Math.min(readyAt, open[0]?.endsAt ?? readyAt);
    }
    open.push({ endsAt: now + takesMs, settle: minute.take(points) });
    counted.push({ at: now + takesMs * countedAfter, points });
  }
  return counted;
}
