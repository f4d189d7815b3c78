import type { Stretch } from '../stretch.ts';
import { ASKED, FROM_THE_START, OTHERWISE, STILL_WAITING, toObservations, type Cause, type Observation, type Observations } from './observations.ts';

/** A stretch in which a wait's clock stands still, [fromAt, toAt), epoch ms; `toAt` is null while it goes on. */
export interface Pause {
  readonly fromAt: number;
  readonly toAt: number | null;
}

/** What an estimate reads of a wait. */
export interface ObservableWait {
  /** What is resampled as one where a stage has several waits a subject: a pull request, a run. */
  readonly subject: string;
  readonly startedAt: number;
  /** Null while still waiting. */
  readonly endedAt: number | null;
  /** The outcome of an ended wait; `early` stands outside every distribution. */
  readonly outcome: string | null;
  /** How long the clock stood still, all in all. */
  readonly pausedSeconds: number;
  /**
   * When it stood still: disjoint, in any order. Without it `pausedSeconds` is taken to lie evenly
   * between start and end (start and window's end while still waiting): the length of the wait is
   * exact, its age at a window's edge is not, and a pause that still goes on is not seen at all.
   */
  readonly pauses?: readonly Pause[];
}

/**
 * The part of every wait that lies inside a window (`definitions.md` 6): left-truncated at its start,
 * right-censored at its end, by age = time since start less pauses. A wait enters at its age at
 * `fromAt` if it started before, and leaves at its end if that lies in [fromAt, toAt), else at its
 * age at `toAt`. One whose age does not advance inside is left out, unless it starts inside and ends
 * at age 0. `asked` are the outcomes that count; every other end competes with them.
 */
export function windowObservations(waits: readonly ObservableWait[], window: Stretch, asked: readonly string[]): Observations {
  return toObservations(windowRows(waits, window, asked));
}

/** The same row by row, for those who put the rows of several windows together. */
export function windowRows(waits: readonly ObservableWait[], window: Stretch, asked: readonly string[]): Observation[] {
  const rows: Observation[] = [];
  for (const wait of waits) {
    const row = observe(wait, window, asked);
    if (row !== null) rows.push(row);
  }
  return rows;
}

function observe(wait: ObservableWait, window: Stretch, asked: readonly string[]): Observation | null {
  const { startedAt, endedAt, outcome, subject } = wait;
  if (outcome === 'early' || startedAt >= window.toAt) return null;
  if (endedAt !== null && endedAt < window.fromAt) return null;

  const endsInside = endedAt !== null && endedAt < window.toAt;
  const startsInside = startedAt >= window.fromAt;
  const enter = startsInside ? FROM_THE_START : ageSeconds(wait, window.fromAt, window.toAt);
  const exit = ageSeconds(wait, endsInside ? endedAt : window.toAt, window.toAt);
  const advances = startsInside ? exit > 0 || endsInside : exit > enter;
  if (!advances) return null;
  return { subject, enter, exit, cause: endsInside ? causeOf(outcome, asked) : STILL_WAITING };
}

function causeOf(outcome: string | null, asked: readonly string[]): Cause {
  return outcome !== null && asked.includes(outcome) ? ASKED : OTHERWISE;
}

/**
 * A wait's age at an instant, seconds: the time since its start less its pauses until then, never
 * below 0. `horizonAt` bounds the time over which undated pauses of an open wait are spread.
 */
export function ageSeconds(wait: ObservableWait, at: number, horizonAt: number): number {
  const elapsed = Math.max(0, at - wait.startedAt);
  if (wait.pauses !== undefined) return (elapsed - pausedUntil(wait.pauses, wait.startedAt, at)) / 1000;
  if (wait.pausedSeconds === 0) return elapsed / 1000;

  const span = Math.max(0, (wait.endedAt ?? horizonAt) - wait.startedAt);
  const running = Math.max(0, span - wait.pausedSeconds * 1000);
  return (elapsed >= span ? running + (elapsed - span) : (elapsed * running) / span) / 1000;
}

function pausedUntil(pauses: readonly Pause[], startedAt: number, at: number): number {
  let paused = 0;
  for (const { fromAt, toAt } of pauses) paused += Math.max(0, Math.min(toAt ?? at, at) - Math.max(fromAt, startedAt));
  return paused;
}
