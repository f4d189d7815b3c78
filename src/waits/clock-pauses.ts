import type { Pause } from '#src/domain/subject.ts';
import { STAGES, type Wait } from '#src/domain/wait.ts';
import { pausesOf } from './clock.ts';
import type { PullRequestLife } from './life.ts';

/** When the clock of a wait stood still, in order; a pause that still goes on has no end. What the age at any instant is counted with. */
export function clockPauses(life: PullRequestLife, wait: Wait): Pause[] {
  const pauses: Pause[] = [];
  for (const { start, to } of pausesOf(STAGES[wait.stage].clock, life)) {
    const fromAt = Math.max(start.at, wait.startedAt);
    const toAt = wait.endedAt === null ? (to?.at ?? null) : Math.min(to?.at ?? wait.endedAt, wait.endedAt);
    if (toAt === null || fromAt < toAt) pauses.push({ fromAt, toAt });
  }
  return pauses;
}
