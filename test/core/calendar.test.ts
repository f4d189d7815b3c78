import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { Calendar, WEEKDAYS, workingDays, workingSeconds, workingStretches, type Weekday, type WorkingTimes } from '#src/core/calendar.ts';

const OFFICE = week({ startMinute: 9 * 60, endMinute: 17 * 60 });

describe('working time', () => {
  test('is the hours of working days and nothing of nights, weekends and holidays', () => {
    const calendar = new Calendar({ zone: 'UTC', hours: OFFICE, holidays: ['2025-01-01'] });

    expect(workingSeconds(at('2024-12-30T00:00Z'), at('2025-01-06T00:00Z'), calendar)).toBe(4 * 8 * 3600);
    expect(workingSeconds(at('2025-01-03T16:00Z'), at('2025-01-06T10:30Z'), calendar)).toBe(2.5 * 3600);
    expect(workingSeconds(at('2025-01-01T00:00Z'), at('2025-01-02T00:00Z'), calendar)).toBe(0);
    expect(workingDays(at('2024-12-30T00:00Z'), at('2025-01-06T00:00Z'), calendar)).toBe(4);
  });

  test('counts a short day worked through as one day like any other', () => {
    const hours = { ...OFFICE, friday: [{ startMinute: 9 * 60, endMinute: 13 * 60 }] };
    const calendar = new Calendar({ zone: 'UTC', hours, holidays: [] });

    expect(workingDays(at('2025-01-02T00:00Z'), at('2025-01-04T00:00Z'), calendar)).toBe(2);
    expect(workingDays(at('2025-01-03T09:00Z'), at('2025-01-03T11:00Z'), calendar)).toBe(0.5);
  });

  test('follows the clocks: an hour that they skip is not worked, one that they repeat is worked twice', () => {
    const nights = new Calendar({ zone: 'Europe/Berlin', hours: week({ startMinute: 60, endMinute: 5 * 60 }, true), holidays: [] });

    expect(workingSeconds(at('2025-03-29T12:00Z'), at('2025-03-30T12:00Z'), nights)).toBe(3 * 3600);
    expect(workingSeconds(at('2025-10-25T12:00Z'), at('2025-10-26T12:00Z'), nights)).toBe(5 * 3600);
    expect(workingDays(at('2025-03-29T12:00Z'), at('2025-03-30T12:00Z'), nights)).toBe(1);
  });

  test('begins in the hour that is repeated only once the wall clock reaches it', () => {
    const late = new Calendar({ zone: 'Europe/Berlin', hours: week({ startMinute: 150, endMinute: 180 }, true), holidays: [] });

    expect(workingStretches(at('2025-10-25T12:00Z'), at('2025-10-26T12:00Z'), late).map(inUtc)).toEqual([
      ['2025-10-26T00:30', '2025-10-26T01:00'],
      ['2025-10-26T01:30', '2025-10-26T02:00'],
    ]);
    expect(workingStretches(at('2025-03-29T12:00Z'), at('2025-03-30T12:00Z'), late)).toEqual([]);
  });

  test('knows a day that a zone left out', () => {
    const calendar = new Calendar({ zone: 'Pacific/Apia', hours: OFFICE, holidays: [] });

    expect(workingDays(at('2011-12-29T10:00Z'), at('2012-01-01T10:00Z'), calendar)).toBe(1);
  });

  test('of an interval that does not end after it starts is none', () => {
    const calendar = new Calendar({ zone: 'UTC', hours: OFFICE, holidays: [] });

    expect(workingSeconds(at('2025-01-03T12:00Z'), at('2025-01-03T12:00Z'), calendar)).toBe(0);
    expect(workingSeconds(at('2025-01-03T13:00Z'), at('2025-01-03T12:00Z'), calendar)).toBe(0);
    expect(workingDays(at('2025-01-03T13:00Z'), at('2025-01-03T12:00Z'), calendar)).toBe(0);
  });

  test('in a zone that the zone database does not hold is refused by name', () => {
    expect(() => new Calendar({ zone: 'Europe/Berln', hours: OFFICE, holidays: [] })).toThrow('"Europe/Berln" is not in the zone database');
  });

  test('adds up over any cut, and never exceeds the time itself', () => {
    fc.assert(
      fc.property(calendars, fc.tuple(instants, instants, instants), (times, cuts) => {
        const calendar = new Calendar(times);
        const [a, b, c] = cuts.sort((x, y) => x - y);

        expect(workingSeconds(a, b, calendar) + workingSeconds(b, c, calendar)).toBeCloseTo(workingSeconds(a, c, calendar), 6);
        expect(workingDays(a, b, calendar) + workingDays(b, c, calendar)).toBeCloseTo(workingDays(a, c, calendar), 6);
        expect(workingSeconds(a, c, calendar)).toBeLessThanOrEqual((c - a) / 1000);
      }),
      { numRuns: 300 },
    );
  });

  test('is each minute whose wall clock shows a working hour, by a reckoning that asks the zone database every minute', () => {
    fc.assert(
      fc.property(calendars, fc.constantFrom(...CHANGES), fc.integer({ min: -40, max: 10 }), fc.integer({ min: 1, max: 40 }), (times, change, start, length) => {
        const from = at(change) + start * 3_600_000;
        const to = from + length * 3_600_000;

        let minutes = 0;
        for (let minute = from; minute < to; minute += 60_000) if (isWorked(minute, times)) minutes += 1;

        expect(workingSeconds(from, to, new Calendar(times))).toBe(minutes * 60);
        expect(workingStretches(from, to, new Calendar(times)).reduce((sum, one) => sum + one.toAt - one.fromAt, 0)).toBe(minutes * 60_000);
      }),
      { numRuns: 60 },
    );
  });
});

