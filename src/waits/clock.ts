import type { ClockRule } from '#src/domain/wait.ts';
import type { PullRequestLife, Span } from './life.ts';

/**
 * How long a wait's clock stood still between its ends, milliseconds. Of a wait that still lasts
 * (`endedAt` null) only the finished pauses count: one that goes on has no length yet.
 */
export function pausedMs(rule: ClockRule, life: PullRequestLife, startedAt: number, endedAt: number | null): number {
  let paused = 0;
  for (const { start, to } of pausesOf(rule, life)) {
    const until = to === null ? endedAt : endedAt === null ? to.at : Math.min(to.at, endedAt);
    if (until !== null) paused += Math.max(0, until - Math.max(start.at, startedAt));
  }
  return paused;
}

/** The spans in which a clock of this rule stands still, in order. */
export function pausesOf(rule: ClockRule, life: PullRequestLife): readonly Span[] {
  switch (rule) {
    case 'stands_in_draft_and_closed':
      return life.standstills;
    case 'stands_while_closed':
      return life.closures;
    case 'never_stands':
      return [];
  }
}
