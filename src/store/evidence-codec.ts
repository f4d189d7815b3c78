import type { TimeSource } from '#src/domain/event-kind.ts';
import { compareText } from '#src/core/text.ts';
import {
  sightingKey,
  type AttributeName,
  type AttributeValue,
  type Coverage,
  type ListingMark,
  type PullRequestEvidence,
  type Register,
  type Sighting,
  type SightingDetail,
} from '#src/domain/timeline/evidence.ts';

/**
 * How evidence is written: as flat JSON arrays read from left to right, because every wait is computed
 * from them and parsing is most of that. The tables below are part of the format: entries are only
 * ever added at their ends. A text is the same for the same evidence, whatever the order of its keys.
 *
 * timeline:   [version, base, texts, marks, listings, sightings, deletions]
 *   base        the earliest time; all other times are written as milliseconds after it
 *   texts       texts that repeat; everywhere else a text is its place here
 *   marks       listings that anything refers to: time, digest, coverage
 *   sightings   each a head (`kind`, which fields follow, where its time comes from, which details follow), then the fields
 * attributes: [version, versions, registers]
 *   versions    updatedAt, knownAt; registers: name, value, place of its version
 */
const FORMAT = 1;

const KINDS: readonly string[] = [
  // 0: the kind is written as a text
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

const TIME_SOURCES: readonly TimeSource[] = ['github', 'near', 'delivered', 'audit', 'bound'];

const COVERAGES: readonly Coverage[] = ['shared', 'everything'];

const ATTRIBUTES: readonly AttributeName[] = [
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

const KIND_PLACES = places(KINDS);
const TIME_SOURCE_PLACES = places(TIME_SOURCES);
const COVERAGE_PLACES = places(COVERAGES);
const ATTRIBUTE_PLACES = places(ATTRIBUTES);

/** The head of a sighting, bit by bit: six of the kind, eight fields, three of the time's source, ten details. */
const KIND_MASK = 0x3f;
const HAS_ID = 1 << 6;
const HAS_KEY = 1 << 7;
const HAS_ACTOR = 1 << 8;
const HAS_LISTING = 1 << 9;
const HAS_SAID = 1 << 10;
const HAS_KNOWN = 1 << 11;
const HAS_KNOWN_BY = 1 << 12;
const HAS_GIVEN_STATE = 1 << 13;
const SOURCE_SHIFT = 14;
const SOURCE_MASK = 0x7;
const HAS_AUTHOR_DATE = 1 << 17;
const HAS_COMMITTER_DATE = 1 << 18;
const HAS_SHA = 1 << 19;
const HAS_STATE = 1 << 20;
const HAS_TARGET = 1 << 21;
const HAS_REASON = 1 << 22;
const HAS_REVIEW_ID = 1 << 23;
const HAS_BEFORE = 1 << 24;
const HAS_AFTER = 1 << 25;
const HAS_LABEL = 1 << 26;
const ANY_DETAIL = -1 << 17;

type Value = string | number;

/** The listings, sightings and deletions of a pull request's evidence. */
export type TimelineEvidence = Omit<PullRequestEvidence, 'attributes'>;

function places(words: readonly string[]): ReadonlyMap<string, number> {
  return new Map(words.map((word, place) => [word, place]));
}

/** Writes a timeline. */
export function encodeTimeline(evidence: TimelineEvidence): string {
  return JSON.stringify(new TimelineEncoder(evidence).encode());
}

class TimelineEncoder {
  readonly #evidence: TimelineEvidence;
  readonly #base: number;
  readonly #texts = new Places();
  readonly #marks = new Places();
  readonly #markFields: Value[] = [];
  readonly #fields: Value[] = [];

  constructor(evidence: TimelineEvidence) {
    this.#evidence = evidence;
    this.#base = baseTime(evidence);
  }

  encode(): unknown[] {
    const { listings, sightings, deletions } = this.#evidence;
    const marks = listings.map((mark) => this.#mark(mark));
    for (const key of Object.keys(sightings).sort(compareText)) {
      const sighting = sightings[key];
      if (sighting !== undefined) this.#sighting(key, sighting);
    }
    const gone: Value[] = [];
    for (const key of Object.keys(deletions).sort(compareText)) gone.push(key, this.#time(deletions[key] ?? 0));
    return [FORMAT, this.#base, this.#texts.values, this.#markFields, marks, this.#fields, gone];
  }

  #time(at: number): number {
    return at - this.#base;
  }

  #mark(mark: ListingMark): number {
    const known = this.#marks.size;
    const place = this.#marks.of(`${String(mark.takenAt)} ${mark.covers} ${mark.digest}`);
    if (place === known) this.#markFields.push(this.#time(mark.takenAt), this.#texts.of(mark.digest), COVERAGE_PLACES.get(mark.covers) ?? 0);
    return place;
  }

  #sighting(key: string, sighting: Sighting): void {
    const { kind, id, at, atFrom, actor, detail, saidAt, listed, knownAt, knownBy, givenState } = sighting;
    const fields = this.#fields;
    const head = fields.push(0) - 1;
    let bits = (KIND_PLACES.get(kind) ?? 0) | ((TIME_SOURCE_PLACES.get(atFrom) ?? 0) << SOURCE_SHIFT);
    const put = (bit: number, value: Value): void => {
      bits |= bit;
      fields.push(value);
    };
    if ((bits & KIND_MASK) === 0) fields.push(this.#texts.of(kind));
    fields.push(this.#time(at));
    if (id !== null) put(HAS_ID, id);
    if (key !== sightingKey(sighting)) put(HAS_KEY, key);
    if (actor !== null) put(HAS_ACTOR, this.#texts.of(actor));
    if (listed !== null) put(HAS_LISTING, this.#mark(listed));
    if (saidAt !== listed?.takenAt) put(HAS_SAID, this.#time(saidAt));
    if (knownAt !== saidAt) put(HAS_KNOWN, this.#time(knownAt));
    if (knownBy !== null) put(HAS_KNOWN_BY, this.#texts.of(knownBy));
    if (givenState !== null) put(HAS_GIVEN_STATE, this.#texts.of(givenState));
    if (detail.authorDate !== undefined) put(HAS_AUTHOR_DATE, this.#time(detail.authorDate));
    if (detail.committerDate !== undefined) put(HAS_COMMITTER_DATE, this.#time(detail.committerDate));
    if (detail.sha !== undefined) put(HAS_SHA, detail.sha);
    if (detail.state !== undefined) put(HAS_STATE, this.#texts.of(detail.state));
    if (detail.target !== undefined) put(HAS_TARGET, this.#texts.of(detail.target));
    if (detail.reason !== undefined) put(HAS_REASON, this.#texts.of(detail.reason));
    if (detail.reviewId !== undefined) put(HAS_REVIEW_ID, detail.reviewId);
    if (detail.before !== undefined) put(HAS_BEFORE, detail.before);
    if (detail.after !== undefined) put(HAS_AFTER, detail.after);
    if (detail.label !== undefined) put(HAS_LABEL, this.#texts.of(detail.label));
    fields[head] = bits;
  }
}

/** Gives texts places in the order in which they come. */
class Places {
  readonly values: string[] = [];
  readonly #places = new Map<string, number>();

  get size(): number {
    return this.values.length;
  }

  of(text: string): number {
    const known = this.#places.get(text);
    if (known !== undefined) return known;
    this.#places.set(text, this.values.length);
    return this.values.push(text) - 1;
  }
}

/** The earliest time of all, or 0 where any of them is no whole number that differences keep exact. */
function baseTime({ listings, sightings, deletions }: TimelineEvidence): number {
  const times = [...listings.map(({ takenAt }) => takenAt), ...Object.values(deletions)];
  for (const { at, saidAt, knownAt, listed, detail } of Object.values(sightings)) {
    times.push(at, saidAt, knownAt, listed?.takenAt ?? at, detail.authorDate ?? at, detail.committerDate ?? at);
  }
  const isExact = times.every((at) => Number.isInteger(at) && Math.abs(at) <= Number.MAX_SAFE_INTEGER / 2);
  return isExact && times.length > 0 ? times.reduce((least, at) => Math.min(least, at)) : 0;
}

/** Reads what `encodeTimeline` wrote. */
export function decodeTimeline(text: string): TimelineEvidence {
  return new TimelineDecoder(JSON.parse(text) as Encoded).decode();
}

type Encoded = readonly [number, number, readonly string[], readonly Value[], readonly number[], readonly Value[], readonly Value[]];

class TimelineDecoder {
  readonly #encoded: Encoded;
  readonly #fields: readonly Value[];
  #place = 0;

  constructor(encoded: Encoded) {
    this.#encoded = encoded;
    this.#fields = encoded[5];
  }

  decode(): TimelineEvidence {
    const [, base, texts, markFields, listed, fields, gone] = this.#encoded;
    const marks: ListingMark[] = [];
    for (let place = 0; place < markFields.length; place += 3) {
      const takenAt = (markFields[place] as number) + base;
      marks.push({ takenAt, digest: texts[markFields[place + 1] as number] as string, covers: COVERAGES[markFields[place + 2] as number] as Coverage });
    }
    const sightings = emptyRecord<Sighting>();
    while (this.#place < fields.length) this.#readSighting(sightings, base, texts, marks);
    const deletions = emptyRecord<number>();
    for (let place = 0; place < gone.length; place += 2) deletions[gone[place] as string] = (gone[place + 1] as number) + base;
    return { listings: listed.map((place) => marks[place] as ListingMark), sightings, deletions };
  }

  #readSighting(into: Record<string, Sighting>, base: number, texts: readonly string[], marks: readonly ListingMark[]): void {
    const fields = this.#fields;
    let place = this.#place;
    const head = fields[place++] as number;
    const kind = ((head & KIND_MASK) === 0 ? texts[fields[place++] as number] : KINDS[head & KIND_MASK]) as string;
    const at = (fields[place++] as number) + base;
    const id = (head & HAS_ID) === 0 ? null : (fields[place++] as string);
    const key = (head & HAS_KEY) === 0 ? null : (fields[place++] as string);
    const actor = (head & HAS_ACTOR) === 0 ? null : (texts[fields[place++] as number] as string);
    const listed = (head & HAS_LISTING) === 0 ? null : (marks[fields[place++] as number] as ListingMark);
    const saidAt = (head & HAS_SAID) === 0 ? (listed as ListingMark).takenAt : (fields[place++] as number) + base;
    const knownAt = (head & HAS_KNOWN) === 0 ? saidAt : (fields[place++] as number) + base;
    const knownBy = (head & HAS_KNOWN_BY) === 0 ? null : (texts[fields[place++] as number] as string);
    const givenState = (head & HAS_GIVEN_STATE) === 0 ? null : (texts[fields[place++] as number] as string);
    const atFrom = TIME_SOURCES[(head >> SOURCE_SHIFT) & SOURCE_MASK] as TimeSource;
    this.#place = place;
    const detail = (head & ANY_DETAIL) === 0 ? NO_DETAIL : this.#readDetail(head, base, texts);
    const sighting: Sighting = { kind, id, at, atFrom, actor, detail, saidAt, listed, knownAt, knownBy, givenState };
    into[key ?? sightingKey(sighting)] = sighting;
  }

  #readDetail(head: number, base: number, texts: readonly string[]): SightingDetail {
    const fields = this.#fields;
    let place = this.#place;
    const detail: { -readonly [Name in keyof SightingDetail]: SightingDetail[Name] } = {};
    if ((head & HAS_AUTHOR_DATE) !== 0) detail.authorDate = (fields[place++] as number) + base;
    if ((head & HAS_COMMITTER_DATE) !== 0) detail.committerDate = (fields[place++] as number) + base;
    if ((head & HAS_SHA) !== 0) detail.sha = fields[place++] as string;
    if ((head & HAS_STATE) !== 0) detail.state = texts[fields[place++] as number] as string;
    if ((head & HAS_TARGET) !== 0) detail.target = texts[fields[place++] as number] as string;
    if ((head & HAS_REASON) !== 0) detail.reason = texts[fields[place++] as number] as string;
    if ((head & HAS_REVIEW_ID) !== 0) detail.reviewId = fields[place++] as string;
    if ((head & HAS_BEFORE) !== 0) detail.before = fields[place++] as string;
    if ((head & HAS_AFTER) !== 0) detail.after = fields[place++] as string;
    if ((head & HAS_LABEL) !== 0) detail.label = texts[fields[place++] as number] as string;
    this.#place = place;
    return detail;
  }
}

const NO_DETAIL: SightingDetail = Object.freeze({});

/** A record without a prototype: it is a hash table from the start, and no key of it is special. */
function emptyRecord<T>(): Record<string, T> {
  return Object.create(null) as Record<string, T>;
}

/** Writes a pull request's attributes. */
export function encodeAttributes(attributes: PullRequestEvidence['attributes']): string {
  const versions: number[] = [];
  const known = new Map<string, number>();
  const registers: unknown[] = [];
  for (const name of ATTRIBUTES) {
    const register = attributes[name];
    if (register === undefined) continue;
    const version = `${String(register.updatedAt)} ${String(register.knownAt)}`;
    const place = known.get(version) ?? versions.push(register.updatedAt, register.knownAt) - 2;
    known.set(version, place);
    registers.push(ATTRIBUTE_PLACES.get(name), register.value, place);
  }
  return JSON.stringify([FORMAT, versions, registers]);
}

/** Reads what `encodeAttributes` wrote. */
export function decodeAttributes(text: string): PullRequestEvidence['attributes'] {
  const [, versions, registers] = JSON.parse(text) as [number, number[], AttributeValue[]];
  const attributes: Partial<Record<AttributeName, Register>> = {};
  for (let place = 0; place < registers.length; place += 3) {
    const name = ATTRIBUTES[registers[place] as number] as AttributeName;
    const version = registers[place + 2] as number;
    attributes[name] = {
      value: registers[place + 1] as AttributeValue,
      updatedAt: versions[version] as number,
      knownAt: versions[version + 1] as number,
    };
  }
  return attributes;
}
