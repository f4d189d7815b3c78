import { describe, expect, test } from '@jest/globals';
import { estimateWaits, type WaitEstimate } from '#src/core/statistics/wait-estimate.ts';
import type { ObservableWait } from '#src/core/statistics/observable-wait.ts';
import { HEADLINE_AGES_SECONDS, type Estimate as FigureEstimate, type Quantile as FigureQuantile } from '#src/domain/figure.ts';
import { from } from './observed-ages.ts';

const HOUR = 3_600;
const at = (hour: number): number => 1_736_121_600_000 + hour * HOUR * 1000;
const QUESTION = { window: { fromAt: at(0), toAt: at(28 * 24) }, asked: ['responded'], agesSeconds: HEADLINE_AGES_SECONDS, seed: 1 };

function aWait(startedHour: number, hours: number | null, more: Partial<ObservableWait> = {}): ObservableWait {
  return { subject: `${startedHour}`, startedAt: at(startedHour), endedAt: hours === null ? null : at(startedHour + hours), outcome: hours === null ? null : 'responded', pausedSeconds: 0, ...more };
}

function estimate(waits: readonly ObservableWait[], seed = 1): WaitEstimate {
  return estimateWaits(waits, { ...QUESTION, seed });
}

describe('an estimate', () => {
  test('says how its waits left the window, and how old the oldest is that still waits', () => {
    const waits = [...from(1, 8).map((hour) => aWait(hour, 5)), aWait(20, 5, { outcome: 'closed' }), aWait(-30, null), aWait(600, null), aWait(2_000, null)];

    const { n, subjects, finished, endedOtherwise, stillWaiting, oldestSeconds } = estimate(waits);

    expect({ n, subjects, finished, endedOtherwise, stillWaiting, oldestSeconds }).toEqual({
      n: 11,
      subjects: 11,
      finished: 8,
      endedOtherwise: 1,
      stillWaiting: 2,
      oldestSeconds: (28 * 24 + 30) * HOUR,
    });
  });

  test('has no oldest where nothing waits: that is null and not 0', () => {
    expect(estimate([aWait(1, 5)]).oldestSeconds).toBeNull();
  });

  test('is withheld below ten waits and shown from ten on', () => {
    expect(estimate(from(1, 9).map((hour) => aWait(hour, 5))).shown).toBeNull();
    expect(estimate(from(1, 10).map((hour) => aWait(hour, 5))).shown).not.toBeNull();
  });

  test('gives the headline at the ages asked for, and the share that ends without', () => {
    const waits = [...from(1, 10).map((hour) => aWait(hour, 2)), ...from(11, 20).map((hour) => aWait(hour, 30)), ...from(21, 25).map((hour) => aWait(hour, 40, { outcome: 'closed' }))];

    const shown = estimate(waits).shown!;

    expect(shown.within.map(({ ageSeconds, share }) => [ageSeconds / HOUR, share.value])).toEqual([
      [4, expect.closeTo(0.4, 10)],
      [24, expect.closeTo(0.4, 10)],
      [72, expect.closeTo(0.8, 10)],
      [168, expect.closeTo(0.8, 10)],
    ]);
    expect(shown.endWithout.value).toBeCloseTo(0.2, 10);
    expect(shown.endWithout.interval?.low).toBeGreaterThan(0.05);
    expect(shown.p50).toMatchObject({ kind: 'age', seconds: 30 * HOUR });
    expect(shown.p90).toMatchObject({ kind: 'never', endWithout: expect.closeTo(0.2, 10) });
  });

  test('counts what still waits, which finished waits alone forget', () => {
    const quick = from(1, 20).map((hour) => aWait(hour, 2));
    const stuck = from(1, 20).map((hour) => aWait(hour + 0.5, null));

    const { shown, finishedOnly } = estimate([...quick, ...stuck]);

    expect(finishedOnly).toEqual({ n: 20, p50: 2 * HOUR, p75: 2 * HOUR, p90: 2 * HOUR });
    expect(shown?.p75.kind).toBe('not-yet');
    expect(shown?.within[1]?.share.value).toBeCloseTo(0.5, 10);
  });

  test('is of the types that figures are made of', () => {
    const shown = estimate(from(1, 10).map((hour) => aWait(hour, 5))).shown!;

    const quantiles: readonly FigureQuantile[] = [shown.p50, shown.p75, shown.p90];
    const endWithout: FigureEstimate = shown.endWithout;

    expect([...quantiles, endWithout]).toHaveLength(4);
  });
});

describe('where subjects have several waits', () => {
  const alone = from(1, 60).map((hour) => aWait(hour, 1 + (hour % 20)));
  const shared = alone.map((wait, i) => ({ ...wait, subject: `${Math.floor(i / 20)}`, endedAt: wait.startedAt + (1 + 9 * Math.floor(i / 20)) * HOUR * 1000 }));
  const width = ({ interval }: FigureEstimate): number => (interval === null ? NaN : interval.high - interval.low);

  test('intervals grow, since they know less than as many subjects do', () => {
    const [one, three] = [estimate(alone).shown!, estimate(shared).shown!];

    expect(width(three.within[0]!.share)).toBeGreaterThan(2 * width(one.within[0]!.share));
  });

  test('the same seed gives the same figures, and another one others', () => {
    const [first, second, other] = [estimate(shared, 1), estimate(shared, 1), estimate(shared, 2)];

    expect(second).toEqual(first);
    expect(other.shown?.within[0]?.share.interval).not.toEqual(first.shown?.within[0]?.share.interval);
    expect(other.shown?.within[0]?.share.value).toBe(first.shown?.within[0]?.share.value);
  });

  test('one subject alone has shares and ages and no interval', () => {
    const { within, p50, endWithout, band } = estimate(alone.map((wait) => ({ ...wait, subject: 'one' }))).shown!;

    expect(within[0]?.share).toEqual({ value: expect.closeTo(0.2, 10), interval: null });
    expect(p50).toEqual({ kind: 'age', seconds: 10 * HOUR, interval: null });
    expect([endWithout.interval, band]).toEqual([null, null]);
  });
});

describe('finished only', () => {
  test('takes waits that ended in the window as asked, by their whole length', () => {
    const waits = [aWait(-100, 100), aWait(-50, 60), aWait(0, 28 * 24), aWait(1, 10, { outcome: 'closed' }), aWait(1, 0, { outcome: 'early' }), aWait(-9, 8), aWait(5, 30, { pausedSeconds: 10 * HOUR })];

    expect(estimate(waits).finishedOnly).toEqual({ n: 3, p50: 60 * HOUR, p75: 80 * HOUR, p90: expect.closeTo(92 * HOUR, 6) });
  });

  test('of nothing finished is not known', () => {
    expect(estimate([aWait(1, null)]).finishedOnly).toEqual({ n: 0, p50: null, p75: null, p90: null });
  });
});
