import { formatInstant } from '#src/core/instant.ts';
import type { Estimate, Gap, PhaseFigure, Quantile } from '#src/domain/figure.ts';
import type { FlowFigure, MetricFigure } from '#src/domain/figures.ts';
import { formatScope } from '#src/domain/scope.ts';

/** Where pull requests stand, as data: instants ISO 8601, rates a week, what is missing null. */
export function flowJson(flow: FlowFigure): Record<string, unknown> {
  return {
    scope: formatScope(flow.scope),
    from: formatInstant(flow.window.fromAt),
    to: formatInstant(flow.window.toAt),
    bottleneck: flow.bottleneck,
    standing: flow.standing,
    phases: flow.phases.map(phaseJson),
    gaps: flow.gaps.map(gapJson),
    beside: flow.beside.map(({ what, standing, now }) => ({ what, ...estimateJson(standing), now })),
  };
}

function phaseJson({ phase, standing, share, arrivalsPerWeek, departuresPerWeek }: PhaseFigure): Record<string, unknown> {
  return { phase, ...estimateJson(standing), share, arrivals_per_week: arrivalsPerWeek, departures_per_week: departuresPerWeek };
}

/** A metric as data: durations in seconds. */
export function metricJson({ metric, figure, finishedOnly }: MetricFigure): Record<string, unknown> {
  return {
    id: metric.id,
    unit: metric.unit,
    n: figure.n,
    finished: figure.finished,
    still_waiting: figure.stillWaiting,
    oldest_seconds: figure.oldestSeconds,
    finished_only: { n: finishedOnly.n, p50: finishedOnly.p50, p75: finishedOnly.p75, p90: finishedOnly.p90 },
    within: figure.within.map(({ ageSeconds, share }) => ({ age_seconds: ageSeconds, ...estimateJson(share) })),
    end_without: figure.endWithout === null ? null : estimateJson(figure.endWithout),
    p50: quantileJson(figure.p50),
    p75: quantileJson(figure.p75),
    p90: quantileJson(figure.p90),
    withheld: figure.withheld,
    gaps: figure.gaps.map(gapJson),
  };
}

/** A gap as data, as the API has it. */
export function gapJson({ repository, fromAt, toAt, state, kind, missing, expected, reason }: Gap): Record<string, unknown> {
  const what = kind ?? (state === 'before-history' ? null : 'deliveries');
  return { repository, from: formatInstant(fromAt), to: toAt === null ? null : formatInstant(toAt), state, kind: what, missing, expected, reason: reason ?? null };
}

function estimateJson({ value, interval }: Estimate): Record<string, unknown> {
  return { value, low: interval?.low ?? null, high: interval === null || interval.openAbove === true ? null : interval.high };
}

function quantileJson(quantile: Quantile | null): Record<string, unknown> | null {
  if (quantile === null) return null;
  if (quantile.kind !== 'age') return { ...quantile };
  return { kind: 'age', ...estimateJson({ value: quantile.seconds, interval: quantile.interval }) };
}
