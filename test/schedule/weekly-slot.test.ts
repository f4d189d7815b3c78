import { describe, expect, test } from '@jest/globals';
import { isoWeekOf, parseIsoWeek, weekAfter } from '#src/core/iso-week.ts';
import { dueWeeks, type DueQuestion } from '#src/schedule/due-weeks.ts';
import { slotAfter, type WeeklySlot } from '#src/schedule/weekly-slot.ts';

const at = (text: string): number => Date.parse(text);
const iso = (instant: number): string => new Date(instant).toISOString();
const MONDAY_8: WeeklySlot = { day: 'monday', hour: 8, zone: 'Europe/Berlin' };
const SUNDAY_2: WeeklySlot = { day: 'sunday', hour: 2, zone: 'Europe/Berlin' };

describe('a recipient’s slot', () => {
  test('is the hour on the clocks of the recipient’s zone, in summer and in winter', () => {
    expect(iso(slotAfter(at('2025-07-07T00:00:00Z'), MONDAY_8))).toBe('2025-07-07T06:00:00.000Z');
    expect(iso(slotAfter(at('2025-11-24T00:00:00Z'), MONDAY_8))).toBe('2025-11-24T07:00:00.000Z');
  });

  test('is at the instant itself when it begins just then, and a week later one millisecond on', () => {
    expect(iso(slotAfter(at('2025-11-24T07:00:00Z'), MONDAY_8))).toBe('2025-11-24T07:00:00.000Z');
    expect(iso(slotAfter(at('2025-11-24T07:00:00.001Z'), MONDAY_8))).toBe('2025-12-01T07:00:00.000Z');
  });

  test('is when clocks go forward, where they jump over the hour', () => {
    expect(iso(slotAfter(at('2025-03-28T00:00:00Z'), SUNDAY_2))).toBe('2025-03-30T01:00:00.000Z');
  });

  test('is the first of the two, where the hour comes twice', () => {
    expect(iso(slotAfter(at('2025-10-24T00:00:00Z'), SUNDAY_2))).toBe('2025-10-26T00:00:00.000Z');
    expect(iso(slotAfter(at('2025-10-26T00:00:00.001Z'), SUNDAY_2))).toBe('2025-11-02T01:00:00.000Z');
  });

  test('holds where clocks jump at midnight, by half an hour, and where a day was left out', () => {
    expect(iso(slotAfter(at('2025-09-05T00:00:00Z'), { day: 'sunday', hour: 0, zone: 'America/Santiago' }))).toBe('2025-09-07T04:00:00.000Z');
    expect(iso(slotAfter(at('2025-10-03T00:00:00Z'), { day: 'sunday', hour: 2, zone: 'Australia/Lord_Howe' }))).toBe('2025-10-04T15:30:00.000Z');
    expect(iso(slotAfter(at('2011-12-28T00:00:00Z'), { day: 'friday', hour: 8, zone: 'Pacific/Apia' }))).toBe('2012-01-05T18:00:00.000Z');
  });

  test('comes once a week, all through two years, in zones that change their clocks in every way', () => {
    for (const zone of ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca', 'America/Santiago', 'Asia/Kolkata', 'Pacific/Auckland']) {
      for (const slot of [{ day: 'sunday', hour: 2, zone }, { day: 'sunday', hour: 0, zone }, { day: 'saturday', hour: 23, zone }] as const) {
        let last = slotAfter(at('2022-01-01T00:00:00Z'), slot);
        while (last < at('2024-01-01T00:00:00Z')) {
          const next = slotAfter(last + 1, slot);
          const hours = (next - last) / 3_600_000;
          if (hours < 166 || hours > 170) throw new Error(`${zone} ${slot.day}: ${String(hours)} h from ${iso(last)}`);
          last = next;
        }
      }
    }
  });
});

