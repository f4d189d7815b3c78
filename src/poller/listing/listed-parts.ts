import type { ListedParts } from '#src/domain/completeness.ts';
import { PART_KINDS, partOf, type PartKind } from '#src/domain/counted-kind.ts';
import type { Sighting } from '#src/domain/timeline/evidence.ts';
import type { AssembledPullRequest } from './pull-request-assembly.ts';

const WEEK_MS = 604_800_000;

/** The first Monday of the epoch, 5 January 1970. */
const FIRST_MONDAY_AT = 345_600_000;

/**
 * What a listing says of the number of its parts: the events it holds by kind and week, as the facts made of it are,
 * and how many of each kind GitHub counts beyond those. Of its timeline GitHub's count is left out: which events it
 * counts is documented nowhere.
 */
export function listedParts(assembled: AssembledPullRequest, repositoryId: string, createdAt: number, sightings: readonly Sighting[]): ListedParts {
  const weeks = new Map<string, { kind: PartKind; weekFromAt: number; count: number }>();
  for (const { kind: eventKind, at } of sightings) {
    const kind = partOf(eventKind);
    const weekFromAt = weekOf(at);
    const key = `${kind} ${String(weekFromAt)}`;
    const week = weeks.get(key) ?? { kind, weekFromAt, count: 0 };
    weeks.set(key, { ...week, count: week.count + 1 });
  }
  const { number, takenAt } = assembled;
  return { repositoryId, number, takenAt, createdAt, weeks: [...weeks.values()], lacking: lackingOf(assembled) };
}

function lackingOf({ totals, commits, reviews, comments, reviewComments }: AssembledPullRequest): Partial<Record<PartKind, number>> {
  const lacks: Readonly<Record<PartKind, number>> = {
    reviews: beyond(totals.reviews, reviews),
    comments: beyond(totals.comments, comments),
    review_comments: beyond(totals.reviewComments, reviewComments),
    commits: beyond(totals.commits, commits),
    timeline_events: 0,
  };
  return Object.fromEntries(PART_KINDS.filter((kind) => lacks[kind] > 0).map((kind) => [kind, lacks[kind]]));
}

function beyond(total: number | null, held: readonly unknown[]): number {
  return total === null ? 0 : Math.max(0, total - held.length);
}

/** The Monday 00:00 UTC that begins the week of an instant, epoch ms. */
function weekOf(at: number): number {
  return Math.floor((at - FIRST_MONDAY_AT) / WEEK_MS) * WEEK_MS + FIRST_MONDAY_AT;
}
