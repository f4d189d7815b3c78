import { compareText } from '#src/core/text.ts';
import type { AccountRef } from '../account.ts';
import { isSharedKind, isTimelineKind, type TimeSource } from '../event-kind.ts';

/**
 * What is known about one pull request, as a set that only grows: `joinEvidence` is commutative,
 * associative and idempotent, so the evidence, and with it every fact, is a function of the set of
 * deliveries whatever their order, batching or duplication. Facts are read from it by
 * `resolveTimeline`.
 */
export interface PullRequestEvidence {
  /** The pull request's own attributes, each the newest that any delivery gave. */
  readonly attributes: Readonly<Partial<Record<AttributeName, Register>>>;
  /** The complete listings known, newest first. */
  readonly listings: readonly ListingMark[];
  /** What was seen on the timeline, by `sightingKey`. */
  readonly sightings: Readonly<Record<string, Sighting>>;
  /** When a `deleted` event named a sighting, epoch ms, by `sightingKey`. */
  readonly deletions: Readonly<Record<string, number>>;
}

/** Attributes of a pull request that change over its life. Instants are epoch ms, ids text. */
export type AttributeName =
  | 'id'
  | 'author'
  | 'title'
  | 'state'
  | 'draft'
  | 'opened_draft'
  | 'created_at'
  | 'closed_at'
  | 'merged_at'
  | 'merged_by'
  | 'updated_at'
  | 'merge_commit_sha'
  | 'additions'
  | 'deletions'
  | 'changed_files'
  | 'commits'
  | 'base_ref'
  | 'head_ref'
  | 'head_sha'
  | 'head_repository_id';

/** What an attribute may hold; text is as GitHub writes it, instants are epoch ms. */
export type AttributeValue = string | number | boolean | null;

/** A value with its version: the source's own updated time, then when we knew of it, then the value itself. */
export interface Register {
  readonly value: AttributeValue;
  readonly updatedAt: number;
  readonly knownAt: number;
}

/** What a listing may be asked for: the kinds every channel owes, or everything GitHub's timeline holds. */
export type Coverage = 'shared' | 'everything';

/** One complete listing: it decides which events are gone. */
export interface ListingMark {
  readonly takenAt: number;
  readonly digest: string;
  readonly covers: Coverage;
}

/** What a sighting says beside kind, actor and time. Absent keys are unknown. */
export interface SightingDetail {
  readonly authorDate?: number;
  readonly committerDate?: number;
  readonly sha?: string;
  readonly state?: string;
  readonly target?: TargetRef;
  readonly reason?: string;
  readonly reviewId?: string;
  readonly before?: string;
  readonly after?: string;
  readonly label?: string;
}

/** Whom or what an event is about: an account reference, `%slug` for a team, `=text` for anything else. */
export type TargetRef = AccountRef | `%${string}` | `=${string}`;

/** One event as deliveries saw it. */
export interface Sighting {
  readonly kind: string;
  /** GitHub's id of a review, comment or inline comment, a commit's sha; null where the definitions give none. */
  readonly id: string | null;
  readonly at: number;
  readonly atFrom: TimeSource;
  readonly actor: AccountRef | null;
  readonly detail: SightingDetail;
  /** When the delivery that says all this was taken or delivered: a listed word beats an observed one, then the newer wins. */
  readonly saidAt: number;
  /** The newest complete listing that holds it; null when only observed. */
  readonly listed: ListingMark | null;
  /** When it was first known, epoch ms. */
  readonly knownAt: number;
  /** The delivery that observed it first; null when it was first known from a listing. */
  readonly knownBy: string | null;
  /** For a review: the state it had before any dismissal, where a delivery showed it. */
  readonly givenState: string | null;
}

/** The evidence that says nothing. */
export const NO_EVIDENCE: PullRequestEvidence = { attributes: {}, listings: [], sightings: {}, deletions: {} };

/** The key under which two sights of one event meet (`definitions.md` 2, identity). */
export function sightingKey(sighting: Pick<Sighting, 'kind' | 'id' | 'at' | 'listed' | 'detail'>): string {
  if (sighting.id !== null) return `${sighting.kind}:${sighting.id}`;
  const channel = sighting.listed === null ? 'observed' : 'listed';
  return `${channel}|${sighting.kind}|${distinction(sighting)}|${String(Math.floor(sighting.at / 1000))}`;
}

