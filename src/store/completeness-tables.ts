import type { CountedKind } from '#src/domain/counted-kind.ts';

/** How many things of a kind a second source says there are in a week. */
export interface ExpectedCountTable {
  readonly repository_id: string;
  readonly kind: CountedKind;
  readonly week_from_at: number;
  readonly week_to_at: number;
  readonly count: number;
  readonly said_at: number;
}

/** What the latest listing of a pull request says of its parts. */
export interface ListedPartsTable {
  readonly repository_id: string;
  readonly number: number;
  readonly taken_at: number;
  /** From its opening to the listing. */
  readonly from_at: number;
  readonly to_at: number;
  /** JSON: `[kind, week, count]`. */
  readonly weeks: string;
  /** JSON: numbers by kind. */
  readonly lacking: string;
  /** When the facts were last held against it; 0 before. */
  readonly audited_at: number;
}

/** Stretches in which something is missing, or was. */
export interface CollectionGapTable {
  readonly id: string;
  readonly repository_id: string | null;
  readonly kind: CountedKind;
  /** Of a single missing delivery; else null. */
  readonly event: string | null;
  readonly from_at: number;
  readonly to_at: number | null;
  readonly missing: number | null;
  readonly expected: number | null;
  readonly reason: string;
  readonly found_at: number;
  readonly healed_at: number | null;
}

/** From when on a kind is collected in a repository. */
export interface CollectionHistoryTable {
  readonly repository_id: string;
  readonly kind: CountedKind;
  /** Null: from its beginning. */
  readonly from_at: number | null;
}

/** Deliveries of GitHub's log that the next comparison may see once more, so that each is counted once. */
export interface LoggedDeliveryTable {
  readonly guid: string;
  readonly delivered_at: number;
}

/** How many deliveries the log names on a day of UTC. */
export interface LoggedDayTable {
  /** `''` for those about no repository. */
  readonly repository_id: string;
  readonly day_at: number;
  readonly count: number;
}

/** Deliveries that the log names, the inbox lacks, and GitHub may still hold. */
export interface MissingDeliveryTable {
  readonly guid: string;
  readonly event: string;
  readonly repository_id: string | null;
  readonly delivered_at: number;
  readonly is_redelivery: number;
  readonly attempt_id: string;
  readonly asked_at: number | null;
  readonly asks: number;
  readonly reason: string;
}
