import { DateTime } from 'luxon';
import { WEEKDAYS, type Weekday } from '#src/core/calendar.ts';

/** An hour of a day of the week, on the clocks of a zone. */
export interface WeeklySlot {
  readonly day: Weekday;
  /** 0 to 23. */
  readonly hour: number;
  /** A name of the zone database. */
  readonly zone: string;
}

/**
 * The first instant at or after another at which the slot begins, epoch ms. Where the hour does not exist
 * because clocks go forward, it is the instant at which they do; where it exists twice, its first time; where
 * the zone left the day out (Samoa's 30 December 2011), it is a week later.
 */
export function slotAfter(at: number, { day, hour, zone }: WeeklySlot): number {
  const weekday = WEEKDAYS.indexOf(day) + 1;
  const today = DateTime.fromMillis(at, { zone }).startOf('day');
  const ahead = (weekday - today.weekday + 7) % 7;
  for (const days of [ahead, ahead + 7, ahead + 14]) {
    const date = today.plus({ days });
    const slotAt = date.weekday === weekday ? hourAt(date, hour, zone) : -Infinity;
    if (slotAt >= at) return slotAt;
  }
  throw new Error(`No ${day} was found within three weeks of ${String(at)}.`);
}

/** When an hour of a day begins; a wall clock that jumps over it reaches the hour or a later one at the jump. */
function hourAt(date: DateTime, hour: number, zone: string): number {
  const { year, month, day } = date;
  const named = DateTime.fromObject({ year, month, day, hour }, { zone });
  if (named.hour === hour && named.day === day) return Math.min(...named.getPossibleOffsets().map((one) => one.toMillis()));
  let before = named.minus({ hours: 4 }).toMillis();
  let after = named.toMillis();
  const offsetBefore = DateTime.fromMillis(before, { zone }).offset;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (DateTime.fromMillis(middle, { zone }).offset === offsetBefore) before = middle;
    else after = middle;
  }
  return after;
}
