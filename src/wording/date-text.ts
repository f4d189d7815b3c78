import { DateTime } from 'luxon';

import { EN_DASH, NBSP } from './characters.ts';

/** Whose dates these are: the reader's zone (IANA name), and the instant that is now, which decides whether a year is named. */
export interface Reader {
  readonly zone: string;
  readonly nowAt: number;
}

/** A day: `3 Nov`, with the year when it is not this one. */
export function dateText(at: number, reader: Reader): string {
  const day = inZone(at, reader.zone);
  const text = day.toFormat(`d'${NBSP}'LLL`);
  return day.year === inZone(reader.nowAt, reader.zone).year ? text : `${text}${NBSP}${String(day.year)}`;
}

/** A day with its weekday: `Mon 3 Nov`. */
export function dayText(at: number, reader: Reader): string {
  return `${inZone(at, reader.zone).toFormat('ccc')}${NBSP}${dateText(at, reader)}`;
}

/** The time of a day: `09:12`. */
export function timeText(at: number, zone: string): string {
  return inZone(at, zone).toFormat('HH:mm');
}

/** A moment to the minute, always with its year: `24 Nov 2025 08:00`. */
export function momentText(at: number, zone: string): string {
  return inZone(at, zone).toFormat(`d'${NBSP}'LLL'${NBSP}'yyyy'${NBSP}'HH:mm`);
}

/** The last day of a half-open window that ends at `toAt`. */
export function lastDayText(toAt: number, reader: Reader): string {
  return dateText(toAt - 1, reader);
}

/** A half-open stretch of days as a sentence names it: `3 Nov to 5 Nov`, or one day alone. */
export function stretchText(fromAt: number, toAt: number, reader: Reader): string {
  const first = dateText(fromAt, reader);
  const last = lastDayText(toAt, reader);
  return first === last ? first : `${first} to ${last}`;
}

/** The same where space is short: `3–5 Nov`, `30 Oct–2 Nov`. */
export function shortStretchText(fromAt: number, toAt: number, reader: Reader): string {
  const first = inZone(fromAt, reader.zone);
  const last = inZone(toAt - 1, reader.zone);
  if (first.hasSame(last, 'day')) return dateText(fromAt, reader);
  const start = first.hasSame(last, 'month') ? String(first.day) : dateText(fromAt, reader);
  return `${start}${EN_DASH}${lastDayText(toAt, reader)}`;
}

/** The instants at which a day begins in `[fromAt, toAt)`, by the zone's own midnights, changes of the clock included. */
export function dayStarts(fromAt: number, toAt: number, zone: string): readonly number[] {
  const starts: number[] = [];
  let day = inZone(fromAt, zone).startOf('day');
  while (day.toMillis() < toAt) {
    if (day.toMillis() >= fromAt) starts.push(day.toMillis());
    day = day.plus({ days: 1 }).startOf('day');
  }
  return starts;
}

/** The weekday of an instant, 1 for Monday to 7 for Sunday. */
export function weekdayOf(at: number, zone: string): number {
  return inZone(at, zone).weekday;
}

function inZone(at: number, zone: string): DateTime {
  return DateTime.fromMillis(at, { zone, locale: 'en-US' });
}
