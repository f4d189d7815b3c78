import { describe, expect, test } from '@jest/globals';

import { ageText, durationEstimate, durationText } from '#src/wording/duration-text.ts';
import { exactDuration, exactHours } from '#src/wording/exact-duration.ts';
import { workingDaysText } from '#src/wording/working-days.ts';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

describe('an estimated duration', () => {
  test.each([
    [0, '0 s'],
    [40, '40 s'],
    [89, '89 s'],
    [90, '1.5 min'],
    [14 * MINUTE, '14 min'],
    [89 * MINUTE, '89 min'],
    [90 * MINUTE, '1.5 h'],
    [5.2 * HOUR, '5.2 h'],
    [9.96 * HOUR, '10 h'],
    [35.9 * HOUR, '36 h'],
    [36 * HOUR, '1.5 d'],
    [1.9 * DAY, '1.9 d'],
    [31 * DAY, '31 d'],
    [146 * DAY, '150 d'],
  ])('of %d s has the unit of its size and at most two significant digits: %s', (seconds, text) => {
    expect(durationText(seconds)).toBe(nbsp(text));
  });

  test.each([
    [5.2 * HOUR, 4.5 * HOUR, 6 * HOUR, '5.2 h (4.5–6.0)'],
    [1.9 * DAY, 1.6 * DAY, 2.3 * DAY, '1.9 d (1.6–2.3)'],
    [4.4 * HOUR, 2 * HOUR, 11 * HOUR, '4.4 h (2.0–11)'],
    [31 * MINUTE, 29 * MINUTE, 34 * MINUTE, '31 min (29–34)'],
    [2 * DAY, 0.04 * DAY, 3 * DAY, '2.0 d (0.04–3.0)'],
  ])('of %d s shares its unit with both ends of its interval', (seconds, low, high, text) => {
    expect(durationEstimate(seconds, { low, high })).toBe(nbsp(text, 1));
  });

  test('says how far its interval is known where that has no upper end', () => {
    const text = durationEstimate(11 * DAY, { low: 8.1 * DAY, high: 45 * DAY, openAbove: true });

    expect(text).toBe('11\u00A0d (8.1 to more than 45)');
  });

  test('stands alone where no interval is known', () => {
    expect(durationEstimate(5.2 * HOUR, null)).toBe('5.2\u00A0h');
  });
});

describe('the age of something that waits', () => {
  test.each([
    [22 * MINUTE, '22 min'],
    [9.2 * DAY, '9.2 d'],
    [31 * DAY, '31 d'],
    [146 * DAY, '146 d'],
    [1_204 * DAY, '1,204 d'],
  ])('of %d s keeps its whole days: %s', (seconds, text) => {
    expect(ageText(seconds)).toBe(nbsp(text));
  });
});

describe('the exact length of one wait', () => {
  test.each([
    [0, '0 s'],
    [59.9, '59 s'],
    [60, '1 min'],
    [26 * MINUTE + 59, '26 min'],
    [6 * HOUR + 53 * MINUTE, '6 h 53 min'],
    [17 * HOUR + 5 * MINUTE, '17 h 5 min'],
    [DAY, '1 d 0 h 0 min'],
    [8 * DAY + 7 * MINUTE, '8 d 0 h 7 min'],
    [2 * DAY + 18 * HOUR + 43 * MINUTE, '2 d 18 h 43 min'],
  ])('of %d s is %s', (seconds, text) => {
    expect(exactDuration(seconds)).toBe(nbspUnits(text));
  });

  test.each([
    [20 * HOUR + 13 * MINUTE, '20 h 13 min'],
    [40 * HOUR + 45 * MINUTE, '40 h 45 min'],
    [114 * MINUTE, '1 h 54 min'],
  ])('in working time has hours and no days: %d s is %s', (seconds, text) => {
    expect(exactHours(seconds)).toBe(nbspUnits(text));
  });

  test('in working days has one decimal', () => {
    expect([workingDaysText(13), workingDaysText(5.94), workingDaysText(1)]).toEqual(['13.0\u00A0working days', '5.9\u00A0working days', '1.0\u00A0working days']);
  });
});

/** The first `times` spaces are no-break spaces; all where not said. */
function nbsp(text: string, times = Infinity): string {
  let left = times;
  return text.replace(/ /g, () => (left-- > 0 ? '\u00A0' : ' '));
}

/** A no-break space between each number and its unit, a plain one between the parts. */
function nbspUnits(text: string): string {
  return text.replace(/(\d) (?=[a-z])/g, '$1\u00A0');
}
