import type { TimeSource } from '#src/domain/event-kind.ts';
import type { AttributeName, Coverage } from '#src/domain/timeline/evidence.ts';

/*
 * How evidence is written: as flat JSON arrays read from left to right, because every wait is computed
 * from them and parsing is most of that. A text is the same for the same evidence, whatever the order
 * of its keys. The tables of this file are part of the format: entries are only ever added at their ends.
 *
 *   timeline:   [format, base, texts, marks, listings, sightings, deletions]
 *     base        the earliest time; all other times are milliseconds after it
 *     texts       texts that repeat: where one is meant its place here is written
 *     marks       the listings that anything refers to: time, digest, coverage
 *     sightings   of each a head, kind, time, then the fields that its head names
 *   attributes: [format, versions, registers]
 *     versions    updatedAt, knownAt
 *     registers   number of the name, value, place of its version
 */

/** The version of the format, the first entry of every text. */
export const FORMAT = 1;

/** Kinds of events by their number; 0 is any other kind, written as a text. */
export const KINDS: readonly string[] = [
  '',
  'opened',
  'converted_to_draft',
  'ready_for_review',
  'review_request_removed',
  'review_requested',
  'committed',
  'force_pushed',
  'pushed',
  'reviewed',
  'commented',
  'review_commented',
  'review_dismissed',
  'added_to_merge_queue',
  'removed_from_merge_queue',
  'merged',
  'closed',
  'reopened',
  'labeled',
  'unlabeled',
  'assigned',
  'unassigned',
  'milestoned',
  'demilestoned',
  'renamed',
  'locked',
  'unlocked',
  'mentioned',
  'subscribed',
  'unsubscribed',
  'referenced',
  'cross-referenced',
  'head_ref_deleted',
  'head_ref_restored',
  'base_ref_changed',
  'auto_merge_enabled',
  'auto_merge_disabled',
  'deployed',
  'connected',
  'disconnected',
  'comment_deleted',
  'marked_as_duplicate',
  'pinned',
  'unpinned',
];

/** Where a time comes from, by number. */
export const TIME_SOURCES: readonly TimeSource[] = ['github', 'near', 'delivered', 'audit', 'bound'];

/** What a listing was asked for, by number. */
export const COVERAGES: readonly Coverage[] = ['shared', 'everything'];

/** Attributes by their number. */
export const ATTRIBUTES: readonly AttributeName[] = [
  'id',
  'author',
  'title',
  'state',
  'draft',
  'opened_draft',
  'created_at',
  'closed_at',
  'merged_at',
  'merged_by',
  'updated_at',
  'merge_commit_sha',
  'additions',
  'deletions',
  'changed_files',
  'commits',
  'base_ref',
  'head_ref',
  'head_sha',
  'head_repository_id',
];

/** The number of each word of a table. */
export function numbersOf(words: readonly string[]): ReadonlyMap<string, number> {
  return new Map(words.map((word, number) => [word, number]));
}

/** The head of a sighting, from its lowest bit: six for the kind, eight for fields, three for the time's source, ten for details. */
export const HEAD = {
  kind: 0x3f,
  id: 1 << 6,
  key: 1 << 7,
  actor: 1 << 8,
  listed: 1 << 9,
  saidAt: 1 << 10,
  knownAt: 1 << 11,
  knownBy: 1 << 12,
  givenState: 1 << 13,
  sourceShift: 14,
  source: 0x7,
  authorDate: 1 << 17,
  committerDate: 1 << 18,
  sha: 1 << 19,
  state: 1 << 20,
  target: 1 << 21,
  reason: 1 << 22,
  reviewId: 1 << 23,
  before: 1 << 24,
  after: 1 << 25,
  label: 1 << 26,
  anyDetail: 0x3ff << 17,
} as const;

/** The bits of a head each of which stands for one field. */
const FIELD_BITS = (0xff << 6) | HEAD.anyDetail;

/** How many fields follow a sighting's kind: its time, and those that its head names. */
export function fieldsOf(head: number): number {
  let count = 1;
  for (let bits = head & FIELD_BITS; bits !== 0; bits &= bits - 1) count += 1;
  return count;
}
