import type { CountedKind } from './counted-kind.ts';
import type { Phase, Stage } from './wait.ts';

/**
 * A 95 % interval. Where the upper end cannot be known (what still waits could lift it without
 * limit) `openAbove` is set and `high` is the largest value that was observed.
 */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly openAbove?: boolean;
}

/** A value with how sure it is; `interval` is null where none is computed, which is not an interval of no width. */
export interface Estimate {
  readonly value: number;
  readonly interval: Interval | null;
}

/**
 * The age by which a share of the waits has ended as asked (`definitions.md` 6). `not-yet`: what
 * still waits could still lift the share to it. `never`: the competing ends alone exceed the rest.
 * `thin`: fewer than five were at risk at an age up to it.
 */
export type Quantile =
  | { readonly kind: 'age'; readonly seconds: number; readonly interval: Interval | null }
  | { readonly kind: 'not-yet'; readonly moreThanSeconds: number }
  | { readonly kind: 'never'; readonly endWithout: number }
  | { readonly kind: 'thin'; readonly fewest: number };

/** Why a figure is not shown: too few waits (which are then listed), or too few persons behind a part. */
export type Withheld =
  | { readonly why: 'few-waits'; readonly n: number; readonly needed: number }
  | { readonly why: 'few-people'; readonly fewest: number };

/**
 * What a figure was in the comparison window, in the figure's own unit, and whether the difference
 * is beyond noise. `isWorse` says which way hurts: a longer wait, a larger stock.
 */
export type Change =
  | { readonly kind: 'beyond-noise'; readonly before: number; readonly now: number; readonly isWorse: boolean }
  | { readonly kind: 'within-noise'; readonly before: number };

/** A stretch of time in which not everything is stored; `toAt` is null while nobody knows its end. */
export interface Gap {
  readonly repository: string | null;
  readonly fromAt: number;
  readonly toAt: number | null;
  readonly state: 'open' | 'healed' | 'before-history';
  /** What is missing; absent: deliveries. */
  readonly kind?: CountedKind;
  /** Deliveries or items known to be missing, and how many there should be; null where nobody counted. */
  readonly missing: number | null;
  readonly expected: number | null;
  /** Why, as a sentence for people; absent where nothing more is known, or several things came together. */
  readonly reason?: string;
}

/** The share that ended as asked by an age, 0 to 1. */
export interface ShareWithin {
  readonly ageSeconds: number;
  readonly share: Estimate;
}

/** The ages of every headline: 4 hours, 1, 3 and 7 days, in seconds. */
export const HEADLINE_AGES_SECONDS = [14_400, 86_400, 259_200, 604_800] as const;

/**
 * How long one kind of wait takes in a window. `basis` says whose shares and quantiles these are:
 * `estimate` counts what still waits and what ended otherwise (`definitions.md` 6), `finished` only
 * the waits that ended in the window as asked, which flatters wherever something still waits.
 */
export interface WaitFigure {
  readonly stage: Stage;
  readonly basis: 'estimate' | 'finished';
  /** Waits that contribute. */
  readonly n: number;
  readonly finished: number;
  readonly stillWaiting: number;
  /** Age of the oldest that still waits; null when none does. */
  readonly oldestSeconds: number | null;
  /** In the order of `HEADLINE_AGES_SECONDS`; empty when withheld. */
  readonly within: readonly ShareWithin[];
  /** The share that ends otherwise; null where it is not estimated. */
  readonly endWithout: Estimate | null;
  readonly p50: Quantile | null;
  readonly p75: Quantile | null;
  readonly p90: Quantile | null;
  readonly withheld: Withheld | null;
  /** Against the comparison window, as shares at one day; null when nothing was compared. */
  readonly change: Change | null;
  readonly gaps: readonly Gap[];
}

/** What stands in one phase of the river, over a window. */
export interface PhaseFigure {
  readonly phase: Phase;
  /** Little's L: pull requests that stand there on average. */
  readonly standing: Estimate;
  /** Of all that stand in the river, 0 to 1; null when nothing stands. */
  readonly share: number | null;
  readonly arrivalsPerWeek: number;
  readonly departuresPerWeek: number;
  /** Arrivals less departures over the whole window. */
  readonly netArrivals: number;
  /** L of each whole week of the window, oldest first; empty where it is not computed. */
  readonly weekly: readonly number[];
  readonly change: Change | null;
}
