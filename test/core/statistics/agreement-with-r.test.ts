import { describe, expect, test } from '@jest/globals';
import { cumulativeIncidence, type IncidenceCurve } from '#src/core/statistics/cumulative-incidence.ts';
import { incidenceBand } from '#src/core/statistics/incidence-band.ts';
import { FEWEST_AT_EDGE, incidenceQuantile } from '#src/core/statistics/incidence-quantile.ts';
import { logRank } from '#src/core/statistics/log-rank.ts';
import { toObservations } from '#src/core/statistics/observations.ts';
import { xoshiro128 } from '#src/core/statistics/random.ts';
import { subjectsAtRisk } from '#src/core/statistics/risk-table.ts';
import { resampledVariance } from '#src/core/statistics/resampled-variance.ts';
import { beyondBothSides } from '#src/core/statistics/standard-normal.ts';
import { windowRows } from '#src/core/statistics/window-observations.ts';
import { recordFigure } from '#test/support/figures.ts';
import { rCases, rCsv, rNumber, type Row } from './r-cases.ts';

const CASES = rCases();
const SECTION = 'Agreement with R';

/**
 * The largest difference between a column of R's and ours, and how many rows were compared. Left out is
 * R's NA, and an interval where the share is 0 or 1: there the transformed scale has none, and what R
 * gives is the rounding of the share.
 */
function worst(rows: readonly Row[], column: string, ours: (row: number) => number | undefined): { readonly difference: number; readonly compared: number } {
  let difference = 0;
  let compared = 0;
  const edge = /^(asked|otherwise)(?:Low|High)$/.exec(column)?.[1];
  rows.forEach((row, k) => {
    const theirs = rNumber(row, column);
    const share = edge === undefined ? 0.5 : rNumber(row, edge);
    if (Number.isNaN(theirs) || share < 1e-12 || share > 1 - 1e-12) return;
    difference = Math.max(difference, Math.abs(theirs - (ours(k) ?? NaN)));
    compared += 1;
  });
  return { difference, compared };
}

function rowsOf(file: string, name: string): Row[] {
  return rCsv(file).filter((row) => row['case'] === name);
}

