import type { Stretch } from '#src/core/stretch.ts';
import type { Gap } from './figure.ts';
import type { Viewer } from './viewer.ts';

/** What is counted: `deliveries` of webhooks, `pull_requests`, and the parts of their listings. */
export type CountedKind = 'deliveries' | 'pull_requests' | 'reviews' | 'comments' | 'review_comments' | 'commits' | 'timeline_events';

/** How many things of a kind a second source says there are. */
export interface ExpectedCount {
  readonly repositoryId: string;
  readonly kind: CountedKind;
  /** The week they belong to: of their creation, for a delivery of its `delivered_at`. */
  readonly week: Stretch;
  readonly count: number;
  /** When the source said so, epoch ms: the latest stands. */
  readonly saidAt: number;
}

/** A stretch in which something is missing. */
export interface CollectionGap {
  /** What it is, so that one found again is the same: `deliveries:72d3…`, `outage:…`. */
  readonly id: string;
  /** Null where no repository can be named: every one may be touched. */
  readonly repositoryId: string | null;
  readonly kind: CountedKind;
  readonly fromAt: number;
  /** Null while nobody knows its end. */
  readonly toAt: number | null;
  /** Things known to be missing, and how many there should be; null where nobody counted. */
  readonly missing: number | null;
  readonly expected: number | null;
  /** A sentence for people: what is missing and why. */
  readonly reason: string;
  readonly foundAt: number;
  /** Null while it is open. */
  readonly healedAt: number | null;
}

/** Where whoever collects writes down what is missing. Every call may be repeated. */
export interface CompletenessWriter {
  expect(counts: readonly ExpectedCount[]): Promise<void>;
  /** Opens gaps, or brings open ones up to date; a healed one that is found again is open again. */
  open(gaps: readonly Omit<CollectionGap, 'healedAt'>[]): Promise<void>;
  heal(ids: readonly string[], at: number): Promise<void>;
  /** From when on a kind is collected in a repository; null: from its beginning. */
  beginHistory(repositoryId: string, kind: CountedKind, at: number | null): Promise<void>;
}

/** A week of a kind in a repository: what there should be and what is stored. */
export interface CompletenessRow {
  readonly repositoryId: string;
  readonly kind: CountedKind;
  readonly week: Stretch;
  /** Null where no second source has said it. */
  readonly expected: number | null;
  readonly stored: number;
  /** Of the stored, those that came only after they were missed. */
  readonly healed: number;
  readonly openGaps: number;
}

/** What figures and outlets ask about completeness. */
export interface CompletenessReader {
  /** The gaps that touch a window in any of these repositories, healed ones too, and history that begins inside it. */
  gaps(viewer: Viewer, repositoryIds: readonly string[], window: Stretch): Promise<readonly Gap[]>;
  rows(viewer: Viewer, window: Stretch): Promise<readonly CompletenessRow[]>;
}
