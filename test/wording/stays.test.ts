import { describe, expect, test } from '@jest/globals';
import { stockHeadline, stockMethod, stockName, stockSum } from '#src/wording/stay-sentences.ts';

/** No-break spaces as plain ones. */
const plain = (text: string): string => text.replaceAll('\u00A0', ' ');

describe('a stock in words', () => {
  test.each([
    ['awaiting_first_response', '17.2 pull requests stand in Awaiting first response on average (14.1–20.8), 38 % of all.', 0.38],
    ['drafts', '17.2 pull requests stand as drafts on average (14.1–20.8).', null],
    ['bots', '17.2 pull requests by bots are open on average (14.1–20.8).', null],
    ['standing-still', '17.2 pull requests stand still on average (14.1–20.8).', null],
  ] as const)('%s has its headline', (stock, sentence, share) => {
    expect(plain(stockHeadline(stock, { value: 17.2, interval: { low: 14.1, high: 20.8 } }, share))).toBe(sentence);
  });

  test('says no interval where none is known', () => {
    expect(plain(stockHeadline('merge_queue', { value: 0, interval: null }, null))).toBe('0.0 pull requests stand in Merge queue on average.');
  });

  test('says how it came to be: whose time, and as far as what', () => {
    expect(plain(stockMethod('awaiting_review', 30))).toBe('The time that pull requests by people spent there inside the window, as far as somebody had touched them in the 30 d before, over the length of the window (Little’s law).');
    expect(plain(stockMethod('standing-still', 14))).toContain('while nobody had touched them for 14 d');
    expect(plain(stockMethod('drafts', 30))).toContain('spent as drafts');
    expect(plain(stockMethod('bots', 30))).toContain('by bots');
  });

  test('adds up: the time counted over the window is the stock', () => {
    expect(plain(stockSum({ value: 17.2, interval: null }, 84 * 86_400))).toBe('The time counted is 1,445 days in all; over 84.0 days that makes 17.2.');
    expect(plain(stockSum({ value: 0, interval: null }, 7 * 86_400))).toBe('The time counted is 0.0 days in all; over 7.0 days that makes 0.0.');
  });

  test('has the name of its phase, or one of its own', () => {
    expect((['author_rework', 'drafts', 'bots', 'standing-still'] as const).map(stockName)).toEqual(['Author rework', 'Drafts', 'Bots’ pull requests', 'Standing still']);
  });
});