describe('weeks whose mail is due', () => {
  const question = (rest: Partial<DueQuestion>): DueQuestion => ({
    slot: MONDAY_8,
    zone: 'Europe/Berlin',
    nowAt: at('2025-11-24T07:00:00Z'),
    knownSinceAt: at('2025-01-01T00:00:00Z'),
    dataSinceAt: at('2025-11-18T00:00:00Z'),
    ...rest,
  });
  const ids = (rest: Partial<DueQuestion>): string[] => dueWeeks(question(rest)).map(({ week, isLate }) => `${week.id}${isLate ? ' late' : ''}`);

  test('are those that ended before the recipient’s hour, from that hour on', () => {
    expect(ids({ nowAt: at('2025-11-24T06:59:59Z') })).toEqual([]);
    expect(ids({})).toEqual(['2025-W47']);
  });

  test('are late an hour after it', () => {
    expect(ids({ nowAt: at('2025-11-24T08:00:00Z') })).toEqual(['2025-W47']);
    expect(ids({ nowAt: at('2025-11-26T08:00:00Z') })).toEqual(['2025-W47 late']);
  });

  test('are not those that ended before there were data, nor any while there are none', () => {
    expect(ids({ dataSinceAt: at('2025-11-23T23:00:00Z') })).toEqual([]);
    expect(ids({ dataSinceAt: null })).toEqual([]);
  });

  test('are not those that were due before the recipient was known', () => {
    expect(ids({ knownSinceAt: at('2025-11-24T07:00:01Z'), nowAt: at('2025-11-25T00:00:00Z') })).toEqual([]);
  });

  test('are all that were missed in four weeks, the oldest first', () => {
    expect(ids({ nowAt: at('2025-12-24T00:00:00Z') })).toEqual(['2025-W48 late', '2025-W49 late', '2025-W50 late', '2025-W51 late']);
  });

  test('are each due once, where the recipient’s zone and the team’s differ and clocks change', () => {
    for (const slot of [{ day: 'monday', hour: 0, zone: 'Pacific/Auckland' }, { day: 'sunday', hour: 18, zone: 'America/New_York' }, SUNDAY_2] as const) {
      const seen = new Map<string, number>();
      const startAt = at('2025-02-01T00:00:00Z');
      const all = { slot, zone: 'Europe/Berlin', knownSinceAt: startAt, dataSinceAt: startAt };
      for (let nowAt = startAt; nowAt < at('2026-02-01T00:00:00Z'); nowAt += 42 * 3_600_000) {
        for (const { week, dueAt } of dueWeeks({ ...all, nowAt })) {
          expect(dueAt).toBeGreaterThanOrEqual(week.toAt);
          expect(seen.get(week.id) ?? dueAt).toBe(dueAt);
          seen.set(week.id, dueAt);
        }
      }
      expect([...seen.keys()].slice(0, 3)).toEqual(['2025-W05', '2025-W06', '2025-W07']);
      expect(seen.size).toBeGreaterThanOrEqual(51);
    }
  });
});

describe('an ISO week', () => {
  test('belongs to the year of its Thursday', () => {
    expect(isoWeekOf(at('2025-12-29T12:00:00Z'), 'UTC').id).toBe('2026-W01');
    expect(isoWeekOf(at('2021-01-03T12:00:00Z'), 'UTC').id).toBe('2020-W53');
  });

  test('is read as it is written, and a week that a year does not have is none', () => {
    const week = isoWeekOf(at('2025-10-22T00:00:00Z'), 'Europe/Berlin');
    expect(parseIsoWeek('2025-W43', 'Europe/Berlin')).toEqual(week);
    expect((week.toAt - week.fromAt) / 3_600_000).toBe(169);
    expect(weekAfter(week, -1, 'Europe/Berlin').id).toBe('2025-W42');
    expect(['2025-W53', '2025-W00', '2025-47', 'W47', ''].map((text) => parseIsoWeek(text, 'UTC'))).toEqual([null, null, null, null, null]);
  });
});
