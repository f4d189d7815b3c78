import type { Stretch } from '../stretch.ts';
import { cumulativeIncidence } from './cumulative-incidence.ts';
import { incidenceAt } from './incidence-at.ts';
import { logRank } from './log-rank.ts';
import { toObservations, type Observation } from './observations.ts';
import { FEWEST_WAITS } from './wait-estimate.ts';
import type { ObservableWait } from './observable-wait.ts';
import { windowRows } from './window-observations.ts';

/** The age at which two windows are compared: one day. */
export const COMPARED_AGE_SECONDS = 86_400;

/** The least difference of the shares at that age that is told as a change: five points. */
export const LEAST_DIFFERENCE = 0.05;

/** The same waits in two windows. */
export interface WaitComparison {
  /** The share that has ended as asked by `COMPARED_AGE_SECONDS`. */
  readonly now: number;
  readonly before: number;
  readonly chiSquared: number;
  /** The probability of a difference at least that large, were both windows alike. */
  readonly p: number;
}

/**
 * Compares how long waits take in two windows (`definitions.md` 6): the log-rank test over all ages
 * and the shares at one day. A wait that overlaps both windows counts in each for the part inside,
 * its subject once. Null where a window has fewer than `FEWEST_WAITS` or nothing can be compared.
 */
export function compareWaits(waits: readonly ObservableWait[], now: Stretch, before: Stretch, asked: readonly string[]): WaitComparison | null {
  const rowsNow = windowRows(waits, now, asked);
  const rowsBefore = windowRows(waits, before, asked);
  if (rowsNow.length < FEWEST_WAITS || rowsBefore.length < FEWEST_WAITS) return null;
  const test = logRank(toObservations([...rowsBefore, ...rowsNow]), new Uint8Array(rowsBefore.length + rowsNow.length).fill(1, rowsBefore.length));
  if (test === null) return null;
  return { now: shareOf(rowsNow), before: shareOf(rowsBefore), chiSquared: test.chiSquared, p: test.p };
}

function shareOf(rows: readonly Observation[]): number {
  const curve = cumulativeIncidence(toObservations(rows));
  return incidenceAt(curve, curve.asked, null, COMPARED_AGE_SECONDS).value;
}
