import { TOLERANCE_MS } from './standing.ts';

/**
 * Pairs two lists of times, each in order, one to one: every left one takes the earliest right one
 * still free that lies at most 60 s away. Returns for each left one the index of its partner, or null.
 */
export function pairInOrder(left: readonly number[], right: readonly number[]): (number | null)[] {
  const partners: (number | null)[] = [];
  let free = 0;
  for (const at of left) {
    while (free < right.length && (right[free] ?? 0) < at - TOLERANCE_MS) free += 1;
    const candidate = right[free];
    const near = candidate !== undefined && candidate <= at + TOLERANCE_MS;
    partners.push(near ? free : null);
    if (near) free += 1;
  }
  return partners;
}
