import type { CountedKind } from '#src/domain/counted-kind.ts';
import type { Gap } from '#src/domain/figure.ts';
import { dateText, shortStretchText, stretchText, type Reader } from './date-text.ts';
import { counted, countText } from './number-text.ts';
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

/** What is counted, as its plural: `deliveries`, `inline comments`. */
export function countedWord(kind: CountedKind): string {
  return COUNTED_WORDS[kind][1];
}

/** So many of a kind: `1 delivery`, `41 reviews`. */
export function countedThings(count: number, kind: CountedKind): string {
  const [one, several] = COUNTED_WORDS[kind];
  return counted(count, one, several);
}

const COUNTED_WORDS: Readonly<Record<CountedKind, readonly [one: string, several: string]>> = {
  deliveries: ['delivery', 'deliveries'],
  pull_requests: ['pull request', 'pull requests'],
  reviews: ['review', 'reviews'],
  comments: ['comment', 'comments'],
  review_comments: ['inline comment', 'inline comments'],
  commits: ['commit', 'commits'],
  timeline_events: ['timeline event', 'timeline events'],
};

function missingText({ missing, expected, kind = 'deliveries' }: Gap): string {
  if (missing === null) return '';
  const isAre = missing === 1 ? 'is' : 'are';
  if (expected === null) return `: ${countedThings(missing, kind)} ${isAre} missing`;
  return `: ${countText(missing)} of about ${countedThings(expected, kind)} ${isAre} missing`;
}
