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
