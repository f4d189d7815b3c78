import type { Stretch } from '#src/core/stretch.ts';
import type { Page, StayItem, Stock } from '#src/domain/figures.ts';
import type { Repository } from '#src/domain/repository.ts';
import type { PullRequestLife } from '#src/domain/subject.ts';
import type { PhaseStay } from '#src/domain/wait.ts';
import { staysWhileMoving } from '#src/waits/moving-time.ts';
import { stillStays } from './flow-figure.ts';
import { instantKey, keyedPage } from './keyed-page.ts';

/** The stays that a stock counts in a window, a page of them, the oldest first. */
export function pageOfStays(
  lives: readonly PullRequestLife[],
  repositories: readonly Repository[],
  { stock, window, cursor, limit }: { readonly stock: Stock | null; readonly window: Stretch; readonly cursor: string | null; readonly limit: number },
): Page<StayItem> {
  const byId = new Map(repositories.map((repository) => [repository.id, repository]));
  const items = lives.flatMap((life) => {
    const repository = byId.get(life.repositoryId);
    return repository === undefined ? [] : countedStays(life, stock, window).map((stay) => ({ ...stay, repository, number: life.number, title: life.title }));
  });
  return keyedPage(items, keyOf, cursor, limit);
}

function keyOf({ enteredAt, repository, number }: StayItem): string {
  return [instantKey(enteredAt), repository.id, String(number).padStart(10, '0')].join(' ');
}

type CountedStay = Pick<StayItem, keyof PhaseStay | 'countedSeconds'>;

/** A life's stays with what of each the stock counts; a stay of which nothing counts is left out. */
function countedStays(life: PullRequestLife, stock: Stock | null, window: Stretch): CountedStay[] {
  return life.stays
    .map((stay) => ({ ...stay, countedSeconds: secondsWithin(countedParts(life, stay, stock, window), window) }))
    .filter(({ countedSeconds }) => countedSeconds > 0);
}

/** The parts of a stay that a stock counts (`definitions.md` 5). */
function countedParts(life: PullRequestLife, stay: PhaseStay, stock: Stock | null, window: Stretch): readonly PhaseStay[] {
  switch (stock) {
    case null:
      return [stay];
    case 'bots':
      return !life.isByHuman && stay.phase !== 'ended' ? [stay] : [];
    case 'drafts':
      return life.isByHuman && stay.phase === 'draft' ? [stay] : [];
    case 'standing-still':
      return life.isByHuman ? stillStays({ ...life, stays: [stay] }, window) : [];
    default:
      return life.isByHuman && stay.phase === stock ? staysWhileMoving([stay], life.moving) : [];
  }
}

function secondsWithin(parts: readonly PhaseStay[], { fromAt, toAt }: Stretch): number {
  return parts.reduce((sum, { enteredAt, leftAt }) => sum + Math.max(0, Math.min(leftAt ?? toAt, toAt) - Math.max(enteredAt, fromAt)), 0) / 1000;
}
