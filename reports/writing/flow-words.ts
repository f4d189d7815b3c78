import type { PhaseFigure } from '#src/domain/figure.ts';
import type { FlowFigure } from '#src/domain/figures.ts';
import type { Phase } from '#src/domain/wait.ts';
import { stockChangeSentence, type Comparison } from '#src/wording/change-text.ts';
import { largestPhase, nothingOpenSentence } from '#src/wording/flow-sentences.ts';
import { intervalText } from '#src/wording/interval-text.ts';
import { counted, countText, stockNumber, stockText } from '#src/wording/number-text.ts';
import { phaseWords } from '#src/wording/phase-words.ts';
import { anyOf, marked, plain, type Sentence } from '#src/wording/sentence.ts';
import { shareText } from '#src/wording/share-text.ts';

/**
 * What a report opens with: the bottleneck, and whether it is the same as a week ago. `The bottleneck is
 * still Awaiting first response: 17.2 pull requests stand there on average (14.1–20.8).` Where the figures
 * name none it says where most stand, which may be by chance.
 */
export function openingSentence(flow: FlowFigure, before: readonly Phase[] | null, weeks: number): Sentence {
  const named = flow.phases.filter(({ phase }) => flow.bottleneck.includes(phase));
  if (named.length > 1) return [plain('The bottleneck is '), marked(anyOf(namesOf(named))), plain('; the figures do not tell them apart.')];
  const [alone] = named;
  if (alone !== undefined) {
    const is = isStill(flow.bottleneck, before) ? 'is still' : 'is';
    return [plain(`The bottleneck ${is} `), marked(phaseWords(alone.phase).name), plain(`: ${standText(alone, 'stand there on average')}.`)];
  }
  const largest = largestPhase(flow.phases);
  if (largest === null) return [plain(nothingOpenSentence(weeks))];
  return [plain(`Most stand in ${phaseWords(largest.phase).name}: ${standText(largest, 'on average')}.`)];
}

/** The line under it: the share, the window before, and what arrived more than left. Empty where nothing stands. */
export function comparisonLine(flow: FlowFigure, comparison: Comparison): string {
  const named = flow.phases.filter(({ phase }) => flow.bottleneck.includes(phase));
  if (named.length > 1) return named.map((figure) => `${phaseWords(figure.phase).name}: ${standText(figure, 'on average')}.`).join(' ');
  const subject = named[0] ?? largestPhase(flow.phases);
  if (subject === null) return '';
  const sentences = subject.share === null ? [] : [`${shareText(subject.share)} of all that stand.`];
  if (subject.change !== null) sentences.push(stockChangeSentence(subject.change, comparison));
  const net = Math.round(subject.netArrivals);
  if (net > 0) sentences.push(`${countText(net)} more arrived than left.`);
  if (net < 0) sentences.push(`${countText(-net)} more left than arrived.`);
  return sentences.join(' ');
}

/** The same in the few words of a subject line, the longer ones first. */
export function openingTopics(flow: FlowFigure, before: readonly Phase[] | null): readonly string[] {
  const named = flow.phases.filter(({ phase }) => flow.bottleneck.includes(phase));
  if (named.length > 0) {
    const still = isStill(flow.bottleneck, before) ? ' still' : '';
    const short = named.map(({ phase }) => phaseWords(phase).short);
    return [
      `bottleneck${still} ${anyOf(namesOf(named))}`,
      `bottleneck${still} ${anyOf(short)}`,
      `bottleneck ${anyOf(short)}`,
      ...(named.length > 1 ? [counted(named.length, 'bottleneck')] : []),
    ];
  }
  const largest = largestPhase(flow.phases);
  if (largest === null) return ['no pull request was open'];
  return [`most stand in ${phaseWords(largest.phase).name}`];
}

function isStill(now: readonly Phase[], before: readonly Phase[] | null): boolean {
  return before !== null && now.length === before.length && now.every((phase) => before.includes(phase));
}

function namesOf(figures: readonly PhaseFigure[]): string[] {
  return figures.map(({ phase }) => phaseWords(phase).name);
}

function standText({ standing: { value, interval } }: PhaseFigure, how: string): string {
  const range = interval === null ? '' : ` (${intervalText(interval, stockNumber)})`;
  return `${stockText(value)} pull requests ${how}${range}`;
}
