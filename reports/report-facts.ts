import type { IsoWeek } from '#src/core/iso-week.ts';
import type { Stretch } from '#src/core/stretch.ts';
import type { FlowFigure, MetricFigure, WaitingItem } from '#src/domain/figures.ts';
import type { Phase } from '#src/domain/wait.ts';
import type { Reader } from '#src/wording/date-text.ts';

/** How many full weeks a report looks at. */
export const REPORT_WEEKS = 12;

/** Where a report's links lead; null where there is nothing to lead to. */
export interface ReportLinks {
  /** The page Flow of the team at the report's week. */
  readonly flow: string | null;
  /** All that wait now. */
  readonly waiting: string | null;
  readonly pullRequest: (repository: string, number: number) => string;
}

/** Why and when somebody gets a report. */
export interface Sending {
  /** When it is put together, epoch ms. */
  readonly at: number;
  /** The recipient's zone. */
  readonly zone: string;
  /** Whether it comes later than the recipient's hour. */
  readonly isLate: boolean;
  /** To whom to write to get no more of it; null where mail has no sender. */
  readonly unsubscribe: string | null;
}

/** All that a report is made of. */
export interface ReportFacts {
  readonly team: { readonly slug: string; readonly name: string };
  /** The week that is reported: the last of the window. */
  readonly week: IsoWeek;
  /** `REPORT_WEEKS` full weeks. */
  readonly window: Stretch;
  /** The team's zone, and when the report is put together. */
  readonly reader: Reader;
  readonly flow: FlowFigure;
  /** What was the bottleneck in the window a week before; null where that is not known. */
  readonly bottleneckBefore: readonly Phase[] | null;
  /** The waits that lead, in their order. */
  readonly metrics: readonly MetricFigure[];
  /** What waits longest now, the oldest first. */
  readonly waiting: readonly WaitingItem[];
  /** Whether persons may be named. */
  readonly names: boolean;
  readonly links: ReportLinks;
  readonly sending: Sending;
}
