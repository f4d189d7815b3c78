import { sightingKey, type ListingMark, type Sighting, type SightingDetail } from '#src/domain/timeline/evidence.ts';
import { readEncoded, type EncodedReader } from './encoded-reader.ts';
import { COVERAGES, HEAD, KINDS, TIME_SOURCES } from './evidence-tables.ts';
import type { TimelineEvidence } from './timeline-encoder.ts';

/** Reads what `encodeTimeline` wrote. Throws `storage-failed` for anything else. */
export function decodeTimeline(text: string): TimelineEvidence {
  const parts = readEncoded(text);
  const base = parts.number();
  const texts = parts.list();
  const marks = readMarks(parts.list(), base, texts);
  const listed = parts.list();
  const listings: ListingMark[] = [];
  while (!listed.isAtEnd()) listings.push(listed.entryOf(marks));
  const sightings = readSightings(parts.list(), base, texts, marks);
  const deletions = emptyRecord<number>();
  for (const gone = parts.list(); !gone.isAtEnd(); ) deletions[gone.text()] = gone.number() + base;
  return { listings, sightings, deletions };
}

function readMarks(fields: EncodedReader, base: number, texts: EncodedReader): ListingMark[] {
  const marks: ListingMark[] = [];
  while (!fields.isAtEnd()) marks.push({ takenAt: fields.number() + base, digest: fields.textOf(texts), covers: fields.entryOf(COVERAGES) });
  return marks;
}

function readSightings(fields: EncodedReader, base: number, texts: EncodedReader, marks: readonly ListingMark[]): Record<string, Sighting> {
  const sightings = emptyRecord<Sighting>();
  while (!fields.isAtEnd()) {
    const head = fields.number();
    const number = head & HEAD.kind;
    const kind = number === 0 ? fields.textOf(texts) : (KINDS[number] ?? fields.refuse());
    const at = fields.number() + base;
    const id = (head & HEAD.id) === 0 ? null : fields.text();
    const key = (head & HEAD.key) === 0 ? null : fields.text();
    const actor = (head & HEAD.actor) === 0 ? null : fields.textOf(texts);
    const listed = (head & HEAD.listed) === 0 ? null : fields.entryOf(marks);
    const saidAt = (head & HEAD.saidAt) === 0 ? (listed?.takenAt ?? fields.refuse()) : fields.number() + base;
    const knownAt = (head & HEAD.knownAt) === 0 ? saidAt : fields.number() + base;
    const knownBy = (head & HEAD.knownBy) === 0 ? null : fields.textOf(texts);
    const givenState = (head & HEAD.givenState) === 0 ? null : fields.textOf(texts);
    const atFrom = TIME_SOURCES[(head >> HEAD.sourceShift) & HEAD.source] ?? fields.refuse();
    const detail = (head & HEAD.anyDetail) === 0 ? NO_DETAIL : readDetail(fields, head, base, texts);
    const sighting: Sighting = { kind, id, at, atFrom, actor, detail, saidAt, listed, knownAt, knownBy, givenState };
    sightings[key ?? sightingKey(sighting)] = sighting;
  }
  return sightings;
}

const NO_DETAIL: SightingDetail = Object.freeze({});

function readDetail(fields: EncodedReader, head: number, base: number, texts: EncodedReader): SightingDetail {
  const detail: { -readonly [Name in keyof SightingDetail]: SightingDetail[Name] } = {};
  if ((head & HEAD.authorDate) !== 0) detail.authorDate = fields.number() + base;
  if ((head & HEAD.committerDate) !== 0) detail.committerDate = fields.number() + base;
  if ((head & HEAD.sha) !== 0) detail.sha = fields.text();
  if ((head & HEAD.state) !== 0) detail.state = fields.textOf(texts);
  if ((head & HEAD.target) !== 0) detail.target = fields.textOf(texts);
  if ((head & HEAD.reason) !== 0) detail.reason = fields.textOf(texts);
  if ((head & HEAD.reviewId) !== 0) detail.reviewId = fields.text();
  if ((head & HEAD.before) !== 0) detail.before = fields.text();
  if ((head & HEAD.after) !== 0) detail.after = fields.text();
  if ((head & HEAD.label) !== 0) detail.label = fields.textOf(texts);
  return detail;
}

/** A record without a prototype: a hash table from the start, and no key of it is special. */
function emptyRecord<T>(): Record<string, T> {
  const record: Record<string, T> = {};
  Object.setPrototypeOf(record, null);
  return record;
}