/** Around these the clocks of the zones below change. */
const CHANGES = ['2025-03-30T01:00Z', '2025-10-26T01:00Z', '2025-03-09T07:00Z', '2025-11-02T06:00Z', '2025-04-05T15:00Z', '2025-10-04T15:30Z', '2025-06-15T00:00Z'] as const;

const instants = fc.integer({ min: Date.UTC(2025, 0, 1) / 60_000, max: Date.UTC(2025, 11, 31) / 60_000 }).map((minute) => minute * 60_000);

const spans = fc
  .uniqueArray(fc.integer({ min: 0, max: 48 }), { minLength: 2, maxLength: 6 })
  .map((marks) => marks.sort((a, b) => a - b))
  .map((marks) => marks.flatMap((mark, index) => (index % 2 === 0 && marks[index + 1] !== undefined ? [{ startMinute: mark * 30, endMinute: (marks[index + 1] ?? 0) * 30 }] : [])));

const calendars: fc.Arbitrary<WorkingTimes> = fc.record({
  zone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Auckland'),
  hours: fc.record({ monday: spans, tuesday: spans, wednesday: spans, thursday: spans, friday: spans, saturday: spans, sunday: spans }),
  holidays: fc.subarray(['2025-03-30', '2025-10-26', '2025-06-16', '2025-11-02']),
});

function isWorked(minute: number, { zone, hours, holidays }: WorkingTimes): boolean {
  const local = DateTime.fromMillis(minute, { zone });
  const weekday = WEEKDAYS[local.weekday - 1] ?? 'monday';
  const clock = local.hour * 60 + local.minute;
  return !holidays.includes(local.toISODate() ?? '') && hours[weekday].some(({ startMinute, endMinute }) => clock >= startMinute && clock < endMinute);
}

function week(day: { startMinute: number; endMinute: number }, weekends = false): Record<Weekday, { startMinute: number; endMinute: number }[]> {
  const end = weekends ? [day] : [];
  return { monday: [day], tuesday: [day], wednesday: [day], thursday: [day], friday: [day], saturday: end, sunday: end };
}

function at(text: string): number {
  return Date.parse(text);
}

function inUtc({ fromAt, toAt }: { fromAt: number; toAt: number }): [string, string] {
  return [new Date(fromAt).toISOString().slice(0, 16), new Date(toAt).toISOString().slice(0, 16)];
}
