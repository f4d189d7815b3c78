import type { Estimate } from '#src/domain/figure.ts';
import type { Stock } from '#src/domain/figures.ts';
import type { Phase } from '#src/domain/wait.ts';
import type { FrameView, GapsView, WindowView } from './frame-view.ts';

/** One stay in the list behind a stock. */
export interface StayLineView {
  readonly key: string;
  readonly title: string | null;
  readonly href: string;
  readonly repository: string;
  readonly number: number;
  readonly phase: Phase;
  readonly enteredAt: number;
  /** Null: it is still there. */
  readonly leftAt: number | null;
  /** What of it the stock counts, inside the window. */
  readonly countedSeconds: number;
}

/** The page `/stays`: which stays stand behind a stock? */
export interface StaysView {
  readonly frame: FrameView;
  readonly window: WindowView;
  readonly stock: Stock;
  /** Little's L. */
  readonly standing: Estimate;
  /** Of all that stand in the river, 0 to 1; null beside the river and where nothing stands. */
  readonly share: number | null;
  readonly staleAfterDays: number;
  readonly quality: GapsView;
  /** One page of them, the oldest first. */
  readonly stays: readonly StayLineView[];
  readonly isFirstPage: boolean;
  readonly nextHref: string | null;
  readonly csvHref: string;
}
