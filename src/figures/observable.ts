import type { ObservableWait } from '#src/core/statistics/window-observations.ts';
import type { SubjectWait } from '#src/domain/subject.ts';

/** A wait as an estimate reads it. */
export function observable({ repositoryId, number, wait, pauses }: SubjectWait): ObservableWait {
  return {
    subject: `${repositoryId}#${String(number)}`,
    startedAt: wait.startedAt,
    endedAt: wait.endedAt,
    outcome: wait.outcome,
    pausedSeconds: wait.pausedSeconds,
    pauses,
  };
}

/** How long a wait's clock has run at an instant after its start, seconds. */
export function ageAt({ wait, pauses }: SubjectWait, at: number): number {
  if (wait.seconds !== null && wait.endedAt !== null && wait.endedAt <= at) return wait.seconds;
  let paused = 0;
  for (const { fromAt, toAt } of pauses) paused += Math.max(0, Math.min(toAt ?? at, at) - Math.max(fromAt, wait.startedAt));
  return Math.max(0, at - wait.startedAt - paused) / 1000;
}
