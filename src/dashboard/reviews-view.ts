import type { WaitFigure } from '#src/domain/figure.ts';
import type { Stage } from '#src/domain/wait.ts';

import type { FigureHref, FrameView, GapsView, WaitingView, WeekView, WindowView } from './frame-view.ts';

/** A wait as a row of a table: of a stage, or of one repository. */
export interface WaitRowView {
  readonly key: string;
  /** Null: the stage's own name. */
  readonly name: string | null;
  readonly figure: WaitFigure;
  readonly href: FigureHref;
  /** The list of waits behind a withheld figure. */
  readonly waitsHref: string | null;
}

/** A point of what became of the waits by an age. */
export interface CurvePointView {
  readonly ageSeconds: number;
  /** Cumulative share that ended as asked, 0 to 1, with its interval where one is known. */
  readonly asked: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Cumulative shares of the other outcomes, in the order of `CurveView.others`. */
  readonly others: readonly number[];
}

/** What became of the waits of one stage, by age. */
export interface CurveView {
  readonly stage: Stage;
  /** What the asked end is called: `responded`. */
  readonly asked: string;
  readonly points: readonly CurvePointView[];
  /** What the others ended as: `merged without`, `closed without`. */
  readonly others: readonly string[];
  /** How many were still open at an age. */
  readonly atRisk: readonly { readonly ageSeconds: number; readonly count: number }[];
}

/** The page `/reviews`: how long until someone answers? */
export interface ReviewsView {
  readonly frame: FrameView;
  readonly window: WindowView;
  /** The first is the page's headline. Empty when nothing was waited for. */
  readonly waits: readonly WaitRowView[];
  readonly quality: GapsView;
  /** Null while no estimate by age exists. */
  readonly curve: CurveView | null;
  /** First response within a day; empty where it is not computed. */
  readonly weeks: readonly WeekView[];
  readonly repositories: readonly WaitRowView[];
  readonly waiting: readonly WaitingView[];
  readonly waitingAllHref: string | null;
}
