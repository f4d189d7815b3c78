import { NBSP } from './characters.ts';

const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0, useGrouping: true });
const ONE_DECIMAL = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const ONE_DIGIT = new Intl.NumberFormat('en', { maximumSignificantDigits: 1, useGrouping: true });

/** A count: `548`, `214,806`. */
export function countText(count: number): string {
  return WHOLE.format(count);
}

/** A count with its noun: `1 wait`, `9 waits`; the plural is the singular with an s unless given. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${countText(count)}${NBSP}${count === 1 ? singular : plural}`;
}

/**
 * At most two significant digits, and no more than one decimal from 0.1 on: `0.4`, `5.2`, `14`,
 * `150`. Below 0.1 one significant digit, so that a small value does not read as none.
 */
export function twoDigits(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size < 0.095) return ONE_DIGIT.format(value);
  if (size < 9.95) return ONE_DECIMAL.format(value);
  if (size < 99.5) return WHOLE.format(value);
  const step = 10 ** (Math.floor(Math.log10(size)) - 1);
  return WHOLE.format(Math.round(value / step) * step);
}

/**
 * A stock or a rate: one decimal below 100, none from there on; `under 0.1` for what is there but
 * would read as none.
 */
export function stockText(value: number): string {
  if (value > 0 && value < 0.05) return `under${NBSP}0.1`;
  return stockNumber(value);
}

/** The same number without words, for the ends of an interval. */
export function stockNumber(value: number): string {
  return value < 99.95 ? ONE_DECIMAL.format(value) : WHOLE.format(value);
}
