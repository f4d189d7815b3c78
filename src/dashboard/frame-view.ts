import type { Gap } from '#src/domain/figure.ts';
import type { Stage } from '#src/domain/wait.ts';

/** The pages that exist and stand in the navigation. */
export type PageId = 'flow' | 'reviews' | 'data-quality' | 'settings';

/** A choice of a control of the bar. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly isChosen: boolean;
}

/** The bar under the header: a GET form over scope, window and comparison. */
export interface BarView {
  /** The path the form asks for: the page's own. */
  readonly action: string;
  /** Values such as `team:payments`, `repository:owner/name`, empty for the organisation. */
  readonly scopes: readonly Choice[];
  /** Numbers of weeks as text. */
  readonly windows: readonly Choice[];
  /** `before`, `year` or empty; no choices where nothing can be compared yet. */
  readonly comparisons: readonly Choice[];
  /** Parameters the form carries along unseen: a pinned `to`, a sort. */
  readonly carried: readonly { readonly name: string; readonly value: string }[];
  /** This view as a link that stays true when time goes on: the window's end is pinned in it. */
  readonly permanentHref: string | null;
  readonly csvHref: string | null;
}

/** How far a first collection has come; null once it is done. */
export interface CollectingView {
  readonly repositoriesDone: number;
  readonly repositories: number;
  /** How far back the history reaches by now. */
  readonly backToAt: number | null;
  /** This very page again. */
  readonly refreshHref: string;
}

/** Sample data in place of an organisation's own. */
export interface SampleView {
  /** What was recorded (`bitcoin-core/gui`), null when the data are made up. */
  readonly recordedFrom: string | null;
  readonly connectHref: string | null;
}

/** What every page has around its content. */
export interface FrameView {
  readonly organization: string | null;
  /** The page in the navigation that this is; null for a page outside it. */
  readonly current: PageId | null;
  /** Pages of the navigation that do not exist here. */
  readonly without?: readonly PageId[];
  /** `?scope=…`, carried on by every link between pages; empty for the defaults. */
  readonly query: string;
  readonly bar: BarView | null;
  readonly sample: SampleView | null;
  readonly collecting: CollectingView | null;
  /** When GitHub was last heard from, if that is long ago; null while the data are fresh. */
  readonly staleSinceAt: number | null;
  /** When the page was computed, epoch ms: the reader's now. */
  readonly computedAt: number;
  /** Facts it was computed from; null where nobody counted. */
  readonly facts: number | null;
  readonly version: string;
  /** The zone in which dates are shown, an IANA name. */
  readonly zone: string;
  /** Path of the stylesheet, its digest in the name. */
  readonly stylesheetHref: string;
}

/** The window of a page, half-open. */
export interface WindowView {
  readonly fromAt: number;
  readonly toAt: number;
  readonly weeks: number;
  readonly against: 'before' | 'year' | null;
}

/** A figure's way to its explanation; null where no explanation page exists. */
export type FigureHref = string | null;

/** The gaps a page's figures touch, and where more is said about them. */
export interface GapsView {
  readonly gaps: readonly Gap[];
  readonly dataQualityHref: string | null;
}

/** One week of a row of dots. */
export interface WeekView {
  readonly fromAt: number;
  readonly toAt: number;
  /** Share within a day, 0 to 1; null where it is withheld or nothing ended. */
  readonly share: number | null;
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** Waits that ended as asked in the week. */
  readonly ended: number;
  /** A week that is not over is a hollow dot. */
  readonly isOver: boolean;
}

/** One line of a list of what waits longest. */
export interface WaitingView {
  readonly title: string | null;
  readonly href: string;
  /** The repository's name as the list shows it. */
  readonly repository: string;
  readonly number: number;
  readonly stage: Stage;
  /** 1 for the first; a later one is named. */
  readonly round: number;
  readonly isStandingStill: boolean;
  /** Teams and logins asked; empty when nobody was asked, null when that may not be shown or is not known. */
  readonly waitsOn: readonly string[] | null;
  readonly elapsedSeconds: number;
  /** In days of the calendar of whoever is waited on; null where there is no calendar. */
  readonly workingDays: number | null;
}
