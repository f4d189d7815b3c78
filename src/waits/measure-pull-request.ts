import type { PullRequest } from '#src/domain/timeline/event.ts';
import type { PhaseStay, Wait, WaitReference } from '#src/domain/wait.ts';
import { phasesOfLife } from './phases.ts';
import { waitsOfLife } from './pull-request-waits.ts';
import { readLife } from './read-life.ts';

/** Everything that is measured of a pull request. */
export interface PullRequestMeasures {
  readonly waits: readonly Wait[];
  readonly phases: readonly PhaseStay[];
}

/** The waits and the phases of a pull request, its timeline read once for both: what a recomputation asks for. */
export function measurePullRequest(pr: PullRequest, reference: WaitReference): PullRequestMeasures {
  const life = readLife(pr, reference);
  return { waits: waitsOfLife(life, reference), phases: phasesOfLife(life, reference) };
}
