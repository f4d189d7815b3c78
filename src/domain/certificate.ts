import type { Stretch } from '#src/core/stretch.ts';
import type { CollectionLag } from './completeness.ts';
import type { CountedKind } from './counted-kind.ts';
import type { Gap } from './figure.ts';
import type { Repository } from './repository.ts';
import type { Scope } from './scope.ts';

/** What a second source counts, and what of it is stored. */
export interface Counted {
  /** Null where no second source has said it. */
  readonly expected: number | null;
  readonly stored: number;
  /** Of the stored, those that came only after they were missed. */
  readonly healed: number;
  readonly openGaps: number;
}

/** A week of UTC of a kind in a repository. */
export interface CertifiedWeek extends Counted, Stretch {}

/** A kind of thing in a repository, over the whole window and week by week, oldest first. */
export interface CertifiedKind extends Counted {
  readonly kind: CountedKind;
  /** Of what is counted, 0 to 1, of the weeks in which it is; null where it is in none. */
  readonly storedShare: number | null;
  readonly weeks: readonly CertifiedWeek[];
}

/** One repository's part of a certificate; kinds of which nothing is known are absent. */
export interface CertifiedRepository {
  readonly repository: Repository;
  readonly kinds: readonly CertifiedKind[];
}

/** What the figures of a scope and a window do not see (`definitions.md` 9). */
export interface Certificate {
  readonly scope: Scope;
  readonly window: Stretch;
  /** Of everything that a second source counts, 0 to 1; null where nothing is counted. */
  readonly storedShare: number | null;
  /** Sorted by the repository's name. */
  readonly repositories: readonly CertifiedRepository[];
  /** Open ones, history that begins inside the window, healed ones; each part newest first. */
  readonly gaps: readonly Gap[];
  readonly lag: CollectionLag;
}
