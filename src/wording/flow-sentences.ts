import type { PhaseFigure } from '#src/domain/figure.ts';
import type { Phase } from '#src/domain/wait.ts';
import { stockChangeSentence, type Comparison } from './change-text.ts';
import { intervalText } from './interval-text.ts';
import { countText, counted, stockNumber, stockText } from './number-text.ts';
import { nextMoveSentence, phaseWords } from './phase-words.ts';
import { anyOf, marked, plain, type Sentence } from './sentence.ts';
import { shareText } from './share-text.ts';

/**
 * Where it stands. `The bottleneck is Awaiting first response: 17.2 pull requests stand there on
 * average (14.1–20.8), 38 % of all.`; several that the figures do not tell apart are named together.
 * Where none is named (no interval was computed, so the largest may be so by chance) the largest
 * stand is said as what it is. Null when nothing stands anywhere.
 */
export function bottleneckSentence(phases: readonly PhaseFigure[], bottleneck: readonly Phase[]): Sentence | null {
  const named = phases.filter((figure) => bottleneck.includes(figure.phase));
  if (named.length > 1) {
    const names = named.map((figure) => phaseWords(figure.phase).name);
    return [plain('The bottleneck is '), marked(anyOf(names)), plain('; the figures do not tell them apart.')];
  }
  const [alone] = named;
  if (alone !== undefined) {
    return [plain('The bottleneck is '), marked(phaseWords(alone.phase).name), plain(`: ${standText(alone, 'stand there on average')}`)];
  }
  const largest = largestPhase(phases);
  if (largest === null) return null;
  return [plain(`Most stand in ${phaseWords(largest.phase).name}: ${standText(largest, 'on average')}`)];
}

/** The line under the headline: the window before, what arrived more than left, who moves next. */
export function bottleneckLede(phases: readonly PhaseFigure[], bottleneck: readonly Phase[], comparison: Comparison | null): string {
  const named = phases.filter((figure) => bottleneck.includes(figure.phase));
  const subject = named.length === 0 ? largestPhase(phases) : named.length === 1 ? (named[0] ?? null) : null;
  if (subject === null) return named.length > 1 ? named.map(shortStand).join(' ') : '';
  const sentences: string[] = [];
  if (subject.change !== null && comparison !== null) sentences.push(stockChangeSentence(subject.change, comparison));
  const net = Math.round(subject.netArrivals);
  if (net > 0) sentences.push(`${countText(net)} more arrived than left.`);
  if (net < 0) sentences.push(`${countText(-net)} more left than arrived.`);
  sentences.push(nextMoveSentence(phaseWords(subject.phase).mover));
  return sentences.join(' ');
}

/** The phase in which most stand; null when nothing stands anywhere. */
export function largestPhase(phases: readonly PhaseFigure[]): PhaseFigure | null {
  let largest: PhaseFigure | null = null;
  for (const figure of phases) {
    if (figure.standing.value > (largest?.standing.value ?? 0)) largest = figure;
  }
  return largest;
}

function standText(figure: PhaseFigure, how: string): string {
  const { value, interval } = figure.standing;
  const range = interval === null ? '' : ` (${intervalText(interval, stockNumber)})`;
  const share = figure.share === null ? '' : `, ${shareText(figure.share)} of all`;
  return `${stockText(value)} pull requests ${how}${range}${share}.`;
}

function shortStand(figure: PhaseFigure): string {
  return `${phaseWords(figure.phase).name}: ${standText(figure, 'on average')}`;
}

/** What the picture of the river shows, for whoever cannot see it. */
export function riverLabel(phases: readonly PhaseFigure[]): string {
  const stands = phases.map((figure) => `${phaseWords(figure.phase).name} ${stockText(figure.standing.value)}`);
  return `Pull requests that stand in each phase on average: ${stands.join(', ')}.`;
}

/** `No pull request was open in these 12 weeks.` */
export function nothingOpenSentence(weeks: number): string {
  return weeks === 1 ? 'No pull request was open in this week.' : `No pull request was open in these ${counted(weeks, 'week')}.`;
}
