import { z } from 'zod';
import { formatInstant } from '#src/core/instant.ts';
import type { CurveFigure, Explanation, FinishedFigure, Metric, MetricFigure, WeekFigure } from '#src/domain/figures.ts';
import { formatScope } from '#src/domain/scope.ts';
import { count, estimate, estimateBody, instant, seconds, share, stage, waitFigure, waitFigureBody, window, windowBody } from './shapes.ts';

/** What a metric measures, in words. */
export const metric = z.strictObject({
  id: z.string(),
  title: z.string(),
  definition: z.string(),
  unit: z.string().describe('A unit of UCUM.'),
  population: z.string(),
  exclusions: z.string(),
  bias: z.string(),
  source: z.string(),
  stage,
});

/** Quantiles of the waits that ended in the window as asked; they leave out all that still wait. */
const finishedOnly = z.strictObject({
  n: count,
  p50_seconds: seconds.nullable(),
  p75_seconds: seconds.nullable(),
  p90_seconds: seconds.nullable(),
});

/** A week of a window. */
export const week = z.strictObject({ from: instant, to: instant, within_day: estimate.nullable(), ended: count, is_over: z.boolean() });

/** What became of waits by age. */
export const curve = z.strictObject({
  points: z.array(z.strictObject({ age_seconds: seconds, asked: share, low: share.nullable(), high: share.nullable(), otherwise: share })),
  at_risk: z.array(z.strictObject({ age_seconds: seconds, count })),
});

/** How a figure came to be. */
export const explanation = z.strictObject({
  method: z.string(),
  contributing: count,
  left_out: z.array(z.strictObject({ reason: z.string(), count })),
  facts_until: instant.nullable().describe('When the newest fact behind it was true.'),
});

/** A metric over a window: its figure, the naive one beside it, week by week, by age, and how it came to be. */
export const metricAnswer = z.strictObject({
  metric,
  scope: z.string(),
  window,
  figure: waitFigure,
  finished_only: finishedOnly,
  weeks: z.array(week),
  curve: curve.nullable(),
  by_repository: z.array(z.strictObject({ repository: z.string(), figure: waitFigure })).optional(),
  explanation,
});

/** A metric over a window in the words of the API, without its parts. */
export function metricAnswerBody(found: MetricFigure): z.input<typeof metricAnswer> {
  return {
    metric: metricBody(found.metric),
    scope: formatScope(found.scope),
    window: windowBody(found.window),
    figure: waitFigureBody(found.figure),
    finished_only: finishedBody(found.finishedOnly),
    weeks: found.weeks.map(weekBody),
    curve: found.curve === null ? null : curveBody(found.curve),
    explanation: explanationBody(found.explanation),
  };
}

/** A metric in the words of the API. */
export function metricBody({ id, title, definition, unit, population, exclusions, bias, source, stage: of }: Metric): z.input<typeof metric> {
  return { id, title, definition, unit, population, exclusions, bias, source, stage: of };
}

/** The finished waits' quantiles in the words of the API. */
function finishedBody({ n, p50, p75, p90 }: FinishedFigure): z.input<typeof finishedOnly> {
  return { n, p50_seconds: p50, p75_seconds: p75, p90_seconds: p90 };
}

/** A week in the words of the API. */
function weekBody({ fromAt, toAt, withinDay, ended, isOver }: WeekFigure): z.input<typeof week> {
  return { from: formatInstant(fromAt), to: formatInstant(toAt), within_day: withinDay === null ? null : estimateBody(withinDay), ended, is_over: isOver };
}

/** A curve in the words of the API. */
function curveBody({ points, atRisk }: CurveFigure): z.input<typeof curve> {
  return {
    points: points.map(({ ageSeconds, asked, low, high, otherwise }) => ({ age_seconds: ageSeconds, asked, low, high, otherwise })),
    at_risk: atRisk.map((one) => ({ age_seconds: one.ageSeconds, count: one.count })),
  };
}

/** An explanation in the words of the API. */
function explanationBody({ method, contributing, leftOut, factsUntilAt }: Explanation): z.input<typeof explanation> {
  return {
    method,
    contributing,
    left_out: leftOut.map(({ reason, count: times }) => ({ reason, count: times })),
    facts_until: factsUntilAt === null ? null : formatInstant(factsUntilAt),
  };
}
