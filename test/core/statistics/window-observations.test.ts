import { describe, expect, test } from '@jest/globals';
import { ASKED, FROM_THE_START, OTHERWISE, STILL_WAITING } from '#src/core/statistics/observations.ts';
import type { ObservableWait } from '#src/core/statistics/observable-wait.ts';
import { ageSeconds, windowObservations, windowRows } from '#src/core/statistics/window-observations.ts';

const HOUR = 3_600;
const at = (hour: number): number => 1_736_121_600_000 + hour * HOUR * 1000;
const WINDOW = { fromAt: at(0), toAt: at(100) };

function aWait(startedHour: number, endedHour: number | null, more: Partial<ObservableWait> = {}): ObservableWait {
  return { subject: '1', startedAt: at(startedHour), endedAt: endedHour === null ? null : at(endedHour), outcome: endedHour === null ? null : 'responded', pausedSeconds: 0, ...more };
}

function observed(wait: ObservableWait): { enter: number; exit: number; cause: number } | undefined {
  const [row] = windowRows([wait], WINDOW, ['responded']);
  return row && { enter: row.enter / HOUR, exit: row.exit / HOUR, cause: row.cause };
}

const FROM_START = FROM_THE_START / HOUR;

describe('a wait seen through a window', () => {
  test('that starts and ends inside is at risk from age 0 to its whole length', () => {
    expect(observed(aWait(10, 15))).toEqual({ enter: FROM_START, exit: 5, cause: ASKED });
  });

  test('that started before enters at the age it had', () => {
    expect(observed(aWait(-8, 15))).toEqual({ enter: 8, exit: 23, cause: ASKED });
  });

  test('that starts with the window is at risk from age 0 on', () => {
    expect(observed(aWait(0, 15))).toEqual({ enter: FROM_START, exit: 15, cause: ASKED });
  });

  test('that is not over at the end of the window is still waiting there, ended later or not', () => {
    expect(observed(aWait(90, null))).toEqual({ enter: FROM_START, exit: 10, cause: STILL_WAITING });
    expect(observed(aWait(90, 101))).toEqual({ enter: FROM_START, exit: 10, cause: STILL_WAITING });
  });

  test('that ends with the window is still waiting: an end lies in [from, to)', () => {
    expect(observed(aWait(90, 100))).toEqual({ enter: FROM_START, exit: 10, cause: STILL_WAITING });
  });

  test('that ended otherwise than asked competes', () => {
    expect(observed(aWait(10, 15, { outcome: 'closed' }))).toEqual({ enter: FROM_START, exit: 5, cause: OTHERWISE });
  });

  test('that ends at its start is an end at age 0', () => {
    expect(observed(aWait(10, 10))).toEqual({ enter: FROM_START, exit: 0, cause: ASKED });
  });

  test.each([
    ['ended before it', aWait(-9, -1)],
    ['starts at its end', aWait(100, 110)],
    ['started before it and ended at its first instant', aWait(-9, 0)],
    ['was answered early', aWait(10, 10, { outcome: 'early' })],
    ['stood still all through it', aWait(-9, 120, { pauses: [{ fromAt: at(-2), toAt: at(110) }] })],
    ['starts inside standing still, and does so to the end', aWait(50, null, { pauses: [{ fromAt: at(40), toAt: null }] })],
  ])('that %s is left out', (_, wait) => {
    expect(observed(wait)).toBeUndefined();
  });

  test('counts no pause into its age, neither at the start of the window nor at its end', () => {
    const pauses = [
      { fromAt: at(-6), toAt: at(-4) },
      { fromAt: at(-1), toAt: at(3) },
      { fromAt: at(20), toAt: at(21) },
    ];

    expect(observed(aWait(-8, 30, { pauses, pausedSeconds: 7 * HOUR }))).toEqual({ enter: 5, exit: 31, cause: ASKED });
  });

  test('stops ageing in a pause that goes on', () => {
    expect(observed(aWait(10, null, { pauses: [{ fromAt: at(12), toAt: null }] }))).toEqual({ enter: FROM_START, exit: 2, cause: STILL_WAITING });
  });

  test('with pauses nobody dated has its exact length, and ages evenly until then', () => {
    const wait = aWait(-10, 30, { pausedSeconds: 20 * HOUR });

    expect(observed(wait)).toEqual({ enter: 5, exit: 20, cause: ASKED });
  });

  test('with undated pauses longer than its time has no negative age', () => {
    expect(ageSeconds(aWait(-10, null, { pausedSeconds: 500 * HOUR }), at(0), at(100))).toBe(0);
    expect(observed(aWait(-10, null, { pausedSeconds: 500 * HOUR }))).toBeUndefined();
  });
});

test('observations number their subjects in the order they come', () => {
  const waits = [aWait(1, 2, { subject: 'b' }), aWait(1, 3, { subject: 'a' }), aWait(1, 4, { subject: 'b' })];

  const { n, subjects, subject } = windowObservations(waits, WINDOW, ['responded']);

  expect({ n, subjects, subject: Array.from(subject) }).toEqual({ n: 3, subjects: 2, subject: [0, 1, 0] });
});
