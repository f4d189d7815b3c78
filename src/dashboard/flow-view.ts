import type { Estimate, PhaseFigure, WaitFigure } from '#src/domain/figure.ts';
import type { Phase } from '#src/domain/wait.ts';

import type { FigureHref, FrameView, GapsView, WaitingView, WeekView, WindowView } from './frame-view.ts';

/** One phase of the river with the way to its explanation. */
export interface PhaseView extends PhaseFigure {
  readonly href: FigureHref;
}

/** A wait beside the river: its share within a day, week by week. */
export interface WaitGlanceView {
  readonly title: string;
  readonly figure: WaitFigure;
  readonly weeks: readonly WeekView[];
  readonly href: FigureHref;
}

/** What is counted like the river and never added to it. */
export interface BesideView {
  readonly what: 'drafts' | 'bots' | 'standing-still';
  readonly standing: Estimate;
  /** L of the comparison window; null where none was compared. */
  readonly before: number | null;
  readonly now: number;
  readonly href: FigureHref;
}

/** What enters and leaves the river a week. */
export interface RiverFlowView {
  readonly entering: number;
  readonly finished: number;
  readonly closed: number;
  /** All that stand in it on average. */
  readonly standing: number;
  /** All that stand in it at the window's end. */
  readonly now: number;
}

/** The page `/`: where does it stand? */
export interface FlowView {
  readonly frame: FrameView;
  readonly window: WindowView;
  /** In any order; phases of which nothing is known are absent. Empty when no pull request was open. */
  readonly phases: readonly PhaseView[];
  /** The phases named as the bottleneck; empty while nothing says which it is beyond chance. */
  readonly bottleneck: readonly Phase[];
  readonly flow: RiverFlowView | null;
  readonly quality: GapsView;
  readonly glances: readonly WaitGlanceView[];
  readonly waiting: readonly WaitingView[];
  readonly waitingAllHref: string | null;
  readonly beside: readonly BesideView[];
  /** Days without a human's touch after which a pull request stands still. */
  readonly staleAfterDays: number;
}
