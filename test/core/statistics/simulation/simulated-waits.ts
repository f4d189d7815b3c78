import { errorFunction } from 'simple-statistics';
import type { Stretch } from '#src/core/stretch.ts';
import { uniform, type Random } from '#src/core/statistics/random.ts';
import { standardNormal } from '#src/core/statistics/standard-normal.ts';
import type { ObservableWait } from '#src/core/statistics/observable-wait.ts';
import { windowRows } from '#src/core/statistics/window-observations.ts';

const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Waits whose lengths are log-normal; a share of them ends otherwise than asked, by a log-normal of its own. */
export interface WaitModel {
  readonly name: string;
  readonly medianHours: number;
  readonly sigma: number;
  readonly otherwise: { readonly share: number; readonly medianHours: number; readonly sigma: number };
  /** Waits a subject, all of one length and one end. */
  readonly perSubject: number;
}

/** Hours as a first response takes, days as a merge does; alone, and three a pull request that share their delay. */
export const MODELS: readonly WaitModel[] = [1, 3].flatMap((perSubject) => [
  { name: perSubject === 1 ? 'hours' : 'hours, three a subject', medianHours: 5, sigma: 1.6, otherwise: { share: 0.05, medianHours: 36, sigma: 1.2 }, perSubject },
  { name: perSubject === 1 ? 'days' : 'days, three a subject', medianHours: 96, sigma: 1.2, otherwise: { share: 0.05, medianHours: 240, sigma: 1 }, perSubject },
]);

/** Four weeks, the window of every simulation. */
export const WINDOW: Stretch = { fromAt: 0, toAt: 28 * DAY_MS };

/** Nothing simulated started longer before a window: of the longest waits one in 10,000 lasts so long. */
const HISTORY_MS = 336 * DAY_MS;

/** The asked outcomes of every model. */
export const ASKED_OUTCOMES = ['responded'];

/** One subject started at an instant, with its waits. */
export function simulatedSubject(model: WaitModel, subject: string, startedAt: number, random: Random): ObservableWait[] {
  const isOtherwise = uniform(random) < model.otherwise.share;
  const { medianHours, sigma } = isOtherwise ? model.otherwise : model;
  const endedAt = startedAt + Math.round(medianHours * HOUR_MS * Math.exp(sigma * standardNormal(random)));
  const wait: ObservableWait = { subject, startedAt, endedAt, outcome: isOtherwise ? 'closed' : 'responded', pausedSeconds: 0 };
  return Array.from({ length: model.perSubject }, () => wait);
}

/** Waits of which exactly n contribute to `WINDOW`, their starts uniform over its history and itself: a steady stream. */
export function simulatedWindow(model: WaitModel, n: number, random: Random): ObservableWait[] {
  const waits: ObservableWait[] = [];
  for (let subject = 0; waits.length < n; subject += 1) {
    const startedAt = Math.round(uniform(random) * (HISTORY_MS + WINDOW.toAt)) - HISTORY_MS;
    const own = simulatedSubject(model, `s${subject}`, startedAt, random);
    if (windowRows(own, WINDOW, ASKED_OUTCOMES).length > 0) waits.push(...own);
  }
  return waits.slice(0, n);
}

/** A steady stream of subjects over several windows, `perWindow` waits started in each on average, from long before instant 0 on. */
export function simulatedStream(model: WaitModel, perWindow: number, toAt: number, random: Random): ObservableWait[] {
  const waits: ObservableWait[] = [];
  const everyMs = (WINDOW.toAt * model.perSubject) / perWindow;
  let at = -HISTORY_MS;
  for (let subject = 0; ; subject += 1) {
    at += -Math.log(uniform(random)) * everyMs;
    if (at >= toAt) return waits;
    waits.push(...simulatedSubject(model, `s${subject}`, Math.round(at), random));
  }
}

/** The model's true share that has ended as asked by an age. */
export function trueShare({ medianHours, sigma, otherwise }: WaitModel, ageSeconds: number): number {
  const z = Math.log((ageSeconds * 1000) / (medianHours * HOUR_MS)) / sigma;
  return ((1 - otherwise.share) * (1 + errorFunction(z / Math.SQRT2))) / 2;
}

/** The model's true age at which a share p has ended as asked, seconds. */
export function trueAge(model: WaitModel, p: number): number {
  let [low, high] = [1e-3, 1e12];
  for (let step = 0; step < 200; step += 1) {
    const middle = Math.sqrt(low * high);
    if (trueShare(model, middle) < p) low = middle;
    else high = middle;
  }
  return low;
}
