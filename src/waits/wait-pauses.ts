import type { Stretch } from '#src/core/stretch.ts';
import type { PullRequest } from '#src/domain/timeline/event.ts';
import { STAGES, type Wait, type WaitReference } from '#src/domain/wait.ts';
import { pausesOf } from './clock.ts';
import { readLife } from './read-life.ts';

/**
 * When the clock of a pull request's wait stood still, in order; its `pausedSeconds` is their sum, so of
 * a wait that still lasts only the finished ones are here.
 */
export function waitPauses(pr: PullRequest, wait: Wait, reference: WaitReference): Stretch[] {
  const pauses: Stretch[] = [];
  for (const { start, to } of pausesOf(STAGES[wait.stage].clock, readLife(pr, reference))) {
    const fromAt = Math.max(start.at, wait.startedAt);
    const toAt = Math.min(to?.at ?? wait.endedAt ?? fromAt, wait.endedAt ?? Infinity);
    if (fromAt < toAt) pauses.push({ fromAt, toAt });
  }
  return pauses;
}
