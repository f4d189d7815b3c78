import type { Stretch } from '#src/core/stretch.ts';
import type { CountedKind, PartKind } from './counted-kind.ts';
import type { Gap } from './figure.ts';
import type { Knowledge } from './knowledge.ts';
import type { Viewer } from './viewer.ts';

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
  /** Of a missing delivery: its event and action, `pull_request.synchronize`; absent where it may be any. */
  readonly event?: string;
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
  /** What listings say there is of each pull request's parts; of one pull request the latest taken stands. */
  expectParts(listings: readonly ListedParts[]): Promise<void>;
}

/** The parts of one pull request, as a listing of it counts them. */
export interface ListedParts {
  readonly repositoryId: string;
  readonly number: number;
  readonly takenAt: number;
  /** When the pull request was opened, epoch ms. */
  readonly createdAt: number;
  /** How many events of each kind the listing holds that are facts of their own, by the week of their time; absent weeks have none. */
  readonly weeks: readonly { readonly kind: PartKind; readonly weekFromAt: number; readonly count: number }[];
  /** How many things of each kind GitHub counts beyond those that the listing holds; absent kinds lack none. */
  readonly lacking: Readonly<Partial<Record<PartKind, number>>>;
}

/** A pull request as the facts know it. */
export interface StoredPullRequest {
  readonly number: number;
  readonly createdAt: number;
}

/** What whoever certifies asks of the facts. */
export interface CompletenessAudit {
  /** What was stored in the inbox before this instant is folded into the facts; `at`, which is now, when everything is. */
  foldedUntil(at: number): Promise<number>;
  /** All of a repository, by number. */
  pullRequests(repositoryId: string): Promise<readonly StoredPullRequest[]>;
  /** The gaps of a kind in a repository that are open. */
  openGaps(repositoryId: string, kind: CountedKind): Promise<readonly CollectionGap[]>;
  /**
   * Holds the facts of some pull requests against their latest listings, those that waited longest for it, each once a
   * day; opens and heals their gaps. Resolves to whether there are more.
   */
  auditParts(at: number): Promise<boolean>;
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

/** How far behind GitHub the collection is; null where that was never done. */
export interface CollectionLag {
  /** Up to when the deliveries log was compared. */
  readonly logCheckedUntilAt: number | null;
  /** Up to when every repository that is collected from was swept: the one that is furthest behind. */
  readonly sweptUntilAt: number | null;
  /** Repositories that are collected from, and those of them that no sweep has reached yet. */
  readonly repositories: number;
  readonly neverSwept: number;
}

/** How far a first collection has come. */
export interface CollectingState {
  /** Repositories that are collected from, and those of them whose past is collected as far as it was asked for. */
  readonly repositories: number;
  readonly done: number;
  /** From here on everything is known of all of them, epoch ms; null while of some nothing is. */
  readonly backToAt: number | null;
}

/** What figures and outlets ask about completeness. */
export interface CompletenessReader {
  /**
   * The gaps that touch a window in any of these repositories, healed ones too, and history that begins inside it;
   * single losses that lie close together are one gap. With `about`, only those that take away what is named.
   */
  gaps(viewer: Viewer, repositoryIds: readonly string[], window: Stretch, about?: readonly Knowledge[]): Promise<readonly Gap[]>;
  /** By repository, kind and week of UTC, for the weeks that a window touches; a kind of which nothing is expected or stored in a week has no row. */
  rows(viewer: Viewer, window: Stretch): Promise<readonly CompletenessRow[]>;
  /** The gaps that touch a window one by one, with their reasons: open ones first, then the newest. */
  everyGap(viewer: Viewer, window: Stretch): Promise<readonly CollectionGap[]>;
  /** The gaps of one pull request and its parts, healed ones too. */
  ofPullRequest(viewer: Viewer, repositoryId: string, number: number): Promise<readonly CollectionGap[]>;
  lag(viewer: Viewer): Promise<CollectionLag>;
  /** Null where the past of every repository is collected, or nothing is collected from GitHub. */
  collecting(viewer: Viewer): Promise<CollectingState | null>;
}
