import { describe, expect, test } from '@jest/globals';

import { dateText, dayStarts, dayText, lastDayText, momentText, shortStretchText, stretchText, timeText } from '#src/wording/date-text.ts';
import { timeTicks } from '#src/wording/time-ticks.ts';

const ZONE = 'Europe/Berlin';
const at = (text: string): number => Date.parse(text);
const READER = { zone: ZONE, nowAt: at('2025-11-24T07:00:00Z') };

/** No-break spaces as plain ones, so that the tables below can be read. */
const plain = (text: string): string => text.replaceAll('\u00A0', ' ');

describe('dates', () => {
  test('name the year only when it is not this one', () => {
    expect([dateText(at('2025-11-03T12:00:00Z'), READER), dateText(at('2024-08-12T12:00:00Z'), READER)].map(plain)).toEqual(['3 Nov', '12 Aug 2024']);
  });

  test('stand in the zone of the reader, also for which year is this one', () => {
    const newYear = at('2025-12-31T23:30:00Z');

    expect([dateText(newYear, READER), dateText(newYear, { ...READER, nowAt: newYear })].map(plain)).toEqual(['1 Jan 2026', '1 Jan']);
    expect(timeText(newYear, ZONE)).toBe('00:30');
  });

  test('keep day and month on one line', () => {
    expect(dateText(at('2025-11-03T12:00:00Z'), READER)).toBe('3\u00A0Nov');
  });

  test('are short for every month', () => {
    const months = Array.from({ length: 12 }, (_, month) => plain(dateText(Date.UTC(2025, month, 5, 12), READER)));

    expect(months).toEqual(['5 Jan', '5 Feb', '5 Mar', '5 Apr', '5 May', '5 Jun', '5 Jul', '5 Aug', '5 Sep', '5 Oct', '5 Nov', '5 Dec']);
  });

  test('of a half-open window end with its last day', () => {
    expect(plain(lastDayText(at('2025-11-24T00:00:00+01:00'), READER))).toBe('23 Nov');
  });

  test.each([
    ['2025-11-03', '2025-11-06', '3 Nov to 5 Nov', '3–5 Nov'],
    ['2025-10-30', '2025-11-03', '30 Oct to 2 Nov', '30 Oct–2 Nov'],
    ['2025-11-03', '2025-11-04', '3 Nov', '3 Nov'],
  ])('of a stretch from %s to before %s read %s, in short %s', (from, to, long, short) => {
    const [fromAt, toAt] = [at(`${from}T00:00:00+01:00`), at(`${to}T00:00:00+01:00`)];

    expect([stretchText(fromAt, toAt, READER), shortStretchText(fromAt, toAt, READER)].map(plain)).toEqual([long, short]);
  });

  test('carry weekday or time where a line needs it', () => {
    expect([dayText(at('2025-11-03T08:12:00Z'), READER), momentText(at('2025-11-24T07:00:00Z'), ZONE)].map(plain)).toEqual(['Mon 3 Nov', '24 Nov 2025 08:00']);
  });
});

describe('the days of a timeline', () => {
  test('begin at the zone’s own midnights, also on the day that has 25 hours', () => {
    const starts = dayStarts(at('2025-10-25T10:00:00Z'), at('2025-10-28T10:00:00Z'), ZONE);

    expect(starts.map((start) => new Date(start).toISOString())).toEqual(['2025-10-25T22:00:00.000Z', '2025-10-26T23:00:00.000Z', '2025-10-27T23:00:00.000Z']);
  });

  test('are named in the middle of what is seen of them', () => {
    const ticks = timeTicks(at('2025-11-03T06:00:00+01:00'), at('2025-11-05T12:00:00+01:00'), ZONE, 11);

    expect(ticks.map((tick) => [plain(tick.text), tick.short, new Date(tick.wordAt).toISOString()])).toEqual([
      ['3 Nov 06:00', '06:00', '2025-11-03T05:00:00.000Z'],
      ['12:00', '12:00', '2025-11-03T11:00:00.000Z'],
      ['18:00', '18:00', '2025-11-03T17:00:00.000Z'],
      ['4 Nov', '4\u00A0Nov', '2025-11-03T23:00:00.000Z'],
      ['06:00', '06:00', '2025-11-04T05:00:00.000Z'],
      ['12:00', '12:00', '2025-11-04T11:00:00.000Z'],
      ['18:00', '18:00', '2025-11-04T17:00:00.000Z'],
      ['5 Nov', '5\u00A0Nov', '2025-11-04T23:00:00.000Z'],
      ['06:00', '06:00', '2025-11-05T05:00:00.000Z'],
    ]);
  });

  test('of a week are one tick each, the first and each first of a month with its name', () => {
    const ticks = timeTicks(at('2025-10-29T06:00:00+01:00'), at('2025-11-03T12:00:00+01:00'), ZONE, 11);

    expect(ticks.map((tick) => [plain(tick.text), tick.short, tick.isWeekend])).toEqual([
      ['Wed 29 Oct', 'We', false],
      ['Thu 30', 'Th', false],
      ['Fri 31', 'Fr', false],
      ['Sat 1 Nov', 'Sa', true],
      ['Sun 2', 'Su', true],
      ['Mon 3', 'Mo', false],
    ]);
  });

  test.each([
    ['twenty minutes', 20 * 60_000],
    ['a day', 86_400_000],
    ['ten weeks', 70 * 86_400_000],
    ['three years', 1_095 * 86_400_000],
    ['sixty years', 21_900 * 86_400_000],
  ])('are as many as fit and at least one, over %s', (_, span) => {
    const fromAt = at('2021-03-03T09:01:00Z');

    const ticks = timeTicks(fromAt, fromAt + span, ZONE, 11);

    expect(ticks.length).toBeGreaterThanOrEqual(1);
    expect(ticks.length).toBeLessThanOrEqual(13);
  });
});
