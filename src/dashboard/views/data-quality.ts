import type { Certificate, CertifiedKind, CertifiedWeek } from '#src/domain/certificate.ts';
import type { StripWeek } from '#src/charts/week-strip.tsx';
import { utcWeekOf, WEEK_MS } from '#src/core/utc-week.ts';
import { compareText } from '#src/core/text.ts';
import type { DataQualityView, KindRowView } from '../data-quality-view.ts';
import type { FrameView } from '../frame-view.ts';
import type { PageQuestion } from '../page-question.ts';
import { windowView } from './frame.ts';
import { dataQualityHref } from './hrefs.ts';

/** What the page Data quality is made of. */
export interface DataQualityFacts {
  readonly frame: FrameView;
  readonly question: PageQuestion;
  readonly certificate: Certificate;
  /** The first row of the page, and how many it lists. */
  readonly from: number;
  readonly listed: number;
}

/** The page Data quality. */
export function dataQualityView({ frame, question, certificate, from, listed }: DataQualityFacts): DataQualityView {
  const { window, storedShare, gaps, lag, repositories } = certificate;
  const weeks = weeksOf(window.fromAt, window.toAt);
  const rows = repositories.flatMap(({ repository, kinds }) => kinds.map((kind) => rowView(repository.fullName, repository.id, kind, weeks))).toSorted(incompleteFirst);
  return {
    frame,
    window: { ...windowView(question), ...window },
    storedShare,
    gaps,
    lag,
    rows: rows.slice(from, from + listed),
    total: rows.length,
    nextHref: from + listed < rows.length ? dataQualityHref(question, { cursor: String(from + listed) }) : null,
  };
}

function rowView(repository: string, id: string, { kind, storedShare, expected, stored, healed, openGaps, weeks }: CertifiedKind, all: readonly number[]): KindRowView {
  const byWeek = new Map(weeks.map((week) => [week.fromAt, week]));
  return { key: `${id} ${kind}`, repository, kind, storedShare, expected, stored, healed, openGaps, weeks: all.map((week) => stripWeek(byWeek.get(week))) };
}

function stripWeek(week: CertifiedWeek | undefined): StripWeek {
  if (week === undefined) return { storedShare: null, gap: null };
  const { expected, stored, healed, openGaps } = week;
  return { storedShare: expected === null || expected === 0 ? null : Math.min(1, stored / expected), gap: openGaps > 0 ? 'open' : healed > 0 ? 'healed' : null };
}

/** The Mondays 00:00 UTC of the weeks that a window touches. */
function weeksOf(fromAt: number, toAt: number): number[] {
  const first = utcWeekOf(fromAt);
  return Array.from({ length: Math.ceil((toAt - first) / WEEK_MS) }, (_, index) => first + index * WEEK_MS);
}

/** Rows with open gaps, then those of which most is missing, then by name; kinds keep their order. */
function incompleteFirst(a: KindRowView, b: KindRowView): number {
  return Number(b.openGaps > 0) - Number(a.openGaps > 0) || (a.storedShare ?? 1) - (b.storedShare ?? 1) || compareText(a.repository, b.repository);
}
