import type { SubjectWait } from '#src/domain/subject.ts';

/** How long a wait's clock has run at an instant after its start, seconds. */
export function ageAt({ wait, pauses }: SubjectWait, at: number): number {
  if (wait.seconds !== null && wait.endedAt !== null && wait.endedAt <= at) return wait.seconds;
  let paused = 0;
  for (const { fromAt, toAt } of pauses) paused += Math.max(0, Math.min(toAt ?? at, at) - Math.max(fromAt, wait.startedAt));
  return Math.max(0, at - wait.startedAt - paused) / 1000;
}
