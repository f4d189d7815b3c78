import type { Gap } from '#src/domain/figure.ts';
import type { Reader } from '#src/wording/date-text.ts';
import { gapSentence } from '#src/wording/gap-text.ts';

/** The mark of a figure that touches a gap, on a terminal. */
const MARK = ' [gap]';

/** The mark after a figure; empty where nothing is missing. A healed gap is none. */
export function markOf(gaps: readonly Gap[]): string {
  return gaps.some(isMissing) ? MARK : '';
}

/** What the marks mean, a line each and each once; no lines where there is none. */
export function gapLines(gaps: readonly Gap[], reader: Reader): string[] {
  const sentences = [...new Set(gaps.filter(isMissing).map((gap) => gapSentence(gap, reader)))];
  return sentences.length === 0 ? [] : ['', 'What these figures do not see:', ...sentences.map((sentence) => `  ${sentence}`), ''];
}

function isMissing({ state }: Gap): boolean {
  return state !== 'healed';
}
