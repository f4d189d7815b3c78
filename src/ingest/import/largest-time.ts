import { parseInstant } from '#src/core/instant.ts';

/** Keys whose value is an instant. */
const TIME_KEY = /(?:_at|_on|date|timestamp|since)$/;

/** Keys of instants that lie ahead: they say nothing about when a payload was written. */
const AHEAD: ReadonlySet<string> = new Set(['due_on', 'expires_at', 'due_date']);

/** The latest instant that a payload names, epoch ms; null when it names none. The earliest time at which it can have been written. */
export function largestTime(payload: unknown): number | null {
  let largest: number | null = null;
  const open: unknown[] = [payload];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, member] of Object.entries(value)) {
      if (typeof member === 'object') open.push(member);
      const at = timeOf(key, member);
      if (at !== null && (largest === null || at > largest)) largest = at;
    }
  }
  return largest;
}

function timeOf(key: string, member: unknown): number | null {
  return TIME_KEY.test(key) && !AHEAD.has(key) ? parseInstant(member) : null;
}
