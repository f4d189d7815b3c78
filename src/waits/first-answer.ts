import type { Instant, PullRequestLife, ReviewMoment } from './life.ts';
import type { Asking } from './stage.ts';

/**
 * The one interval from the first moment a pull request could be reviewed to its first answer. An
 * answer that came before it could be asked for is `early`: both ends at the start, 0 seconds.
 */
export function firstAnswer(life: PullRequestLife, first: Instant | undefined, outcome: string): readonly Asking[] {
  const start = life.firstReady;
  if (start === null) return [];
  if (first === undefined) return [{ waitsOn: null, start, answer: null }];
  const isEarly = first.at < start.at;
  const answer = isEarly ? { ...start, outcome: 'early' } : { at: first.at, from: first.from, outcome };
  return [{ waitsOn: null, start, answer }];
}

/** The first approval by a human other than the author. A later dismissal does not undo it. */
export function firstApproval(life: PullRequestLife): ReviewMoment | undefined {
  for (const moment of life.moments) {
    if (moment.kind === 'review' && moment.verdict === 'approved') return moment;
  }
  return undefined;
}
