/** A stretch of time: from `fromAt` to `toAt`, epoch ms, the end not included. */
export interface Stretch {
  readonly fromAt: number;
  readonly toAt: number;
}

/**
 * The parts of a time that lie in every one of two lists. Both lists are in order and without overlap,
 * and so is the answer; parts of no length are left out.
 */
export function intersection(a: readonly Stretch[], b: readonly Stretch[]): Stretch[] {
  const shared: Stretch[] = [];
  let i = 0;
  let j = 0;
  for (;;) {
    const left = a[i];
    const right = b[j];
    if (left === undefined || right === undefined) return shared;
    const fromAt = Math.max(left.fromAt, right.fromAt);
    const toAt = Math.min(left.toAt, right.toAt);
    if (fromAt < toAt) shared.push({ fromAt, toAt });
    if (left.toAt <= right.toAt) i += 1;
    else j += 1;
  }
}

/** What `within` leaves when `without` is taken out of it; `without` is in order and without overlap. */
export function difference(within: Stretch, without: readonly Stretch[]): Stretch[] {
  const rest: Stretch[] = [];
  let fromAt = within.fromAt;
  for (const hole of without) {
    if (hole.toAt <= fromAt) continue;
    if (hole.fromAt >= within.toAt) break;
    if (hole.fromAt > fromAt) rest.push({ fromAt, toAt: hole.fromAt });
    fromAt = hole.toAt;
  }
  if (fromAt < within.toAt) rest.push({ fromAt, toAt: within.toAt });
  return rest;
}
