import type { Stretch } from '#src/core/stretch.ts';
import type { Certificate } from './certificate.ts';
import type { CollectingState } from './completeness.ts';
import type { Estimate, Gap, PhaseFigure, WaitFigure } from './figure.ts';
import type { PolicyMatches } from './policy-matches.ts';
import type { Repository } from './repository.ts';
import type { Scope } from './scope.ts';
import type { Pause, PullRequestLife, SubjectWait } from './subject.ts';
import type { PullRequest } from './timeline/event.ts';
import type { Viewer } from './viewer.ts';
import type { Phase, PhaseStay, Stage } from './wait.ts';

/** What is asked: of whom, about what, over which stretch of time. */
export interface Question {
  readonly viewer: Viewer;
  readonly scope: Scope;
  readonly window: Stretch;
}

/** What a metric measures, in words: one file under `metrics/`, whose name is the metric's. */
export interface MetricEntry {
  readonly title: string;
  /** What it is, in one or two sentences. */
  readonly definition: string;
  /** A unit of UCUM: `s`, `1`. */
  readonly unit: string;
  /** Which waits or things are counted. */
  readonly population: string;
  /** What is left out, and why. */
  readonly exclusions: string;
  /** Which way it is known to err. */
  readonly bias: string;
  /** Where the definition comes from. */
  readonly source: string;
  /** The stage whose waits it measures. */
  readonly stage: Stage;
}

/** A metric in the catalogue. */
export interface Metric extends MetricEntry {
  readonly id: string;
}

/** Quantiles of the waits that ended in the window as asked, seconds; null when none did. They leave out all that still wait. */
export interface FinishedFigure {
  readonly n: number;
  readonly p50: number | null;
  readonly p75: number | null;
  readonly p90: number | null;
}

/** A week of a window. */
export interface WeekFigure extends Stretch {
  /** The share that ended as asked within a day, 0 to 1; null where it is withheld. */
  readonly withinDay: Estimate | null;
  /** Waits that ended as asked in the week. */
  readonly ended: number;
  readonly isOver: boolean;
}

/** What became of waits by age. */
export interface CurveFigure {
  readonly points: readonly {
    readonly ageSeconds: number;
    readonly asked: number;
    readonly low: number | null;
    readonly high: number | null;
    /** The share that ended otherwise. */
    readonly otherwise: number;
  }[];
  readonly atRisk: readonly { readonly ageSeconds: number; readonly count: number }[];
}

/** A metric over a window: its figure, the naive one beside it, week by week, and how it came to be. */
export interface MetricFigure {
  readonly metric: Metric;
  readonly scope: Scope;
  readonly window: Stretch;
  readonly figure: WaitFigure;
  readonly finishedOnly: FinishedFigure;
  readonly weeks: readonly WeekFigure[];
  readonly curve: CurveFigure | null;
  readonly explanation: Explanation;
}

/** How a figure came to be, for whoever wants to take it apart. */
export interface Explanation {
  /** One sentence of method. */
  readonly method: string;
  /** Waits that were looked at and contribute, and those left out with the reason. */
  readonly contributing: number;
  readonly leftOut: readonly { readonly reason: string; readonly count: number }[];
  /** When the newest fact behind it was true, epoch ms; null when there is none. */
  readonly factsUntilAt: number | null;
}

/** One repository's part of a metric. */
export interface RepositoryFigure {
  readonly repository: Repository;
  readonly figure: WaitFigure;
}

/** What is counted like the river and never added to it. */
export interface BesideFigure {
  readonly what: 'drafts' | 'bots' | 'standing-still';
  readonly standing: Estimate;
  /** How many stand there at the window's end. */
  readonly now: number;
}

/** Where pull requests stand, over a window. */
export interface FlowFigure {
  readonly scope: Scope;
  readonly window: Stretch;
  /** The river's phases in order; those of which nothing can be known yet are absent. */
  readonly phases: readonly PhaseFigure[];
  /** The phases named as the bottleneck; empty when nothing stands. */
  readonly bottleneck: readonly Phase[];
  readonly beside: readonly BesideFigure[];
  /** Pull requests that entered the river, were merged and were closed unmerged, a week. */
  readonly enteringPerWeek: number;
  readonly mergedPerWeek: number;
  readonly closedPerWeek: number;
  /** All that stand in the river on average, and at the window's end. */
  readonly standing: number;
  readonly now: number;
  /** Pull requests that contribute. */
  readonly n: number;
  readonly gaps: readonly Gap[];
}

