import { isReadByWaits } from '#src/domain/event-kind.ts';
import { sightingKey, type ListingMark, type Sighting, type SightingDetail } from '#src/domain/timeline/evidence.ts';
import type { SightingList } from '#src/domain/timeline/sighting-list.ts';
import { readEncoded, type EncodedReader } from './encoded-reader.ts';
import { COVERAGES, fieldsOf, HEAD, KINDS, TIME_SOURCES } from './evidence-tables.ts';
import type { TimelineEvidence } from './timeline-encoder.ts';

/** Reads what `encodeTimeline` wrote. Throws `storage-failed` for anything else. */
export function decodeTimeline(text: string): TimelineEvidence {
  const timeline = new TimelineReader(text);
  const sightings = emptyRecord<Sighting>();
  timeline.sightings((sighting, key) => {
    sightings[key ?? sightingKey(sighting)] = sighting;
  });
  return { listings: timeline.listings, sightings, deletions: timeline.deletions };
}

/** Reads the same as a list, all of it or only the kinds of events that waits read. */
export function decodeSightings(text: string, kinds: 'all' | 'waits'): Omit<SightingList, 'attributes'> {
  const timeline = new TimelineReader(text, kinds === 'waits');
  const sightings: Sighting[] = [];
  const deletions = new Map<Sighting, number>();
  const isAnyDeleted = Object.keys(timeline.deletions).length > 0;
  timeline.sightings((sighting, key) => {
    sightings.push(sighting);
    const deletedAt = isAnyDeleted ? timeline.deletions[key ?? sightingKey(sighting)] : undefined;
    if (deletedAt !== undefined) deletions.set(sighting, deletedAt);
  });
  return { listings: timeline.listings, sightings, deletions };
}

/** Whether waits read a kind, by the kind's number. */
const READ_BY_WAITS = KINDS.map(isReadByWaits);

const NO_DETAIL: SightingDetail = Object.freeze({});

/** Reads the parts of a timeline; the sightings, which are most of it, when they are asked for. */
class TimelineReader {
  readonly listings: ListingMark[] = [];
  readonly deletions = emptyRecord<number>();
  readonly #base: number;
  readonly #texts: EncodedReader;
  readonly #marks: ListingMark[] = [];
  readonly #fields: EncodedReader;
  readonly #isForWaits: boolean;

  constructor(text: string, isForWaits = false) {
    const parts = readEncoded(text);
    this.#isForWaits = isForWaits;
    this.#base = parts.number();
    this.#texts = parts.list();
    this.#readMarks(parts.list());
    for (const listed = parts.list(); !listed.isAtEnd(); ) this.listings.push(listed.entryOf(this.#marks));
    this.#fields = parts.list();
    for (const gone = parts.list(); !gone.isAtEnd(); ) this.deletions[gone.text()] = gone.number() + this.#base;
  }

  #readMarks(fields: EncodedReader): void {
    while (!fields.isAtEnd()) this.#marks.push({ takenAt: fields.number() + this.#base, digest: fields.textOf(this.#texts), covers: fields.entryOf(COVERAGES) });
  }

  /** Hands over each sighting, with its key where that is not its own. To be called once. */
  sightings(take: (sighting: Sighting, key: string | null) => void): void {
    const [fields, texts, base, marks] = [this.#fields, this.#texts, this.#base, this.#marks];
    while (!fields.isAtEnd()) {
      const head = fields.number();
      const number = head & HEAD.kind;
      const kind = number === 0 ? fields.textOf(texts) : (KINDS[number] ?? fields.refuse());
      if (this.#isForWaits && !(READ_BY_WAITS[number] === true || (number === 0 && isReadByWaits(kind)))) {
        fields.skip(fieldsOf(head));
        continue;
      }
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
      take({ kind, id, at, atFrom, actor, detail, saidAt, listed, knownAt, knownBy, givenState }, key);
    }
  }
}

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
