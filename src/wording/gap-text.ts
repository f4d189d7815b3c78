import type { Gap } from '#src/domain/figure.ts';
import { dateText, shortStretchText, stretchText, type Reader } from './date-text.ts';
import { countText } from './number-text.ts';
import { plainText } from './plain-text.ts';

/**
 * What a gap means, as a sentence: `3 Nov to 5 Nov is incomplete for payments-api: 41 of about 960
 * deliveries are missing.`, `Collected since 12 Aug 2025; nothing is known before.`
 */
export function gapSentence(gap: Gap, reader: Reader): string {
  if (gap.state === 'before-history') {
    const since = gap.toAt === null ? 'Nothing is collected yet' : `Collected since ${dateText(gap.toAt, reader)}; nothing is known before`;
    return `${since}${gap.repository === null ? '' : ` in ${plainText(gap.repository)}`}.`;
  }
  const when = gap.toAt === null ? `Since ${dateText(gap.fromAt, reader)} the record` : stretchText(gap.fromAt, gap.toAt, reader);
  const where = gap.repository === null ? '' : ` for ${plainText(gap.repository)}`;
  if (gap.state === 'healed') return `${when} was incomplete${where}: healed from the API.`;
  return `${when} is incomplete${where}${missingText(gap)}.`;
}

/** A gap where space is short: `gap 3–5 Nov`. */
export function gapLabel(gap: Gap, reader: Reader): string {
  return gap.toAt === null ? `gap since ${dateText(gap.fromAt, reader)}` : `gap ${shortStretchText(gap.fromAt, gap.toAt, reader)}`;
}

function missingText(gap: Gap): string {
  if (gap.missing === null) return '';
  const missing = countText(gap.missing);
  if (gap.expected === null) return `: ${missing} deliveries are missing`;
  return `: ${missing} of about ${countText(gap.expected)} deliveries are missing`;
}
