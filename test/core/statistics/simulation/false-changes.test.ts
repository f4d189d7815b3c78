import { describe, expect, test } from '@jest/globals';
import { beyondNoise, type Compared } from '#src/core/statistics/beyond-noise.ts';
import { uniform, xoshiro128, type Random } from '#src/core/statistics/random.ts';
import { compareRates, type RatePart } from '#src/core/statistics/rate-comparison.ts';
import { compareStanding, type TwoWindows } from '#src/core/statistics/standing-comparison.ts';
import { standardNormal } from '#src/core/statistics/standard-normal.ts';
import { compareWaits, LEAST_DIFFERENCE } from '#src/core/statistics/wait-comparison.ts';
import { recordFigure, size } from '#test/support/figures.ts';
import { ASKED_OUTCOMES, MODELS, simulatedStream, WINDOW, type WaitModel } from './simulated-waits.ts';

const SECTION = 'Statistics: changes called where nothing changed';
const REPORTS = size(20, 1_000);
const SLACK = size(0.12, 0);

const BEFORE = WINDOW;
const NOW = { fromAt: WINDOW.toAt, toAt: 2 * WINDOW.toAt };

/** Waits of two adjoining windows out of one steady stream; null where too few. */
function waits(model: WaitModel, perWindow: number, random: Random, slower = 1): Compared | null {
  const stream = simulatedStream(model, perWindow, NOW.toAt, random);
  const changed = stream.map((wait) => (wait.startedAt < NOW.fromAt ? wait : { ...wait, endedAt: wait.startedAt + ((wait.endedAt ?? 0) - wait.startedAt) * slower }));
  const compared = compareWaits(changed, NOW, BEFORE, ASKED_OUTCOMES);
  return compared === null ? null : { ...compared, leastDifference: LEAST_DIFFERENCE };
}

/** Runs that fail by a tenth, some subjects' five times as often as others'. */
function rates(subjects: number, random: Random): Compared | null {
  const window = (): RatePart[] =>
    Array.from({ length: subjects }, () => {
      const exposure = 1 + (random.next() % 6);
      const rate = uniform(random) < 0.3 ? 0.22 : 0.044;
      return { count: Array.from({ length: exposure }, () => uniform(random)).filter((u) => u < rate).length, exposure };
    });
  const compared = compareRates(window(), window(), random, 500);
  return compared === null ? null : { ...compared, leastDifference: 0 };
}

/** A stock of stays that last for days, in two windows of four weeks; long ones stand in both. */
function stock(perDay: number, random: Random): Compared {
  const subjects: TwoWindows[] = [];
  for (let at = -200; at < 56; at += -Math.log(uniform(random)) / perDay) {
    const end = at + Math.exp(1.5 * standardNormal(random));
    const inside = (from: number, to: number): number => Math.max(0, Math.min(to, end) - Math.max(from, at));
    subjects.push({ before: inside(0, 28), now: inside(28, 56) });
  }
  return { ...compareStanding(subjects, 28, 28), leastDifference: 0 };
}

const KINDS: readonly { readonly name: string; readonly draw: (random: Random) => Compared | null }[] = [
  ...MODELS.flatMap((model) => [30, 100].map((n) => ({ name: `waits of ${model.name}, n = ${n}`, draw: (random: Random) => waits(model, n, random) }))),
  ...[20, 100].map((n) => ({ name: `a failure rate of ${n} subjects`, draw: (random: Random) => rates(n, random) })),
  ...[0.5, 3].map((perDay) => ({ name: `a stock of ${perDay} a day`, draw: (random: Random) => stock(perDay, random) })),
];

describe('where two windows are alike', () => {
  test('at most one report in ten calls a change', () => {
    const random = xoshiro128(2_025);
    let calling = 0;
    for (let report = 0; report < REPORTS; report += 1) {
      const comparisons = KINDS.flatMap(({ draw }) => draw(random) ?? []);
      calling += beyondNoise(comparisons).includes(true) ? 1 : 0;
    }

    recordFigure(SECTION, `reports of ${KINDS.length} comparisons that call a change`, `${((100 * calling) / REPORTS).toFixed(1)} % of ${REPORTS}`, 'at most 10 %');
    expect(calling / REPORTS).toBeLessThanOrEqual(0.1 + SLACK);
  });

  test.each(KINDS)('$name alone: hardly more than a tenth at ten per cent', ({ name, draw }) => {
    const random = xoshiro128(name.length);
    const drawn = Array.from({ length: REPORTS }, () => draw(random)?.p ?? null).filter((p) => p !== null);
    const share = drawn.filter((p) => p <= 0.1).length / drawn.length;

    recordFigure(SECTION, `${name}: p at most 0.1`, `${(100 * share).toFixed(1)} % of ${drawn.length}`, 'at most 13 %');
    expect(drawn.length).toBeGreaterThan(REPORTS / 3);
    expect(share).toBeLessThanOrEqual(0.13 + SLACK);
  });
});

test('waits that take twice as long are called a change beyond noise in most reports', () => {
  const random = xoshiro128(4);
  const model = MODELS[0]!;
  const called = Array.from({ length: REPORTS }, () => beyondNoise([waits(model, 100, random, 2) ?? { now: 0, before: 0, p: 1, leastDifference: 0 }])[0]).filter(Boolean).length;

  recordFigure(SECTION, 'waits of hours, n = 100, that take twice as long: called a change', `${((100 * called) / REPORTS).toFixed(1)} %`, 'at least 60 %');
  expect(called / REPORTS).toBeGreaterThanOrEqual(0.6 - SLACK);
});
