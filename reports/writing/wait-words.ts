import type { Gap, WaitFigure } from '#src/domain/figure.ts';
import type { MetricFigure } from '#src/domain/figures.ts';
import { sameShareText, shareChange, type Comparison } from '#src/wording/change-text.ts';
import { NBSP } from '#src/wording/characters.ts';
import { dateText, type Reader } from '#src/wording/date-text.ts';
import { quantileText } from '#src/wording/quantile-text.ts';
import { shareInterval, shareText } from '#src/wording/share-text.ts';
import { stageWords } from '#src/wording/stage-words.ts';
import { shareCaption, shareWithinADay, stillWaitingSentence } from '#src/wording/wait-sentences.ts';
import { withheldText } from '#src/wording/withheld-text.ts';

/** A wait in the words of a report. */
export interface WaitWords {
  /** `First response` */
  readonly name: string;
  /** The share within a day with its interval; null where it is withheld or nothing was waited for, and then `rest` says so. */
  readonly share: { readonly value: string; readonly interval: string | null; readonly caption: string } | null;
  readonly hasGap: boolean;
  /** What the change is; null where nothing was compared. */
  readonly verdict: { readonly text: string; readonly arrow: string; readonly isWorse: boolean } | null;
  /** The median, what ends without, what still waits: sentences. */
  readonly rest: string;
}

/** The words of a wait. */
export function waitWords(figure: WaitFigure, comparison: Comparison): WaitWords {
  const words = stageWords(figure.stage);
  const within = shareWithinADay(figure);
  const hasGap = figure.gaps.some(isOpen);
  if (figure.n === 0) return { name: words.name, share: null, hasGap, verdict: null, rest: 'None was waited for.' };
  if (figure.withheld !== null) {
    return { name: words.name, share: null, hasGap, verdict: null, rest: `${capital(withheldText(figure.withheld)).replace(/\.?$/, '.')} ${stillWaitingSentence(figure)}` };
  }
  if (within === null) return { name: words.name, share: null, hasGap, verdict: null, rest: `None has ended. ${stillWaitingSentence(figure)}` };
  const { value, interval } = within.share;
  return {
    name: words.name,
    share: { value: shareText(value), interval: interval === null ? null : `${shareInterval(interval)}${NBSP}%`, caption: shareCaption(figure) },
    hasGap,
    verdict: verdictOf(figure, comparison),
    rest: restOf(figure),
  };
}

/** The line of a wait in plain text. */
export function waitLine({ name, share, hasGap, verdict, rest }: WaitWords): string {
  const figure = share === null ? '' : ` ${share.value} ${share.caption}${share.interval === null ? '' : ` (${share.interval})`}${hasGap ? ' [gap]' : ''}.`;
  return `${name}:${figure}${verdict === null ? '' : ` ${verdict.text}`} ${rest}`;
}

/** What the dots of the weeks show, for whoever does not see them. */
export function weeksLabel({ figure, weeks }: MetricFigure, reader: Reader): string {
  const shown = weeks.flatMap(({ fromAt, withinDay }) => (withinDay === null ? [] : [`${dateText(fromAt, reader)} ${shareText(withinDay.value)}`]));
  return `${stageWords(figure.stage).name} within a day, by the week that begins on: ${shown.length === 0 ? 'not known' : shown.join(', ')}.`;
}

/** Whether a gap leaves figures incomplete. */
export function isOpen({ state }: Gap): boolean {
  return state !== 'healed';
}

function verdictOf({ change }: WaitFigure, comparison: Comparison): WaitWords['verdict'] {
  if (change === null) return null;
  const words = shareChange(change, comparison);
  if (words === null) return { text: `${sameShareText(change.before)}.`, arrow: '', isWorse: false };
  return { text: `${words.size} than before (${shareText(change.before)}), beyond noise.`, arrow: words.arrow, isWorse: words.isWorse };
}

function restOf(figure: WaitFigure): string {
  const sentences: string[] = [];
  if (figure.p50 !== null) sentences.push(`${quantileText(50, figure.p50)}.`);
  if (figure.endWithout !== null) sentences.push(`${shareText(figure.endWithout.value)} ${stageWords(figure.stage).without}.`);
  sentences.push(stillWaitingSentence(figure));
  return sentences.join(' ');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
