import { NBSP } from './characters.ts';

/** Working time in days of a calendar, one decimal, without its unit: `13.0`. */
export function workingDaysNumber(days: number): string {
  return days.toFixed(1);
}

/** The same with its unit: `13.0 working days`. */
export function workingDaysText(days: number): string {
  return `${workingDaysNumber(days)}${NBSP}working days`;
}
