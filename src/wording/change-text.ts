import type { Change } from '#src/domain/figure.ts';
import { NBSP } from './characters.ts';
import { ageText } from './duration-text.ts';
import { counted, stockText } from './number-text.ts';
import { pointsBetween, shareText } from './share-text.ts';

/** What a window is compared with: as many weeks just before it, or a year before. */
export interface Comparison {
  readonly against: 'before' | 'year';
  readonly weeks: number;
}

/** The comparison window in a sentence: `in the 12 weeks before`, `in the same 12 weeks a year before`. */
export function comparisonText(comparison: Comparison): string {
  const weeks = comparison.weeks === 1 ? 'week' : counted(comparison.weeks, 'week');
  return comparison.against === 'before' ? `in the ${weeks} before` : `in the same ${weeks} a year before`;
}

/** A change that is shown: words for the size and direction, and whether it is one for the worse. */
export interface ChangeWords {
  readonly arrow: '▲' | '▼';
  readonly size: string;
  readonly rest: string;
  readonly isWorse: boolean;
}

/**
 * A change of a share: `8 points fewer` and ` than in the 12 weeks before (78 %), beyond noise`.
 * Null for noise, which gets no arrow and no size.
 */
export function shareChange(change: Change, comparison: Comparison): ChangeWords | null {
  if (change.kind === 'within-noise') return null;
  const rose = change.now > change.before;
  return {
    arrow: rose ? '▲' : '▼',
    size: `${counted(pointsBetween(change.now, change.before), 'point')} ${rose ? 'more' : 'fewer'}`,
    rest: ` than ${comparisonText(comparison)} (${shareText(change.before)}), beyond noise`,
    isWorse: change.isWorse,
  };
}

/** A change of a share in the cell of a table: `8 points`; null for noise. */
export function shareChangeCell(change: Change): string | null {
  return change.kind === 'within-noise' ? null : counted(pointsBetween(change.now, change.before), 'point');
}

/** `No change beyond noise (51 % before)`, for a share. */
export function sameShareText(before: number): string {
  return `No change beyond noise (${shareText(before)} before)`;
}

/** `No change beyond noise (16 min before)`, for a duration in seconds. */
export function sameDurationText(before: number): string {
  return `No change beyond noise (${ageText(before)} before)`;
}

/** A change of a stock as a sentence: `In the 12 weeks before it was 12.3; the rise is beyond noise.` */
export function stockChangeSentence(change: Change, comparison: Comparison): string {
  if (change.kind === 'within-noise') return `No change beyond noise (${stockText(change.before)} before).`;
  return `${capital(comparisonText(comparison))} it was ${stockText(change.before)}; the ${direction(change)} is beyond noise.`;
}

/** A change of a share as a sentence: `In the 12 weeks before it was 78 %; the fall is beyond noise.` */
export function shareChangeSentence(change: Change, comparison: Comparison): string {
  if (change.kind === 'within-noise') return `${sameShareText(change.before)}.`;
  return `${capital(comparisonText(comparison))} it was ${shareText(change.before)}; the ${direction(change)} is beyond noise.`;
}

/** A change of a stock in per cent of what it was: `+40 %`; null for noise, and where it was nothing before. */
export function stockChangeCell(change: Change): string | null {
  if (change.kind === 'within-noise' || change.before <= 0) return null;
  const percent = Math.round((change.now / change.before - 1) * 100);
  return `${percent < 0 ? '\u2212' : '+'}${String(Math.abs(percent))}${NBSP}%`;
}

function direction(change: Extract<Change, { kind: 'beyond-noise' }>): string {
  return change.now > change.before ? 'rise' : 'fall';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
