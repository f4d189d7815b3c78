import { describe, expect, test } from '@jest/globals';
import { median } from 'simple-statistics';
import type { Interval, Quantile } from '#src/core/statistics/estimate.ts';
import { uniform, xoshiro128 } from '#src/core/statistics/random.ts';
import { estimateWaits } from '#src/core/statistics/wait-estimate.ts';
import { isVerifying, recordFigure, size } from '#test/support/figures.ts';
import { ASKED_OUTCOMES, DAY_MS, MODELS, simulatedSubject, simulatedWindow, trueAge, trueShare, WINDOW, type WaitModel } from './simulated-waits.ts';

const SECTION = 'Statistics: intervals that hold the truth';
const BIAS_SECTION = 'Statistics: medians against the true one';

/** Windows for each model and n: what holds in the small size is held loosely, since chance alone moves it. */
const WINDOWS = size(60, 2_000);
const SLACK = size(0.06, 0);
const SIZES = isVerifying ? [30, 100, 300] : [30, 100];

const LEVELS = [
  { level: 'p50', p: 0.5, least: 0.93, most: 0.97 },
  { level: 'p75', p: 0.75, least: 0.92, most: 0.98 },
  { level: 'p90', p: 0.9, least: 0.92, most: 0.98 },
] as const;

/** How often a quantile was shown, held the truth, and had no upper end. */
interface Tally {
  shown: number;
  held: number;
  open: number;
}

const aTally = (): Tally => ({ shown: 0, held: 0, open: 0 });

function holds({ low, high, openAbove }: Interval, truth: number): boolean {
  return low <= truth && (truth <= high || openAbove === true);
}

function count(tally: Tally, quantile: Quantile | undefined, truth: number): void {
  if (quantile?.kind !== 'age' || quantile.interval === null) return;
  tally.shown += 1;
  tally.held += holds(quantile.interval, truth) ? 1 : 0;
  tally.open += quantile.interval.openAbove === true ? 1 : 0;
}

function simulate(model: WaitModel, n: number): { readonly tallies: Record<'p50' | 'p75' | 'p90' | 'day', Tally>; readonly naive: readonly number[]; readonly ours: readonly number[] } {
  const random = xoshiro128(n * model.perSubject + model.medianHours);
  const tallies = { p50: aTally(), p75: aTally(), p90: aTally(), day: aTally() };
  const naive: number[] = [];
  const ours: number[] = [];
  for (let window = 0; window < WINDOWS; window += 1) {
    const estimate = estimateWaits(simulatedWindow(model, n, random), { window: WINDOW, asked: ASKED_OUTCOMES, agesSeconds: [86_400], seed: window });
    for (const { level, p } of LEVELS) count(tallies[level], estimate.shown?.[level], trueAge(model, p));
    const day = estimate.shown?.within[0]?.share.interval;
    if (day != null) {
      tallies.day.shown += 1;
      tallies.day.held += holds(day, trueShare(model, 86_400)) ? 1 : 0;
    }
    if (estimate.finishedOnly.p50 !== null) naive.push(estimate.finishedOnly.p50 / trueAge(model, 0.5));
    if (estimate.shown?.p50.kind === 'age') ours.push(estimate.shown.p50.seconds / trueAge(model, 0.5));
  }
  return { tallies, naive, ours };
}

describe('over many simulated windows', () => {
  test.each(MODELS.flatMap((model) => SIZES.map((n) => ({ model, n, label: `${model.name}, n = ${n}` }))))('$label: intervals that are shown hold the truth', ({ model, n, label }) => {
    const { tallies, naive, ours } = simulate(model, n);

    for (const { level, least, most } of LEVELS) {
      const { shown, held, open } = tallies[level];
      // What is shown in few windows says little; where most ends are open, only the lower one can miss.
      const isJudged = shown >= WINDOWS / 10;
      const mayExceed = open > shown / 4 || n / model.perSubject < 30;
      if (isJudged) recordFigure(SECTION, `${label}, ${level}`, `${percent(held / shown)} of ${shown} shown, ${percent(open / shown)} open above`, `${percent(least)} to ${percent(mayExceed ? 1 : most)}`);
      if (isJudged) expect(held / shown).toBeGreaterThanOrEqual(least - SLACK);
      if (isJudged && !mayExceed) expect(held / shown).toBeLessThanOrEqual(most + SLACK);
    }
    const { shown, held } = tallies.day;
    recordFigure(SECTION, `${label}, share within a day`, percent(held / shown), '92 % or more');
    expect(held / shown).toBeGreaterThanOrEqual(0.92 - SLACK);

    recordBias(label, naive, ours);
    if (n / model.perSubject >= 30) expect(Math.abs(Math.log(median([...ours])))).toBeLessThan(0.05 + SLACK);
  });

  test('in the first weeks of a project finished waits flatter by half, and the estimate does not', () => {
    const model = MODELS.find(({ name }) => name === 'days')!;
    const random = xoshiro128(77);
    const window = { fromAt: 0, toAt: 7 * DAY_MS };
    const naive: number[] = [];
    const ours: number[] = [];
    for (let project = 0; project < WINDOWS / 4; project += 1) {
      const waits = Array.from({ length: 200 }, (_, s) => simulatedSubject(model, `s${s}`, Math.round(uniform(random) * window.toAt), random)).flat();
      const estimate = estimateWaits(waits, { window, asked: ASKED_OUTCOMES, agesSeconds: [], seed: 1 });
      naive.push((estimate.finishedOnly.p50 ?? NaN) / trueAge(model, 0.5));
      if (estimate.shown?.p50.kind === 'age') ours.push(estimate.shown.p50.seconds / trueAge(model, 0.5));
    }

    recordBias('the first week of a project, waits of days, n = 200', naive, ours);
    expect(median(naive)).toBeLessThan(0.5);
    expect(ours.length).toBeGreaterThan(WINDOWS / 8);
    expect(Math.abs(Math.log(median(ours)))).toBeLessThan(0.1);
  });
});

function recordBias(label: string, naive: readonly number[], ours: readonly number[]): void {
  recordFigure(BIAS_SECTION, `${label}, finished only`, `${median([...naive]).toFixed(2)} times the true one`, 'stands beside');
  recordFigure(BIAS_SECTION, `${label}, estimate`, `${median([...ours]).toFixed(2)} times the true one`, 'within 5 % from 30 subjects on');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
