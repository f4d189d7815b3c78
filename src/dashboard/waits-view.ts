import type { Stage } from '#src/domain/wait.ts';
import type { FrameView, GapsView, WindowView } from './frame-view.ts';
import type { WaitRowView } from './reviews-view.ts';

/** One wait in the list behind a figure. */
export interface WaitLineView {
  readonly key: string;
  readonly title: string | null;
  readonly href: string;
  readonly repository: string;
  readonly number: number;
  readonly stage: Stage;
  readonly round: number;
  /** The team or the person asked; null in stages that wait on nobody in particular, and where a person is not named. */
  readonly waitsOn: string | null;
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** Its word in `definitions.md` 3; null while it waits. */
  readonly outcome: string | null;
  readonly endedAsAsked: boolean;
  /** Without its pauses, up to now while it waits. */
  readonly seconds: number;
}

/** What the figure is and how it came to be. */
export interface ExplanationView {
  /** What is measured, of which waits, without which, and which way it errs. */
  readonly definition: string;
  readonly population: string;
  readonly exclusions: string;
  readonly bias: string;
  /** One sentence of method. */
  readonly method: string;
  readonly row: WaitRowView;
  readonly leftOut: readonly { readonly reason: string; readonly count: number }[];
  /** The naive figure beside it: quantiles in seconds of the waits that ended in the window as asked. */
  readonly finishedOnly: { readonly n: number; readonly p50: number | null; readonly p90: number | null };
}

/** The page `/waits`: which waits stand behind a figure? */
export interface WaitsView {
  readonly frame: FrameView;
  readonly window: WindowView;
  readonly stage: Stage;
  /** Null for a stage that no metric measures. */
  readonly explanation: ExplanationView | null;
  readonly quality: GapsView;
  /** One page of them, the oldest first. */
  readonly waits: readonly WaitLineView[];
  /** Whether earlier pages exist. */
  readonly isFirstPage: boolean;
  readonly nextHref: string | null;
  readonly csvHref: string;
}
