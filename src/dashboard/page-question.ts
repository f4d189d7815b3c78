import { DateTime } from 'luxon';
import type { Clock } from '#src/core/clock.ts';
import { NarrowsError } from '#src/core/errors.ts';
import { quoted, type Query } from '#src/core/query.ts';
import type { Figures, Question } from '#src/domain/figures.ts';
import { formatScope, ORGANIZATION, parseScope, type Scope } from '#src/domain/scope.ts';
import type { Viewer } from '#src/domain/viewer.ts';
import { dayStart, DEFAULT_WEEKS, MOST_WEEKS, parseMoment, parseWeeks } from '#src/figures/asked-window.ts';

/** The parameters that every page with a bar has, and that every link between such pages carries on. */
export const CARRIED_PARAMETERS = ['scope', 'weeks', 'to', 'against'] as const;

/** What a page is asked for. */
export interface PageQuestion extends Question {
  readonly weeks: number;
  /** The last day of the window, `YYYY-MM-DD` in the scope's zone; null where the newest full weeks are asked for. */
  readonly to: string | null;
  /** The query that asks for the same on another page: `?scope=…`, without what is a default; else empty. */
  readonly carried: string;
}

/**
 * Reads what a page is asked for: full weeks up to and with the day `to`, as the page words it ("12 weeks
 * to 23 Nov"); without it up to now. Throws `NarrowsError('bad-usage')` that names parameter, value and expectation.
 */
export function pageQuestion(query: Query, viewer: Viewer, figures: Pick<Figures, 'zone' | 'lastWeeks'>, clock: Clock): PageQuestion {
  const scope = read(query, 'scope', parseScope, '"organization", "team:" with a slug or "repository:" with owner/name') ?? ORGANIZATION;
  const weeks = read(query, 'weeks', parseWeeks, `a whole number from 1 to ${String(MOST_WEEKS)}`) ?? DEFAULT_WEEKS;
  const to = read(query, 'to', parseDay, 'a day such as 2025-11-23');
  read(query, 'against', parseAgainst, 'before or year');
  const nowAt = clock.now();
  const untilAt = to === null ? nowAt : Math.min(nowAt, dayStart(to, figures.zone(scope), 1));
  return { viewer, scope, window: figures.lastWeeks(scope, weeks, untilAt), weeks, to, carried: carriedQuery(scope, weeks, to) };
}

/** The last day of a window as `to` names it. */
export function lastDay(toAt: number, zone: string): string {
  return DateTime.fromMillis(toAt - 1, { zone }).toFormat('yyyy-MM-dd');
}

/** The query of a scope and a window: `?scope=team%3Apayments&weeks=4`; what is a default is left out. */
export function carriedQuery(scope: Scope, weeks: number, to: string | null, more: Readonly<Record<string, string>> = {}): string {
  const parameters = new URLSearchParams(more);
  if (scope.kind !== 'organization') parameters.set('scope', formatScope(scope));
  if (weeks !== DEFAULT_WEEKS) parameters.set('weeks', String(weeks));
  if (to !== null) parameters.set('to', to);
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

/** What a page may be compared with. Figures compare nothing yet, so the page shows none; the address stays good. */
function parseAgainst(text: string): 'before' | 'year' | null {
  return text === 'before' || text === 'year' ? text : null;
}

function parseDay(text: string): string | null {
  const moment = parseMoment(text);
  return moment?.kind === 'day' ? moment.day : null;
}

/** Reads a parameter; null where it is absent or empty, as a form sends a choice that was not made. */
function read<T>(query: Query, name: string, parse: (text: string) => T | null, expects: string): T | null {
  const text = query[name] ?? '';
  if (text === '') return null;
  const value = parse(text);
  if (value === null) throw new NarrowsError('bad-usage', `The parameter ${name} is ${quoted(text)}, which is not ${expects}.`);
  return value;
}
