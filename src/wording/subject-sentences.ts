import type { PhaseStay } from '#src/domain/wait.ts';
import { exactDuration } from './exact-duration.ts';
import { moverSubject, phaseWords, type Mover } from './phase-words.ts';
import { shareText } from './share-text.ts';

/** How long a subject spent in one phase, over all its stays there. */
export interface PhaseTotal {
  readonly phase: PhaseStay['phase'];
  readonly seconds: number;
  /** Of the subject's whole life until its end or now, 0 to 1. */
  readonly share: number;
}

/** What a pull request is now, in a word. */
export type SubjectState = 'open' | 'draft' | 'merged' | 'closed' | 'deployed';

/** The state beside the number. */
export function stateText(state: SubjectState): string {
  const texts = { open: 'open', draft: 'draft', merged: 'merged', closed: 'closed unmerged', deployed: 'merged, deployed' } as const;
  return texts[state];
}

/** Where the time went, the largest part first; a stay that lasts is counted up to `nowAt`. */
export function phaseTotals(stays: readonly PhaseStay[], nowAt: number): readonly PhaseTotal[] {
  const seconds = new Map<PhaseStay['phase'], number>();
  for (const stay of stays) {
    if (stay.phase === 'ended') continue;
    const length = Math.max(0, (stay.leftAt ?? nowAt) - stay.enteredAt) / 1000;
    seconds.set(stay.phase, (seconds.get(stay.phase) ?? 0) + length);
  }
  const all = [...seconds.values()].reduce((sum, part) => sum + part, 0);
  return [...seconds]
    .map(([phase, part]) => ({ phase, seconds: part, share: all === 0 ? 0 : part / all }))
    .toSorted((a, b) => b.seconds - a.seconds);
}

/**
 * The line under a subject's title: how long it took or has lasted, and whose move it was for most
 * of it: `8 d 0 h 7 min from opening to production. Reviewers had the next move for 5 d 20 h 44 min
 * of it (73 %).`
 */
export function subjectLede(state: SubjectState, elapsedSeconds: number, totals: readonly PhaseTotal[]): string {
  const length = exactDuration(elapsedSeconds);
  const ends = {
    open: `Open for ${length}.`,
    draft: `Open for ${length}, a draft now.`,
    merged: `${length} from opening to the merge.`,
    closed: `${length} from opening to closing, unmerged.`,
    deployed: `${length} from opening to production.`,
  } as const;
  const mover = longestMover(totals);
  if (mover === null) return ends[state];
  return `${ends[state]} ${moverSubject(mover.mover)} had the next move for ${exactDuration(mover.seconds)} of it (${shareText(mover.share)}).`;
}

function longestMover(totals: readonly PhaseTotal[]): { mover: Mover; seconds: number; share: number } | null {
  const movers = new Map<Mover, { seconds: number; share: number }>();
  for (const total of totals) {
    const { mover } = phaseWords(total.phase);
    const sum = movers.get(mover) ?? { seconds: 0, share: 0 };
    movers.set(mover, { seconds: sum.seconds + total.seconds, share: sum.share + total.share });
  }
  const [longest] = [...movers].toSorted(([, a], [, b]) => b.seconds - a.seconds);
  return longest === undefined || longest[1].seconds === 0 ? null : { mover: longest[0], ...longest[1] };
}
