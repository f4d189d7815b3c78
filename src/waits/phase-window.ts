import type { Stretch } from '#src/core/stretch.ts';
import { PHASES, type Phase, type PhaseStay } from '#src/domain/wait.ts';

/** How many pull requests entered and left a phase. */
export interface PhaseFlow {
  readonly arrivals: number;
  readonly departures: number;
}

/**
 * Little's L of each phase in a window: the time all stays spent in it inside the window, open ones up
 * to the window's end, over the window's length. A mean number of pull requests; L over adjoining
 * windows, weighed by their lengths, adds up. Throws `RangeError` for a window of no length.
 */
export function standing(stays: Iterable<PhaseStay>, window: Stretch): Record<Phase, number> {
  const length = window.toAt - window.fromAt;
  if (!(length > 0)) throw new RangeError('A window must end after it starts.');
  const sums = forEachPhase(() => 0);
  for (const { phase, enteredAt, leftAt } of stays) {
    const spent = Math.min(leftAt ?? window.toAt, window.toAt) - Math.max(enteredAt, window.fromAt);
    if (spent > 0) sums[phase] += spent;
  }
  for (const phase of PHASES) sums[phase] /= length;
  return sums;
}

/**
 * Arrivals and departures of each phase in a window, an event at `t` lying in [fromAt, toAt). What
 * stands there at the window's start is no arrival; being opened is one, and ending a departure.
 */
export function phaseFlow(stays: Iterable<PhaseStay>, window: Stretch): Record<Phase, PhaseFlow> {
  const flows = forEachPhase(() => ({ arrivals: 0, departures: 0 }));
  for (const { phase, enteredAt, leftAt } of stays) {
    if (isIn(enteredAt, window)) flows[phase].arrivals += 1;
    if (leftAt !== null && isIn(leftAt, window)) flows[phase].departures += 1;
  }
  return flows;
}

function isIn(at: number, { fromAt, toAt }: Stretch): boolean {
  return at >= fromAt && at < toAt;
}

function forEachPhase<T>(make: () => T): Record<Phase, T> {
  return {
    ended: make(),
    awaiting_deploy_approval: make(),
    awaiting_deploy: make(),
    draft: make(),
    merge_queue: make(),
    fixing_pipeline: make(),
    pipeline_running: make(),
    awaiting_merge: make(),
    author_rework: make(),
    awaiting_first_response: make(),
    awaiting_review: make(),
  };
}
