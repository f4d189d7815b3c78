import type { TargetRef } from '#src/domain/timeline/evidence.ts';
import type { Stage, WaitReference } from '#src/domain/wait.ts';
import type { Instant, PullRequestLife } from './life.ts';

/** What ended a wait before its pull request ended. */
export interface Answer extends Instant {
  readonly outcome: string;
  /** GitHub's own word for the end, where it has one. */
  readonly reason?: string | null;
}

/** An interval of a stage: where nothing answered, it lasts until the pull request's end. */
export interface Asking {
  readonly waitsOn: TargetRef | null;
  readonly start: Instant;
  readonly answer: Answer | null;
}

/** How the waits of one stage are found: one file each, whose name is the stage. */
export interface PullRequestStage {
  readonly stage: Stage;
  /** The stage's intervals in order of start. */
  find(life: PullRequestLife, reference: WaitReference): readonly Asking[];
}