/**
 * What tells apart two events of one kind at one second: the target, or what stands for one. The head of a
 * force push does not: a listing may leave it out that a later one names, and it is the same force push.
 */
export function distinction({ kind, detail }: Pick<Sighting, 'kind' | 'detail'>): string {
  if (detail.target !== undefined) return detail.target;
  if (detail.label !== undefined) return `=${detail.label}`;
  if (kind === 'pushed') return detail.after ?? '';
  if (isTimelineKind(kind)) return detail.reviewId ?? '';
  return detail.sha ?? '';
}

/** Joins two sets of evidence about one pull request. */
export function joinEvidence(a: PullRequestEvidence, b: PullRequestEvidence): PullRequestEvidence {
  return {
    attributes: joinRecords(a.attributes, b.attributes, newerRegister),
    listings: joinListings(a.listings, b.listings),
    sightings: joinRecords(a.sightings, b.sightings, joinSightings),
    deletions: joinRecords(a.deletions, b.deletions, Math.min),
  };
}

function joinRecords<T>(
  a: Readonly<Record<string, T>>,
  b: Readonly<Record<string, T>>,
  join: (a: T, b: T) => T,
): Record<string, T> {
  const joined: Record<string, T> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const known = Object.hasOwn(joined, key) ? joined[key] : undefined;
    joined[key] = known === undefined ? value : join(known, value);
  }
  return joined;
}

function newerRegister(a: Register, b: Register): Register {
  const order =
    a.updatedAt - b.updatedAt || a.knownAt - b.knownAt || compareText(JSON.stringify(a.value), JSON.stringify(b.value));
  return order >= 0 ? a : b;
}

function joinListings(a: readonly ListingMark[], b: readonly ListingMark[]): readonly ListingMark[] {
  if (b.length === 0) return a;
  if (a.length === 0) return b;
  const marks = new Map<string, ListingMark>();
  for (const mark of [...a, ...b]) marks.set(`${String(mark.takenAt)} ${mark.digest} ${mark.covers}`, mark);
  return [...marks.values()].sort((x, y) => compareListings(y, x));
}

/** Orders listings by when they were taken; at one instant by digest. */
export function compareListings(a: ListingMark, b: ListingMark): number {
  if (a === b) return 0;
  return a.takenAt - b.takenAt || compareText(a.digest, b.digest) || compareText(a.covers, b.covers);
}

function joinSightings(a: Sighting, b: Sighting): Sighting {
  const said = compareSaying(a, b) >= 0 ? a : b;
  const first = compareFirst(a, b) <= 0 ? a : b;
  return {
    ...said,
    listed: newerListing(a.listed, b.listed),
    knownAt: first.knownAt,
    knownBy: first.knownBy,
    givenState: joinGivenState(a, b),
  };
}

function compareSaying(a: Sighting, b: Sighting): number {
  if ((a.listed === null) !== (b.listed === null)) return a.listed === null ? -1 : 1;
  const byTime = a.listed !== null && b.listed !== null ? compareListings(a.listed, b.listed) : a.saidAt - b.saidAt;
  return byTime || compareText(saying(a), saying(b));
}

function saying(sighting: Sighting): string {
  return JSON.stringify([sighting.at, sighting.atFrom, sighting.actor, sighting.saidAt, sortedEntries(sighting.detail)]);
}

function sortedEntries(detail: SightingDetail): readonly (readonly [string, unknown])[] {
  return Object.entries(detail).sort(([a], [b]) => compareText(a, b));
}

function compareFirst(a: Sighting, b: Sighting): number {
  return a.knownAt - b.knownAt || compareText(a.knownBy ?? '', b.knownBy ?? '');
}

function newerListing(a: ListingMark | null, b: ListingMark | null): ListingMark | null {
  if (a === null || b === null) return a ?? b;
  return compareListings(a, b) >= 0 ? a : b;
}

/** A review is given one verdict and keeps it; should deliveries disagree, the greater word stands in every order. */
function joinGivenState(a: Sighting, b: Sighting): string | null {
  if (a.givenState === null || b.givenState === null) return a.givenState ?? b.givenState;
  return a.givenState >= b.givenState ? a.givenState : b.givenState;
}

/** Whether a listing owes an event of this kind: one that lacks it says that it is gone. */
export function owes(listing: ListingMark, kind: string): boolean {
  return isSharedKind(kind) || (listing.covers === 'everything' && kind !== 'pushed');
}
