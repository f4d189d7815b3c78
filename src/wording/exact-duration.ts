import { NBSP } from './characters.ts';

/**
 * The exact length of one wait, in whole minutes and cut, not rounded: `2 d 18 h 43 min`,
 * `17 h 5 min`, `26 min`; below a minute in seconds. Units between the largest and the minutes are
 * named even when they are zero.
 */
export function exactDuration(seconds: number): string {
  if (seconds < 86_400) return exactHours(seconds);
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  return [part(days, 'd'), part(hours, 'h'), part(minutes, 'min')].join(' ');
}

/** The same without days, for working time, whose days are no 24 hours: `40 h 45 min`. */
export function exactHours(seconds: number): string {
  if (seconds < 60) return part(Math.floor(seconds), 's');
  const hours = Math.floor(seconds / 3_600);
  const minutes = part(Math.floor((seconds % 3_600) / 60), 'min');
  return hours === 0 ? minutes : `${part(hours, 'h')} ${minutes}`;
}

function part(value: number, unit: string): string {
  return `${String(value)}${NBSP}${unit}`;
}
