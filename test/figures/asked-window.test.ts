import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatInstant } from '#src/core/instant.ts';
import { ORGANIZATION } from '#src/domain/scope.ts';
import { askedWindow, dayStart, parseMoment, parseWeeks, type AskedWindow } from '#src/figures/asked-window.ts';
import { lastFullWeeks } from '#src/figures/weeks.ts';

const NOW = Date.parse('2026-04-01T10:00:00Z');

/** Weeks and days as they are reckoned in a zone. */
function inZone(zone: string) {
  return { zone: () => zone, lastWeeks: (_scope: unknown, weeks: number, at: number) => lastFullWeeks(weeks, at, zone) };
}

/** The window that is asked for, in words. */
function windowOf(asked: AskedWindow, zone = 'UTC'): [string, string] {
  const { fromAt, toAt } = askedWindow(asked, ORGANIZATION, inZone(zone), NOW);
  return [formatInstant(fromAt), formatInstant(toAt)];
}

const moment = (text: string) => parseMoment(text) ?? undefined;

describe('parseMoment', () => {
  test('tells a day from an instant', () => {
    expect(parseMoment('2026-03-29')).toEqual({ kind: 'day', day: '2026-03-29' });
    expect(parseMoment('2026-03-29T00:00:00+02:00')).toEqual({ kind: 'instant', at: Date.parse('2026-03-28T22:00:00Z') });
  });

  test.each(['', 'yesterday', '2026-02-29', '2026-13-01', '2026-3-1', '2026-03-29T00:00:00', '2026-03-29T25:00:00Z', ' 2026-03-29', '1774000000'])('reads no moment from %j', (text) => {
    expect(parseMoment(text)).toBeNull();
  });
});

describe('parseWeeks', () => {
  test.each<[string, number | null]>([['1', 1], ['520', 520], ['007', 7], ['0', null], ['521', null], ['-1', null], ['1.5', null], ['1e2', null], [' 4', null], ['', null], ['٤', null]])('%j is %j', (text, weeks) => {
    expect(parseWeeks(text)).toBe(weeks);
  });
});

describe('dayStart', () => {
  test('is the midnight of the zone, also where the clocks change that day', () => {
    expect(formatInstant(dayStart('2026-03-29', 'Europe/Berlin'))).toBe('2026-03-28T23:00:00Z');
    expect(formatInstant(dayStart('2026-03-29', 'Europe/Berlin', 1))).toBe('2026-03-29T22:00:00Z');
  });

  test('is the first instant of a day that has no midnight', () => {
    expect(formatInstant(dayStart('2024-04-26', 'Africa/Cairo'))).toBe('2024-04-25T22:00:00Z');
  });
});

describe('askedWindow', () => {
  test('is twelve full weeks up to now where nothing is asked', () => {
    expect(windowOf({})).toEqual(['2026-01-05T00:00:00Z', '2026-03-30T00:00:00Z']);
  });

  test('is one week from a Monday to the next, the change of the clocks within', () => {
    expect(windowOf({ from: moment('2026-03-23'), to: moment('2026-03-30') }, 'Europe/Berlin')).toEqual(['2026-03-22T23:00:00Z', '2026-03-29T22:00:00Z']);
    expect(windowOf({ weeks: 1, to: moment('2026-03-30') }, 'Europe/Berlin')).toEqual(['2026-03-22T23:00:00Z', '2026-03-29T22:00:00Z']);
  });

  test('leaves the week out that is not over at its end', () => {
    expect(windowOf({ weeks: 1, to: moment('2026-03-29') })).toEqual(['2026-03-16T00:00:00Z', '2026-03-23T00:00:00Z']);
  });

  test('refuses both kinds at once, and a window of no length', () => {
    expect(() => windowOf({ from: moment('2026-03-01'), weeks: 2 })).toThrow('Both from and weeks are given: a window has from and to, or weeks and to.');
    expect(() => windowOf({ from: moment('2026-03-02'), to: moment('2026-03-01') })).toThrow('The window from 2026-03-02T00:00:00Z to 2026-03-01T00:00:00Z has no length');
    expect(() => windowOf({ from: moment('2026-04-01T10:00:00Z') })).toThrow('has no length');
  });

  test('has a length and no future, whatever is asked', () => {
    const anyMoment = fc.option(fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2040, 0) }), { nil: undefined });
    const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Pacific/Apia');

    fc.assert(
      fc.property(anyMoment, anyMoment, fc.option(fc.integer({ min: 1, max: 520 }), { nil: undefined }), zone, (from, to, weeks, where) => {
        const instant = (at: number | undefined) => (at === undefined ? undefined : ({ kind: 'instant', at } as const));
        const asked = { from: weeks === undefined ? instant(from) : undefined, to: instant(to), weeks };
        fc.pre(asked.from === undefined || asked.from.at < Math.min(to ?? NOW, NOW));

        const { fromAt, toAt } = askedWindow(asked, ORGANIZATION, inZone(where), NOW);

        expect(fromAt).toBeLessThan(toAt);
        expect(toAt).toBeLessThanOrEqual(Math.min(to ?? NOW, NOW));
      }),
    );
  });
});
