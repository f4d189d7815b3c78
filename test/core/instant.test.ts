import { describe, expect, test } from '@jest/globals';
import { formatInstant, parseInstant } from '#src/core/instant.ts';

describe('parseInstant', () => {
  test.each([
    ['2020-06-18T12:30:15Z', Date.UTC(2020, 5, 18, 12, 30, 15)],
    ['2023-05-13T22:09:38.000-04:00', Date.UTC(2023, 4, 14, 2, 9, 38)],
    ['2023-05-13 22:09:38 UTC', Date.UTC(2023, 4, 13, 22, 9, 38)],
    ['2023-05-13T22:09:38.5Z', Date.UTC(2023, 4, 13, 22, 9, 38, 500)],
    [1592483415, 1592483415000],
    [1592483415123, 1592483415123],
  ])('reads %s', (value, at) => {
    expect(parseInstant(value)).toBe(at);
  });

  test.each([['2020-06-18'], ['2020-06-18T12:30:15'], ['yesterday'], [''], [null], [undefined], [0], [-5], [Number.NaN], [{}], ['2020-13-45T99:99:99Z']])(
    'says null for %p, which is no instant',
    (value) => {
      expect(parseInstant(value)).toBeNull();
    },
  );
});

describe('formatInstant', () => {
  test('leaves out a fraction of zero and keeps any other', () => {
    expect(formatInstant(Date.UTC(2025, 0, 2, 3, 4, 5))).toBe('2025-01-02T03:04:05Z');
    expect(formatInstant(Date.UTC(2025, 0, 2, 3, 4, 5, 60))).toBe('2025-01-02T03:04:05.060Z');
  });
});
