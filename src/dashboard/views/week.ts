import type { WeekFigure } from '#src/domain/figures.ts';
import type { WeekView } from '../frame-view.ts';

/** A week as a row of dots shows it. */
export function weekView({ fromAt, toAt, withinDay, ended, isOver }: WeekFigure): WeekView {
  const interval = withinDay?.interval ?? null;
  return { fromAt, toAt, share: withinDay?.value ?? null, interval: interval === null ? null : { low: interval.low, high: interval.high }, ended, isOver };
}
