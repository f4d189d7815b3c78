import { DateTime } from 'luxon';
import { NarrowsError } from '#src/core/errors.ts';
import { formatInstant, parseInstant } from '#src/core/instant.ts';
import type { Stretch } from '#src/core/stretch.ts';
import type { Figures } from '#src/domain/figures.ts';
import type { Scope } from '#src/domain/scope.ts';

/** A moment as it is asked for: an instant, or a day of the scope's calendar, `YYYY-MM-DD`. */
export type AskedMoment = { readonly kind: 'instant'; readonly at: number } | { readonly kind: 'day'; readonly day: string };

/** The window that is asked for: from one moment to another, or the full weeks before one. */
export interface AskedWindow {
  readonly from?: AskedMoment | undefined;
  readonly to?: AskedMoment | undefined;
  readonly weeks?: number | undefined;
}

/** The weeks of a window that nobody chose. */
export const DEFAULT_WEEKS = 12;

/** The most weeks that can be asked for: ten years. */
export const MOST_WEEKS = 520;

/** The words for what `parseMoment` reads. */
export const MOMENT_EXPECTED = 'an instant such as 2025-11-24T00:00:00Z or a day such as 2025-11-24';

/** Reads `2025-11-24T00:00:00Z` or `2025-11-24`; null for anything else, a day that does not exist included. */
export function parseMoment(text: string): AskedMoment | null {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return DateTime.fromISO(text, { zone: 'utc' }).isValid ? { kind: 'day', day: text } : null;
  const at = parseInstant(text);
  return at === null ? null : { kind: 'instant', at };
}

/** Reads a number of weeks, 1 to `MOST_WEEKS`; null for anything else. */
export function parseWeeks(text: string): number | null {
  const weeks = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  return weeks >= 1 && weeks <= MOST_WEEKS ? weeks : null;
}

/** When a day begins in a zone, or the day after it, epoch ms. */
export function dayStart(day: string, zone: string, daysLater: 0 | 1 = 0): number {
  return DateTime.fromISO(day, { zone }).plus({ days: daysLater }).startOf('day').toMillis();
}

/**
 * The window that is asked for, half-open: a day means its midnight in the scope's zone, so that
 * `from=2025-11-17&to=2025-11-24` is one week. Weeks are full ISO weeks before `to`; without any of the three,
 * the last twelve before now. An end in the future is now: nothing is known beyond. Throws
 * `NarrowsError('bad-usage')` for both kinds at once and for a window of no length.
 */
export function askedWindow(asked: AskedWindow, scope: Scope, figures: Pick<Figures, 'zone' | 'lastWeeks'>, nowAt: number): Stretch {
  const zone = figures.zone(scope);
  const instantOf = (moment: AskedMoment): number => (moment.kind === 'instant' ? moment.at : dayStart(moment.day, zone));
  const toAt = Math.min(asked.to === undefined ? nowAt : instantOf(asked.to), nowAt);
  if (asked.from === undefined) return figures.lastWeeks(scope, asked.weeks ?? DEFAULT_WEEKS, toAt);
  if (asked.weeks !== undefined) throw new NarrowsError('bad-usage', 'Both from and weeks are given: a window has from and to, or weeks and to.');
  const fromAt = instantOf(asked.from);
  if (fromAt >= toAt) {
    throw new NarrowsError('bad-usage', `The window from ${formatInstant(fromAt)} to ${formatInstant(toAt)} has no length: from must lie before to and before now.`);
  }
  return { fromAt, toAt };
}