describe('on data sets that R has estimated too', () => {
  test('there are more than twenty, ten of them recorded, with every difficulty that the definitions name', () => {
    const names = CASES.map(({ name }) => name);
    const has = (what: (observation: { enter: number; exit: number; cause: number }) => boolean): number => CASES.filter(({ rows }) => rows.some(what)).length;

    expect(names.filter((name) => name.includes('.'))).toHaveLength(10);
    expect(names.length).toBeGreaterThanOrEqual(30);
    expect(has(({ enter }) => enter >= 0)).toBeGreaterThanOrEqual(15);
    expect(has(({ cause }) => cause === 2)).toBeGreaterThanOrEqual(15);
    expect(has(({ exit }) => exit === 0)).toBeGreaterThanOrEqual(1);
    expect(CASES.filter(({ waits }) => waits.some(({ pauses }) => (pauses ?? []).length > 0)).length).toBeGreaterThanOrEqual(6);
  });

  test.each(CASES)('$name: the window cuts every wait as R cuts it', ({ name, rows }) => {
    const theirs = rowsOf('expected/observations.csv', name);

    expect(rows.map(({ subject, enter, exit, cause }) => ({ subject, enter, exit, cause }))).toEqual(
      theirs.map((row) => ({ subject: row['subject'], enter: rNumber(row, 'enter'), exit: rNumber(row, 'exit'), cause: rNumber(row, 'cause') })),
    );
  });

  test.each(CASES)('$name: risk sets and incidences are those of survival, to 1e-8', ({ name, observations }) => {
    const theirs = rowsOf('expected/curves.csv', name);
    const curve = cumulativeIncidence(observations);

    expect(Array.from(curve.ages)).toEqual(theirs.map((row) => rNumber(row, 'age')));
    expect(Array.from(curve.atRisk)).toEqual(theirs.map((row) => rNumber(row, 'atRisk')));
    expect(worst(theirs, 'asked', (k) => curve.asked.share[k])).toEqual({ difference: expect.closeTo(0, 8), compared: theirs.length });
    expect(worst(theirs, 'otherwise', (k) => curve.otherwise.share[k])).toEqual({ difference: expect.closeTo(0, 8), compared: theirs.length });
  });

  test.each(CASES)('$name: variances and intervals are those of etm, to 1e-8', ({ name, observations }) => {
    const theirs = rowsOf('expected/curves.csv', name);
    const curve = cumulativeIncidence(observations);
    const asked = incidenceBand(curve.asked, curve.atRisk);
    const otherwise = incidenceBand(curve.otherwise, curve.atRisk);

    for (const [column, ours] of [
      ['askedVariance', curve.asked.variance],
      ['otherwiseVariance', curve.otherwise.variance],
      ['askedLow', asked.low],
      ['askedHigh', asked.high],
      ['otherwiseLow', otherwise.low],
      ['otherwiseHigh', otherwise.high],
    ] as const) {
      expect({ column, ...worst(theirs, column, (k) => ours[k]) }).toEqual({ column, difference: expect.closeTo(0, 8), compared: expect.any(Number) });
    }
  });

  test('without competing ends it is one minus Kaplan-Meier', () => {
    const cases = CASES.filter(({ name }) => rowsOf('expected/kaplan-meier.csv', name).length > 0);

    expect(cases.length).toBeGreaterThanOrEqual(6);
    for (const { name, observations } of cases) {
      const curve = cumulativeIncidence(observations);
      const theirs = rowsOf('expected/kaplan-meier.csv', name);
      expect({ name, ...worst(theirs, 'asked', (k) => curve.asked.share[k]) }).toEqual({ name, difference: expect.closeTo(0, 8), compared: curve.ages.length });
    }
  });

  test('ages and their intervals are those of quantile.survfit, but for upper edges where too few subjects are left', () => {
    const theirs = rCsv('expected/quantiles.csv');

    const compared = theirs.map((row) => {
      const { observations } = CASES.find(({ name }) => name === row['case'])!;
      const curve = cumulativeIncidence(observations);
      const quantile = incidenceQuantile(curve, incidenceBand(curve.asked, curve.atRisk), rNumber(row, 'p'));
      if (quantile.kind !== 'age') return quantile.kind;
      expect({ ...row, seconds: quantile.seconds, low: quantile.interval?.low }).toEqual({ ...row, seconds: rNumber(row, 'age'), low: rNumber(row, 'low') });
      if (quantile.interval?.openAbove === true) {
        const readAt = curve.ages.indexOf(rNumber(row, 'high'));
        expect(readAt === -1 || subjectsAtRisk(curve.table, readAt) < FEWEST_AT_EDGE).toBe(true);
        return 'open';
      }
      if (row['high'] === '') {
        // All have ended there: R has no limit at a share of 1, this program a bound.
        expect(curve.asked.share[curve.ages.indexOf(quantile.interval?.high ?? NaN)]).toBeCloseTo(1, 12);
        return 'bounded';
      }
      expect({ ...row, high: quantile.interval?.high }).toEqual({ ...row, high: rNumber(row, 'high') });
      return 'closed';
    });

    expect(compared.filter((what) => what === 'closed').length).toBeGreaterThanOrEqual(10);
    expect(compared.filter((what) => what === 'open').length).toBeGreaterThanOrEqual(2);
  });

  test('standard errors by resampling subjects tend to the grouped jackknife', () => {
    const cases = CASES.filter(({ name }) => rowsOf('expected/grouped-errors.csv', name).length > 0);

    expect(cases.length).toBeGreaterThanOrEqual(4);
    for (const { name, observations } of cases) {
      const theirs = rowsOf('expected/grouped-errors.csv', name);
      const curve = resampledVariance(cumulativeIncidence(observations), observations, xoshiro128(5), 4_000);
      const ratios = theirs.map((row, k) => Math.sqrt(curve?.asked.variance[k] ?? NaN) / rNumber(row, 'asked')).filter((ratio) => Number.isFinite(ratio));
      const distance = Math.abs(median(ratios) - 1);
      expect({ name, distance, isNear: distance < 0.02 + 1.5 / observations.subjects }).toEqual({ name, distance, isNear: true });
    }
  });

  test.each(rCsv('expected/log-rank.csv'))('$case: its two halves compare as in coxph', (row) => {
    const { waits, window, asked } = CASES.find(({ name }) => name === row['case'])!;
    const middleAt = rNumber(row, 'middleAt');
    const first = windowRows(waits, { fromAt: window.fromAt, toAt: middleAt }, asked);
    const second = windowRows(waits, { fromAt: middleAt, toAt: window.toAt }, asked);

    const ours = logRank(toObservations([...first, ...second]), new Uint8Array(first.length + second.length).fill(1, first.length));

    expect(ours?.chiSquared).toBeCloseTo(rNumber(row, 'chiSquared'), 8);
    expect(beyondBothSides(Math.sqrt(ours?.chiSquared ?? NaN))).toBeCloseTo(rNumber(row, 'p'), 6);
    expect(ours?.p).toBeGreaterThan(rNumber(row, 'p') - 1e-3);
  });

  test('how far R and this program are apart at most', () => {
    const curves = new Map<string, IncidenceCurve>(CASES.map(({ name, observations }) => [name, cumulativeIncidence(observations)]));
    const over = (column: string, ours: (curve: IncidenceCurve) => Float64Array): number =>
      Math.max(...CASES.map(({ name }) => worst(rowsOf('expected/curves.csv', name), column, (k) => ours(curves.get(name)!)[k]).difference));

    const points = Math.max(over('asked', ({ asked }) => asked.share), over('otherwise', ({ otherwise }) => otherwise.share));
    const intervals = Math.max(
      over('askedLow', (curve) => incidenceBand(curve.asked, curve.atRisk).low),
      over('askedHigh', (curve) => incidenceBand(curve.asked, curve.atRisk).high),
    );

    recordFigure(SECTION, 'data sets', CASES.length, 'at least 20');
    recordFigure(SECTION, 'points against survival, largest difference', points.toExponential(1), 'below 1e-8');
    recordFigure(SECTION, 'intervals against etm, largest difference', intervals.toExponential(1), 'below 1e-8');
    expect(points).toBeLessThan(1e-8);
    expect(intervals).toBeLessThan(1e-8);
  });
});

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
