import type { Stretch } from '#src/core/stretch.ts';
import { placesByWindow, type WaitColumns } from '#src/core/statistics/wait-columns.ts';
import { estimateColumns, estimateShare, FEWEST_WAITS, type WaitEstimate } from '#src/core/statistics/wait-estimate.ts';
import { HEADLINE_AGES_SECONDS, type WaitFigure } from '#src/domain/figure.ts';
import type { CurveFigure, FinishedFigure, WeekFigure } from '#src/domain/figures.ts';
import { STAGES, type Stage } from '#src/domain/wait.ts';

/** Resampling starts from the same seed in every figure, so that the same facts give the same intervals. */
const SEED = 20_251_123;

/** Ages of the curve that are asked how many were still open. */
const AT_RISK_AGES_SECONDS = [3_600, 14_400, 86_400, 259_200, 604_800, 2_592_000];

/** At most so many points are drawn of a curve. */
const CURVE_POINTS = 200;

/** The age whose share is told week by week: one day. */
const WEEKLY_AGE_SECONDS = HEADLINE_AGES_SECONDS[1];

/** A stage's waits over a window, estimated. */
export interface WaitReading {
  /** Without its gaps, which waits do not tell. */
  readonly figure: Omit<WaitFigure, 'gaps'>;
  readonly finishedOnly: FinishedFigure;
  readonly curve: CurveFigure | null;
}

/** What the waits of one stage that overlap a window amount to (`definitions.md` 6); only those at `places` where they are given. */
export function readWaits(stage: Stage, waits: WaitColumns, window: Stretch, places: Uint32Array | null = null): WaitReading {
  const estimate = estimateColumns(waits, { window, asked: STAGES[stage].asked, agesSeconds: HEADLINE_AGES_SECONDS, seed: SEED }, places);
  return { figure: figureOf(stage, estimate), finishedOnly: estimate.finishedOnly, curve: curveOf(estimate) };
}

function figureOf(stage: Stage, { n, finished, stillWaiting, oldestSeconds, shown }: WaitEstimate): Omit<WaitFigure, 'gaps'> {
  return {
    stage,
    basis: 'estimate',
    n,
    finished,
    stillWaiting,
    oldestSeconds,
    within: shown?.within ?? [],
    endWithout: shown?.endWithout ?? null,
    p50: shown?.p50 ?? null,
    p75: shown?.p75 ?? null,
    p90: shown?.p90 ?? null,
    withheld: shown === null ? { why: 'few-waits', n, needed: FEWEST_WAITS } : null,
    change: null,
  };
}

function curveOf({ shown }: WaitEstimate): CurveFigure | null {
  if (shown === null) return null;
  const { curve, band } = shown;
  const { ages } = curve;
  const step = Math.max(1, Math.ceil(ages.length / CURVE_POINTS));
  const points: CurveFigure['points'][number][] = [];
  for (let index = 0; index < ages.length; index += 1) {
    if (index % step !== 0 && index !== ages.length - 1) continue;
    points.push({
      ageSeconds: ages[index] ?? 0,
      asked: curve.asked.share[index] ?? 0,
      low: band?.asked.low[index] ?? null,
      high: band?.asked.high[index] ?? null,
      otherwise: curve.otherwise.share[index] ?? 0,
    });
  }
  const { enters, leaves } = curve.risk;
  const atRisk = AT_RISK_AGES_SECONDS.map((ageSeconds) => ({ ageSeconds, count: countBelow(enters, ageSeconds) - countBelow(leaves, ageSeconds) }));
  return { points, atRisk };
}

/** Of ascending values, how many lie below `x`: who entered before an age and did not leave before it is at risk there. */
function countBelow(sorted: Float64Array, x: number): number {
  let count = 0;
  for (const value of sorted) if (value < x) count += 1;
  return count;
}

/** The same week by week; `nowAt` tells which week is not over. */
export function weeksOf(stage: Stage, waits: WaitColumns, weeks: readonly Stretch[], nowAt: number): WeekFigure[] {
  const places = placesByWindow(waits, weeks);
  return weeks.map((week, index) => {
    const { ended, share } = estimateShare(waits, { window: week, asked: STAGES[stage].asked, seed: SEED }, WEEKLY_AGE_SECONDS, places[index]);
    return { ...week, withinDay: share, ended, isOver: week.toAt <= nowAt };
  });
}
