import type { CsvCell } from '#src/core/csv.ts';
import { formatInstant } from '#src/core/instant.ts';
import { HEADLINE_AGES_SECONDS, type Quantile } from '#src/domain/figure.ts';
import type { MetricFigure } from '#src/domain/figures.ts';
import { formatScope } from '#src/domain/scope.ts';

/** The columns of a table of metrics as CSV. */
export const FIGURE_COLUMNS = [
  'metric',
  'scope',
  'from',
  'to',
  'n',
  'finished',
  'still_waiting',
  'oldest_seconds',
  ...['within_4h', 'within_1d', 'within_3d', 'within_7d', 'end_without'].flatMap((share) => [share, `${share}_low`, `${share}_high`]),
  'p50_seconds',
  'p75_seconds',
  'p90_seconds',
];


/** A metric as a row, in the order of `FIGURE_COLUMNS`; what is withheld or not reached is empty. */
export function figureRow({ metric, scope, window, figure }: MetricFigure): CsvCell[] {
  const shares = [...HEADLINE_AGES_SECONDS.map((age) => figure.within.find(({ ageSeconds }) => ageSeconds === age)?.share ?? null), figure.endWithout];
  return [
    metric.id,
    formatScope(scope),
    formatInstant(window.fromAt),
    formatInstant(window.toAt),
    figure.n,
    figure.finished,
    figure.stillWaiting,
    figure.oldestSeconds,
    ...shares.flatMap((share) => [share?.value ?? null, share?.interval?.low ?? null, share?.interval?.high ?? null]),
    ...[figure.p50, figure.p75, figure.p90].map(ageOf),
  ];
}

function ageOf(quantile: Quantile | null): number | null {
  return quantile?.kind === 'age' ? quantile.seconds : null;
}
