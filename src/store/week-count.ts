import type { CountedKind } from '#src/domain/counted-kind.ts';

/** How many things of a kind belong to a week of UTC. */
export interface WeekCount {
  readonly repositoryId: string;
  readonly kind: CountedKind;
  readonly weekFromAt: number;
  readonly count: number;
}
