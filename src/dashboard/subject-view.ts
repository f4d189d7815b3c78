import type { Gap } from '#src/domain/figure.ts';
import type { PhaseStay, Stage } from '#src/domain/wait.ts';
import type { EventWords } from '#src/wording/event-text.ts';

import type { FrameView } from './frame-view.ts';

/** One wait as a lane of the timeline. */
export interface LaneView {
  readonly stage: Stage;
  readonly round: number;
  /** Who was asked, for a wait on somebody. */
  readonly waitsOn: string | null;
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** In which the clock stood still. */
  readonly pauses: readonly { readonly fromAt: number; readonly toAt: number }[];
  /** Its word in `definitions.md` 3; null while it waits. */
  readonly outcome: string | null;
  readonly endedAsAsked: boolean;
  /** Without its pauses, up to now while it waits. */
  readonly seconds: number;
  readonly workingSeconds: number | null;
}

/** One line of the list of events. */
export interface EventView extends EventWords {
  readonly at: number;
  /** The login; null where nobody is named. */
  readonly actor: string | null;
  readonly timeFrom: string;
}

/** The page of one pull request: what happened to this one? */
export interface SubjectView {
  readonly frame: FrameView;
  /** `owner/name`. */
  readonly repository: string;
  readonly repositoryHref: string | null;
  readonly number: number;
  readonly title: string | null;
  readonly author: string | null;
  readonly state: 'open' | 'draft' | 'merged' | 'closed' | 'deployed';
  readonly openedAt: number;
  /** When it was merged, closed or deployed; null while it is open. */
  readonly endedAt: number | null;
  readonly githubHref: string | null;
  /** In order of time, without overlap. */
  readonly stays: readonly PhaseStay[];
  /** In order of start. */
  readonly lanes: readonly LaneView[];
  /** Outside the working hours, within the timeline; empty where there is no calendar. */
  readonly offHours: readonly { readonly fromAt: number; readonly toAt: number }[];
  /** Whose working hours these are. */
  readonly calendarOf: string | null;
  readonly gaps: readonly Gap[];
  /** Where more is said about them. */
  readonly dataQualityHref: string | null;
  /** In order of time. */
  readonly events: readonly EventView[];
  readonly eventsCsvHref: string | null;
}
