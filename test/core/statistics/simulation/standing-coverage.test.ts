import { describe, expect, test } from '@jest/globals';
import { uniform, xoshiro128, type Random } from '#src/core/statistics/random.ts';
import { standardNormal } from '#src/core/statistics/standard-normal.ts';
import { estimateStanding } from '#src/core/statistics/standing-estimate.ts';
import { recordFigure, size } from '#test/support/figures.ts';

const SECTION = 'Statistics: intervals of the standing stock';
const WINDOWS = size(100, 2_000);
const SLACK = size(0.06, 0);

/** Days. A stay begun longer before a window is not simulated, and none lasts longer. */
const HISTORY = 300;

/** A phase in which `perDay` stays begin, log-normal in length with a median of one day. */
interface PhaseModel {
  readonly perDay: number;
  readonly sigma: number;
  readonly windowDays: number;
}

function stayDays({ sigma }: PhaseModel, random: Random): number {
  return Math.min(HISTORY, Math.exp(sigma * standardNormal(random)));
}

/** What each stay adds to a window, days. */
function contributions(model: PhaseModel, random: Random): number[][] {
  const rows: number[][] = [];
  for (let at = -HISTORY; at < model.windowDays; at += -Math.log(uniform(random)) / model.perDay) {
    const inside = Math.min(model.windowDays, at + stayDays(model, random)) - Math.max(0, at);
    if (inside > 0) rows.push([inside]);
  }
  return rows;
}

describe('over many simulated windows', () => {
  test.each([
    { perDay: 0.5, sigma: 1, windowDays: 28 },
    { perDay: 0.5, sigma: 1.7, windowDays: 28 },
    { perDay: 2, sigma: 1, windowDays: 28 },
    { perDay: 2, sigma: 1.7, windowDays: 28 },
    { perDay: 2, sigma: 2.2, windowDays: 84 },
    { perDay: 8, sigma: 1.7, windowDays: 84 },
  ])('the interval of L holds the true stock: $perDay a day, sigma $sigma, $windowDays days', (model) => {
    const random = xoshiro128(model.perDay * 100 + model.sigma * 10 + model.windowDays);
    const lengths = Array.from({ length: size(50_000, 400_000) }, () => stayDays(model, random));
    const truth = (model.perDay * lengths.reduce((sum, length) => sum + length, 0)) / lengths.length;
    let held = 0;
    let shown = 0;
    for (let window = 0; window < WINDOWS; window += 1) {
      const interval = estimateStanding(['a'], contributions(model, random), model.windowDays, random, 1).phases[0]?.standing.interval;
      if (interval == null) continue;
      shown += 1;
      held += interval.low <= truth && truth <= interval.high ? 1 : 0;
    }

    const label = `${model.perDay} a day, sigma ${model.sigma}, ${model.windowDays} days, L = ${truth.toFixed(1)}`;
    recordFigure(SECTION, label, `${((100 * held) / shown).toFixed(1)} % of ${shown}`, '90 % or more');
    expect(shown).toBeGreaterThan(WINDOWS * 0.95);
    expect(held / shown).toBeGreaterThanOrEqual(0.9 - SLACK);
  });

  test('a bottleneck that is named alone is the true one, and two alike are named together', () => {
    const random = xoshiro128(3);
    let wrong = 0;
    let together = 0;
    const windows = size(40, 1_000);
    for (let window = 0; window < windows; window += 1) {
      const rows = [
        ...contributions({ perDay: 2, sigma: 1, windowDays: 28 }, random).map(([days]) => [days ?? 0, 0, 0]),
        ...contributions({ perDay: 2, sigma: 1, windowDays: 28 }, random).map(([days]) => [0, days ?? 0, 0]),
        ...contributions({ perDay: 0.5, sigma: 1, windowDays: 28 }, random).map(([days]) => [0, 0, days ?? 0]),
      ];
      const { bottleneck } = estimateStanding(['a', 'b', 'c'], rows, 28, random, 400);
      wrong += bottleneck.includes('c') ? 1 : 0;
      together += bottleneck.length === 2 ? 1 : 0;
    }

    recordFigure(SECTION, 'two phases alike and a third a quarter of them: the third named', `${((100 * wrong) / windows).toFixed(1)} %`, 'at most 1 %');
    recordFigure(SECTION, 'two phases alike: both named', `${((100 * together) / windows).toFixed(1)} %`, 'at least 75 %');
    expect(wrong / windows).toBeLessThanOrEqual(0.01);
    expect(together / windows).toBeGreaterThanOrEqual(0.75 - SLACK);
  });
});
