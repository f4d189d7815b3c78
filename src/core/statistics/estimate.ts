/**
 * A 95 % interval. `openAbove`: nothing observed bounds it from above; that bound is known to be more
 * than `high`, or for a share beyond the ages observed at least that.
 */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly openAbove?: boolean;
}

/** A value with how sure it is; `interval` is null where none can be computed, which is not an interval of no width. */
export interface Estimate {
  readonly value: number;
  readonly interval: Interval | null;
}

/**
 * The age by which a share of the waits has ended as asked, or why there is none. `not-yet`: what
 * still waits could still lift the share to it, at a greater age than the one named. `never`: the
 * competing ends alone exceed the rest. `thin`: something ended at an age up to it with fewer than
 * `fewest` at risk.
 */
export type Quantile =
  | { readonly kind: 'age'; readonly seconds: number; readonly interval: Interval | null }
  | { readonly kind: 'not-yet'; readonly moreThanSeconds: number }
  | { readonly kind: 'never'; readonly endWithout: number }
  | { readonly kind: 'thin'; readonly fewest: number };
