import type { FinalEntry, PullSource } from '../pull-source.ts';
import { diceOf } from './dice.ts';
import { personCalled } from './people.ts';
import { storyOf, type PullOutline } from './pull-story.ts';

/** The pull requests of a repository that is made up. */
export interface GeneratorPlan {
  /** Equal seeds give equal pull requests. */
  readonly seed: number;
  readonly count: number;
  /** The first is opened at or after this instant (epoch ms), and nothing happens at or after `until`. */
  readonly from: number;
  readonly until: number;
  /** Every so manieth has more than a hundred reviews, comments and commits [none]. */
  readonly busyEvery?: number | null;
  /** Ids begin here; each pull request takes 500. Beyond 2^31 by default, as GitHub's own are [3,000,000,000]. */
  readonly firstId?: number;
}

const DAY = 86_400_000;
const SHORTEST = 600_000;

/**
 * Pull requests out of a seed. What the list needs of one is worked out without its timeline, and the timeline is made
 * each time it is asked for: memory holds a list entry for each and nothing else.
 */
export function generatedPulls(plan: GeneratorPlan): PullSource {
  const outlines = Array.from({ length: plan.count }, (_, index) => entryOf(outlineOf(plan, index + 1)));
  return {
    entries: outlines,
    read: (number) => (number < 1 || number > plan.count ? null : storyOf(outlineOf(plan, number))),
    account: personCalled,
  };
}

function entryOf({ number, createdAt, endAt, end }: PullOutline): FinalEntry {
  return { number, createdAt, updatedAt: endAt, finalAt: endAt, state: end === 'merged' ? 'MERGED' : end === 'closed' ? 'CLOSED' : 'OPEN' };
}

/** They are opened evenly over the window, in order of number; most live for days. */
function outlineOf(plan: GeneratorPlan, number: number): PullOutline {
  const dice = diceOf(plan.seed, number);
  const step = (plan.until - SHORTEST * 2 - plan.from) / plan.count;
  const createdAt = toSecond(plan.from + step * (number - 1 + dice.share()));
  const life = Math.max(SHORTEST, -Math.log(dice.share()) * 4 * DAY);
  const isOpen = createdAt + life >= plan.until;
  const endAt = toSecond(isOpen ? createdAt + (plan.until - createdAt) * 0.9 : createdAt + life);
  const end = isOpen ? 'open' : dice.chance(0.85) ? 'merged' : 'closed';
  const isBusy = plan.busyEvery != null && number % plan.busyEvery === 0;
  return { seed: plan.seed, number, createdAt, endAt, end, isBusy, firstId: (plan.firstId ?? 3_000_000_000) + number * 500 };
}

function toSecond(at: number): number {
  return Math.floor(at / 1000) * 1000;
}
