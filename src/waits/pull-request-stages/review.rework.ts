import type { AccountRef } from '#src/domain/account.ts';
import type { DismissalMoment, Instant, Moment, PullRequestLife, ReviewMoment } from '../life.ts';
import type { Answer, Asking, PullRequestStage } from '../stage.ts';

/**
 * From a verdict that asks for changes to the author's answer to it. Whoever asks for changes
 * meanwhile joins; the answer is the next push or a request to one of them, whichever comes first.
 */
export default {
  stage: 'review.rework',
  find(life) {
    const reworks: Asking[] = [];
    let start: Instant | null = null;
    let push: Instant | null = null;
    const askers = new Map<AccountRef, string | null>();
    for (const moment of life.moments) {
      if (start !== null) {
        const answer = isFirst(push, moment) ? { ...push, outcome: 'reworked' } : answerOf(moment, askers);
        if (answer !== null) {
          reworks.push({ waitsOn: null, start, answer });
          start = null;
          askers.clear();
        }
      }
      if (!asksForChanges(moment)) continue;
      askers.set(moment.actor, moment.id);
      if (start !== null) continue;
      start = moment;
      push = nextPush(life, moment.at);
    }
    if (start === null) return reworks;
    return [...reworks, { waitsOn: null, start, answer: push === null ? null : { ...push, outcome: 'reworked' } }];
  },
} satisfies PullRequestStage;

function asksForChanges(moment: Moment): moment is ReviewMoment {
  return moment.kind === 'review' && moment.verdict === 'changes_requested';
}

/** At one second a request stands before a push, everything else that answers after it (`definitions.md` 2). */
function isFirst(push: Instant | null, moment: Moment): push is Instant {
  if (push === null) return false;
  return push.at < moment.at || (push.at === moment.at && moment.kind !== 'request' && moment.kind !== 'request_removed');
}

function answerOf(moment: Moment, askers: Map<AccountRef, string | null>): Answer | null {
  if (moment.kind === 'request') return askers.has(moment.target) ? answer(moment, 'reworked') : null;
  if (moment.kind === 'review') return moment.verdict === 'approved' && isLast(askers, moment.actor) ? answer(moment, 'approved') : null;
  if (moment.kind !== 'dismissal') return null;
  const asker = askerOf(moment, askers);
  return asker !== null && isLast(askers, asker) ? answer(moment, 'dismissed') : null;
}

function answer({ at, from }: Instant, outcome: string): Answer {
  return { at, from, outcome };
}

/** Takes an asker off the list; true when that was the last one. */
function isLast(askers: Map<AccountRef, string | null>, asker: AccountRef): boolean {
  return askers.delete(asker) && askers.size === 0;
}

/** Whose newest verdict was dismissed; null when it is not one that is outstanding. */
function askerOf({ reviewId }: DismissalMoment, askers: ReadonlyMap<AccountRef, string | null>): AccountRef | null {
  if (reviewId === null) return null;
  for (const [asker, id] of askers) if (id === reviewId) return asker;
  return null;
}

function nextPush({ pushes }: PullRequestLife, at: number): Instant | null {
  return pushes.find((push) => push.at > at) ?? null;
}
