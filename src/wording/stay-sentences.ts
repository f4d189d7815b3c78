import type { Estimate } from '#src/domain/figure.ts';
import type { Stock } from '#src/domain/figures.ts';
import { NBSP } from './characters.ts';
import { intervalText } from './interval-text.ts';
import { countText, stockNumber, stockText } from './number-text.ts';
import { phaseWords } from './phase-words.ts';
import { shareText } from './share-text.ts';

/** A stock's name: a phase's, or what stands beside the river. */
export function stockName(stock: Stock): string {
  switch (stock) {
    case 'drafts':
      return 'Drafts';
    case 'bots':
      return 'Bots’ pull requests';
    case 'standing-still':
      return 'Standing still';
    default:
      return phaseWords(stock).name;
  }
}

/** The headline of a stock: `17.2 pull requests stand in Awaiting first response on average (14.1–20.8), 38 % of all.` */
export function stockHeadline(stock: Stock, { value, interval }: Estimate, share: number | null): string {
  const range = interval === null ? '' : ` (${intervalText(interval, stockNumber)})`;
  const part = share === null ? '' : `, ${shareText(share)} of all`;
  return `${stockText(value)} ${subject(stock)} on average${range}${part}.`;
}

function subject(stock: Stock): string {
  switch (stock) {
    case 'drafts':
      return 'pull requests stand as drafts';
    case 'bots':
      return 'pull requests by bots are open';
    case 'standing-still':
      return 'pull requests stand still';
    default:
      return `pull requests stand in ${phaseWords(stock).name}`;
  }
}

/** How a stock comes to be, in one sentence. */
export function stockMethod(stock: Stock, staleAfterDays: number): string {
  const days = `${String(staleAfterDays)}${NBSP}d`;
  const whole = 'over the length of the window (Little’s law)';
  switch (stock) {
    case 'drafts':
      return `The time that pull requests by people spent as drafts inside the window, ${whole}.`;
    case 'bots':
      return `The time that pull requests by bots were open inside the window, ${whole}.`;
    case 'standing-still':
      return `The time that pull requests by people spent in the river inside the window while nobody had touched them for ${days}, ${whole}.`;
    default:
      return `The time that pull requests by people spent there inside the window, as far as somebody had touched them in the ${days} before, ${whole}.`;
  }
}

/** How the stays of a list add up to the stock: `The time counted is 1,445 days in all; over 84 days that makes 17.2.` */
export function stockSum({ value }: Estimate, windowSeconds: number): string {
  const days = windowSeconds / 86_400;
  return `The time counted is ${daysText(value * days)} in all; over ${daysText(days)} that makes ${stockText(value)}.`;
}

function daysText(days: number): string {
  return `${days < 99.95 ? stockNumber(days) : countText(days)}${NBSP}days`;
}
