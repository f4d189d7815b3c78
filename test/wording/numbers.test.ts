import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { countText, counted, stockText, twoDigits } from '#src/wording/number-text.ts';
import { pointsBetween, shareEstimate, shareInterval, shareText } from '#src/wording/share-text.ts';

describe('numbers', () => {
  test.each([
    [0, '0'],
    [0.004, '0.004'],
    [0.04, '0.04'],
    [0.096, '0.1'],
    [0.4, '0.4'],
    [9.94, '9.9'],
    [9.96, '10'],
    [45, '45'],
    [99.4, '99'],
    [146, '150'],
    [1_234, '1,200'],
  ])('%d in two significant digits is %s', (value, text) => {
    expect(twoDigits(value)).toBe(text);
  });

  test('a rounded number is within half of its last digit of the true one', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 1e6, noNaN: true }), (value) => {
        const shown = Number(twoDigits(value).replaceAll(',', ''));

        expect(Math.abs(shown - value)).toBeLessThanOrEqual(Math.max(0.05, value * 0.05) + 1e-9);
      }),
    );
  });

  test.each([
    [0, '0.0'],
    [0.03, 'under\u00A00.1'],
    [17.2, '17.2'],
    [99.96, '100'],
    [1_204.4, '1,204'],
  ])('a stock of %d is %s', (value, text) => {
    expect(stockText(value)).toBe(text);
  });

  test('counts group their thousands and agree with their noun', () => {
    expect([countText(214_806), counted(1, 'wait'), counted(9, 'wait'), counted(41, 'repository', 'repositories')]).toEqual(['214,806', '1\u00A0wait', '9\u00A0waits', '41\u00A0repositories']);
  });
});

describe('shares', () => {
  test.each([
    [0, '0\u00A0%'],
    [0.004, 'under\u00A01\u00A0%'],
    [0.005, '1\u00A0%'],
    [0.7, '70\u00A0%'],
    [0.994, '99\u00A0%'],
    [0.996, 'over\u00A099\u00A0%'],
    [1, '100\u00A0%'],
  ])('%d is %s: nothing that is there reads as none, nothing that lacks reads as all', (share, text) => {
    expect(shareText(share)).toBe(text);
  });

  test('an interval has an en dash and the sign once', () => {
    expect([shareInterval({ low: 0.66, high: 0.74 }), shareEstimate(0.7, { low: 0.66, high: 0.74 }), shareEstimate(0.7, null)]).toEqual(['66–74', '70\u00A0% (66–74\u00A0%)', '70\u00A0%']);
  });

  test('the points between two shares are those between the shares as shown', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (a, b) => {
        const shown = Math.abs(Number.parseInt(shareText(a), 10) - Number.parseInt(shareText(b), 10));

        expect(pointsBetween(a, b)).toBe(shown);
      }),
    );
  });
});