/** A wait with all that is needed to show it. */
export interface WaitItem extends SubjectWait {
  readonly repository: Repository;
  readonly title: string | null;
  /** Whom it waits on: the login or the team's slug; null in stages that wait on nobody in particular. */
  readonly waitsOnName: string | null;
  /** Age without pauses, up to its end or to now, seconds. */
  readonly ageSeconds: number;
}

/** A pull request that waits now. */
export interface WaitingItem {
  readonly repository: Repository;
  readonly number: number;
  readonly title: string | null;
  readonly stage: Stage;
  readonly round: number;
  readonly startedAt: number;
  readonly ageSeconds: number;
  /** Logins and team slugs that were asked and have not answered. */
  readonly waitsOn: readonly { readonly name: string; readonly kind: 'user' | 'team' }[];
  readonly isStandingStill: boolean;
  /** In days of the calendar of whoever is waited on; null without a calendar. */
  readonly workingDays: number | null;
}

/** One pull request taken apart. */
export interface SubjectFigure {
  readonly repository: Repository;
  readonly pullRequest: PullRequest;
  readonly life: PullRequestLife;
  readonly waits: readonly (WaitItem & { readonly workingSeconds: number | null; readonly pauses: readonly Pause[] })[];
  /** Names by account reference, for everyone who appears. */
  readonly names: ReadonlyMap<string, { readonly login: string; readonly isBot: boolean }>;
  /** Outside the working hours, within the pull request's life; empty without a calendar. */
  readonly offHours: readonly Stretch[];
  readonly calendarOf: string | null;
  readonly gaps: readonly Gap[];
}

/** A page of a list and where it goes on. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Opaque; null on the last page. */
  readonly next: string | null;
}

/** Which waits are listed. */
export interface WaitListQuestion extends Question {
  readonly stage: Stage | null;
  readonly cursor: string | null;
  readonly limit: number;
}

/** A stock that a flow counts: a phase of the river, or what stands beside it. */
export type Stock = Phase | BesideFigure['what'];

/** A stay of a pull request in a phase, and what of it a stock counts. */
export interface StayItem extends PhaseStay {
  readonly repository: Repository;
  readonly number: number;
  readonly title: string | null;
  /**
   * Inside the window, and as the stock counts: in the river only while the pull request moved, standing still
   * only while it did not. All stays of a stock add up to its L times the window's length.
   */
  readonly countedSeconds: number;
}

/** Which stays are listed: those a stock counts, or with null every stay of every pull request, counted as long as it lay in the window. */
export interface StayListQuestion extends Question {
  readonly stock: Stock | null;
  readonly cursor: string | null;
  readonly limit: number;
}

/** The one door of every outlet: a question with its viewer in, figures out. Nothing beyond what the viewer may see contributes. */
export interface Figures {
  metrics(): readonly Metric[];
  /** Null for a metric or a scope that does not exist for this viewer. */
  metric(id: string, question: Question): Promise<MetricFigure | null>;
  byRepository(id: string, question: Question): Promise<readonly RepositoryFigure[]>;
  flow(question: Question): Promise<FlowFigure | null>;
  /** What waits now, the longest first. */
  waiting(question: Question, limit: number): Promise<readonly WaitingItem[]>;
  /** Waits that waited at some instant of the window, the oldest first. Null for a scope that does not exist for this viewer. */
  waits(question: WaitListQuestion): Promise<Page<WaitItem> | null>;
  /** The stays behind a stock, the oldest first. Null for a scope that does not exist for this viewer. */
  stays(question: StayListQuestion): Promise<Page<StayItem> | null>;
  /** Null when there is none that the viewer may see. */
  subject(viewer: Viewer, repository: string, number: number): Promise<SubjectFigure | null>;
  /** How much of the truth is stored, and what is missing. Null for a scope that does not exist for this viewer. */
  certificate(question: Question): Promise<Certificate | null>;
  /** How far a first collection has come; null once it is done, or where nothing is collected from GitHub. */
  collecting(viewer: Viewer): Promise<CollectingState | null>;
  /** What every rule of the policy matches now, by the same answers that figures go by. Accounts only for a viewer who sees everything: they belong to no repository. */
  policyMatches(viewer: Viewer): Promise<PolicyMatches>;
  /** The scopes that exist for this viewer: the organisation, teams, repositories. */
  scopes(viewer: Viewer): Promise<readonly { readonly scope: Scope; readonly name: string }[]>;
  /** The zone in which weeks and dates of a scope are reckoned. */
  zone(scope: Scope): string;
  /** The last `weeks` full ISO weeks before `at`, in the scope's zone. */
  lastWeeks(scope: Scope, weeks: number, at: number): Stretch;
  /** When GitHub was last heard from as far as the viewer may see, epoch ms; null when never. */
  heardAt(viewer: Viewer): Promise<number | null>;
}

