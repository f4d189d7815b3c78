import { sentenceText } from '#src/wording/sentence.ts';
import type { WeeklyReport } from './weekly.ts';

/** The report as plain text: the same words, links written out, no-break spaces as spaces, lines ended by a line feed. */
export function mailText({ origin, sentence, comparison, sections, footer }: WeeklyReport): string {
  const lines = [
    sentenceText(sentence),
    ...(comparison === '' ? [] : [comparison]),
    ...sections.flatMap(({ text }) => ['', ...text]),
    '',
    '--',
    origin,
    ...footer.sentences,
    ...(footer.unsubscribe === null ? [] : [`Unsubscribe: ${footer.unsubscribe}`]),
  ];
  return `${lines.join('\n').replaceAll('\u00A0', ' ')}\n`;
}
