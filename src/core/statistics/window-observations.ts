import type { Stretch } from '../stretch.ts';
import { ASKED, FROM_THE_START, OTHERWISE, STILL_WAITING, type Cause, type Observation, type Observations } from './observations.ts';
import type { ObservableWait, Pause } from './observable-wait.ts';
import { waitColumns, type WaitColumns } from './wait-columns.ts';

/** The part of waits that lies inside a window, and which wait each observation is of. */
export interface WindowView {
  readonly observations: Observations;
  /** The place of the wait behind each observation. */
  readonly place: Uint32Array;
  /** The whole lengths of the waits that ended inside as asked, whether their age advanced inside or not; seconds. */
  readonly lengths: Float64Array;
}

/**
 * The part of every wait that lies inside a window (`definitions.md` 6): left-truncated at its start,
 * right-censored at its end, by age = time since start less pauses. A wait enters at its age at
 * `fromAt` if it started before, and leaves at its end if that lies in [fromAt, toAt), else at its
 * age at `toAt`. One whose age does not advance inside is left out, unless it starts inside and ends
 * at age 0. `asked` are the outcomes that count; every other end competes with them. Only the waits at `places` are
 * looked at where they are given.
 */
export function viewWindow(waits: WaitColumns, { fromAt, toAt }: Stretch, asked: readonly string[], places: Uint32Array | null = null): WindowView {
  const most = places?.length ?? waits.n;
  const enter = new Float64Array(most);
  const exit = new Float64Array(most);
  const cause = new Uint8Array(most);
  const place = new Uint32Array(most);
  const lengths = new Float64Array(most);
  const causes = waits.outcomes.map((outcome) => causeOf(outcome, asked));
  let n = 0;
  let ended = 0;
  for (let k = 0; k < most; k += 1) {
    const i = places?.[k] ?? k;
    const how = causes[waits.outcome[i] ?? 0] ?? null;
    const startedAt = waits.startedAt[i] ?? 0;
    const endedAt = waits.endedAt[i] ?? NaN;
    if (how === null || startedAt >= toAt || endedAt < fromAt) continue;
    const endsInside = endedAt < toAt;
    const enters = startedAt >= fromAt ? FROM_THE_START : ageOf(waits, i, fromAt, toAt);
    const leaves = ageOf(waits, i, endsInside ? endedAt : toAt, toAt);
    if (endsInside && how === ASKED) {
      lengths[ended] = leaves;
      ended += 1;
    }
    if (!advances(enters, leaves, endsInside)) continue;
    enter[n] = enters;
    exit[n] = leaves;
    cause[n] = endsInside ? how : STILL_WAITING;
    place[n] = i;
    n += 1;
  }
  const seen = { n, enter: enter.subarray(0, n), exit: exit.subarray(0, n), cause: cause.subarray(0, n) };
  return { observations: { ...seen, ...subjectsOf(waits, place.subarray(0, n)) }, place: place.subarray(0, n), lengths: lengths.subarray(0, ended) };
}

function advances(enters: number, leaves: number, endsInside: boolean): boolean {
  return enters === FROM_THE_START ? leaves > 0 || endsInside : leaves > enters;
}

/** The same of waits one by one. */
export function windowObservations(waits: readonly ObservableWait[], window: Stretch, asked: readonly string[]): Observations {
  return viewWindow(waitColumns(waits), window, asked).observations;
}

/** The same row by row, for those who put the rows of several windows together. */
export function windowRows(waits: readonly ObservableWait[], window: Stretch, asked: readonly string[]): Observation[] {
  const { observations, place } = viewWindow(waitColumns(waits), window, asked);
  return Array.from(place, (i, k) => ({
    subject: waits[i]?.subject ?? '',
    enter: observations.enter[k] ?? 0,
    exit: observations.exit[k] ?? 0,
    cause: knownCause(observations.cause[k]),
  }));
}

function knownCause(cause: number | undefined): Cause {
  return cause === ASKED || cause === OTHERWISE ? cause : STILL_WAITING;
}

/** How an outcome counts; null for one that stands outside every distribution. */
function causeOf(outcome: string | null, asked: readonly string[]): typeof ASKED | typeof OTHERWISE | null {
  if (outcome === 'early') return null;
  return outcome !== null && asked.includes(outcome) ? ASKED : OTHERWISE;
}

/** Numbers anew, without holes and in their order, the subjects that are there. */
function subjectsOf({ n, subject, subjects }: WaitColumns, place: Uint32Array): Pick<Observations, 'subject' | 'subjects'> {
  if (subjects === n) return { subject: place.map((_, k) => k), subjects: place.length };
  const numbers = new Uint32Array(subjects);
  for (const i of place) numbers[subject[i] ?? 0] = 1;
  let count = 0;
  for (let s = 0; s < subjects; s += 1) {
    if (numbers[s] === 0) continue;
    numbers[s] = count;
    count += 1;
  }
  return { subject: place.map((i) => numbers[subject[i] ?? 0] ?? 0), subjects: count };
}

/**
 * A wait's age at an instant, seconds: the time since its start less its pauses until then, never
 * below 0. `horizonAt` bounds the time over which undated pauses of an open wait are spread.
 */
export function ageSeconds(wait: ObservableWait, at: number, horizonAt: number): number {
  return ageOf(waitColumns([wait]), 0, at, horizonAt);
}

function ageOf({ startedAt, endedAt, pausedSeconds, pauses }: WaitColumns, i: number, at: number, horizonAt: number): number {
  const from = startedAt[i] ?? 0;
  const elapsed = Math.max(0, at - from);
  const paused = pausedSeconds[i] ?? 0;
  const dated = pauses.size === 0 ? undefined : pauses.get(i);
  if (dated !== undefined) return (elapsed - pausedUntil(dated, from, at)) / 1000;
  if (paused === 0) return elapsed / 1000;

  const end = endedAt[i] ?? NaN;
  const span = Math.max(0, (Number.isNaN(end) ? horizonAt : end) - from);
  const running = Math.max(0, span - paused * 1000);
  return (elapsed >= span ? running + (elapsed - span) : (elapsed * running) / span) / 1000;
}

function pausedUntil(pauses: readonly Pause[], startedAt: number, at: number): number {
  let paused = 0;
  for (const { fromAt, toAt } of pauses) paused += Math.max(0, Math.min(toAt ?? at, at) - Math.max(fromAt, startedAt));
  return paused;
}
