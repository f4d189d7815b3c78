import type { Budget } from '#src/github/github.ts';
import type { BackfillStatus } from '#src/poller/backfill.ts';
import { exactDuration } from '#src/wording/exact-duration.ts';

/** How a backfill is going, in one line. */
export interface PaceLine {
  readonly done: number;
  /** 0 while nobody knows. */
  readonly total: number;
  readonly text: string;
}

/** Says how fast a backfill goes, what of the hourly limit is left, and how long it will still take at this rate. */
export class BackfillPace {
  readonly #startedAt: number;

  constructor(startedAt: number) {
    this.#startedAt = startedAt;
  }

  line({ repositories, begun, done, total, collected }: BackfillStatus, { graphql }: Budget, nowAt: number): PaceLine {
    const elapsed = nowAt - this.#startedAt;
    const perMinute = elapsed > 0 ? (collected * 60_000) / elapsed : 0;
    const parts = [`${whole(done)} of ${begun < repositories ? 'at least ' : ''}${whole(total)} pull requests`, `${whole(perMinute)} a minute`];
    if (graphql !== null) parts.push(`${whole((graphql.remaining * 100) / Math.max(1, graphql.limit))} % of the hour's limit left`);
    if (perMinute > 0 && total > done) parts.push(`about ${exactDuration(Math.ceil((total - done) / perMinute) * 60)} to go`);
    return { done, total, text: parts.join(' | ') };
  }
}

function whole(count: number): string {
  return Math.floor(count).toLocaleString('en');
}
