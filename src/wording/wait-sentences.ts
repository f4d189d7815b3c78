import type { ShareWithin, WaitFigure } from '#src/domain/figure.ts';
import { shareChangeSentence, type Comparison } from './change-text.ts';
import { NBSP } from './characters.ts';
import { ageText } from './duration-text.ts';
import { counted, countText } from './number-text.ts';
import { quantileText } from './quantile-text.ts';
import { marked, plain, type Sentence } from './sentence.ts';
import { shareInterval, shareText } from './share-text.ts';
import { stageWords, withinText } from './stage-words.ts';
import { withheldText } from './withheld-text.ts';

const DAY_SECONDS = 86_400;

/** The share done within a day; null where it is withheld. */
export function shareWithinADay(figure: WaitFigure): ShareWithin | null {
  return figure.within.find((within) => within.ageSeconds === DAY_SECONDS) ?? null;
}

/**
 * The headline of a wait: `70 % of the pull requests have a first response within a day (66–74 %);
 * 12 % end without one.` Over finished waits alone it says so: `70 % of the first responses come
 * within a day.` The share is marked when it changed for the worse beyond noise.
 */
export function waitHeadline(figure: WaitFigure): Sentence {
  const words = stageWords(figure.stage);
  const within = shareWithinADay(figure);
  if (figure.n === 0) return [plain(`No ${words.short} was waited for.`)];
  if (figure.withheld !== null) return [plain(`${words.name} is ${withheldText(figure.withheld)}`)];
  if (within === null) return [plain(`${counted(figure.stillWaiting, 'wait')} for ${words.short}, none of them over.`)];
  const isWorse = figure.change?.kind === 'beyond-noise' && figure.change.isWorse;
  const share = (isWorse ? marked : plain)(shareText(within.share.value));
  const what = figure.basis === 'finished' ? words.finished : `of the ${words.population} ${words.asked}`;
  const { interval } = within.share;
  const range = interval === null ? '' : ` (${shareInterval(interval)}${NBSP}%)`;
  const without = figure.endWithout === null ? '' : `; ${shareText(figure.endWithout.value)} ${words.without}`;
  return [share, plain(` ${what} ${withinText(DAY_SECONDS)}${range}${without}.`)];
}

/** The line under the headline: the window before, the median, what still waits, and what finished waits do not show. */
export function waitLede(figure: WaitFigure, comparison: Comparison | null): string {
  const sentences: string[] = [];
  if (figure.change !== null && comparison !== null) sentences.push(shareChangeSentence(figure.change, comparison));
  if (figure.p50 !== null) sentences.push(`${quantileText(50, figure.p50)}.`);
  sentences.push(stillWaitingSentence(figure));
  if (figure.basis === 'finished' && figure.within.length > 0) sentences.push('Shares count finished waits alone.');
  return sentences.join(' ');
}

/** `21 wait now, the oldest for 31 d.` */
export function stillWaitingSentence(figure: WaitFigure): string {
  if (figure.stillWaiting === 0) return 'None waits now.';
  const verb = figure.stillWaiting === 1 ? 'waits' : 'wait';
  const oldest = figure.oldestSeconds === null ? '' : `, the oldest for ${ageText(figure.oldestSeconds)}`;
  return `${countText(figure.stillWaiting)} ${verb} now${oldest}.`;
}

/** What a share beside its own large number says: `have a first response within a day`. */
export function shareCaption(figure: WaitFigure): string {
  const words = stageWords(figure.stage);
  return `${figure.basis === 'finished' ? words.finished : words.asked} ${withinText(DAY_SECONDS)}`;
}

/** What stands in place of a row of weeks of which none can be shown. */
export function noWeekText(weeks: number): string {
  return weeks === 1 ? 'withheld: the week has too few waits for an estimate.' : `withheld: none of the ${counted(weeks, 'week')} has enough waits for an estimate.`;
}

/** What the bar of a wait shows, for whoever cannot see it. */
export function ladderLabel(figure: WaitFigure): string {
  const parts = figure.within.map((within) => `${shareText(within.share.value)} ${withinText(within.ageSeconds)}`);
  const without = figure.endWithout === null ? [] : [`${shareText(figure.endWithout.value)} ${stageWords(figure.stage).without}`];
  return `${stageWords(figure.stage).name}: ${[...parts, ...without].join(', ')}.`;
}
