import { compareText } from '#src/core/text.ts';
import { sightingKey, type ListingMark, type PullRequestEvidence, type Sighting, type SightingDetail } from '#src/domain/timeline/evidence.ts';
import { COVERAGES, FORMAT, HEAD, KINDS, numbersOf, TIME_SOURCES } from './evidence-tables.ts';

/** The listings, sightings and deletions of a pull request's evidence. */
export type TimelineEvidence = Omit<PullRequestEvidence, 'attributes'>;

const KIND_NUMBERS = numbersOf(KINDS);
const SOURCE_NUMBERS = numbersOf(TIME_SOURCES);
const COVERAGE_NUMBERS = numbersOf(COVERAGES);

/** Writes a timeline (`evidence-tables.ts` says how). */
export function encodeTimeline(evidence: TimelineEvidence): string {
  return JSON.stringify(new TimelineEncoder(evidence).encode());
}

class TimelineEncoder {
  readonly #evidence: TimelineEvidence;
  readonly #base: number;
  readonly #texts = new Places();
  readonly #marks = new Places();
  readonly #markFields: number[] = [];
  readonly #fields: (string | number)[] = [];

  constructor(evidence: TimelineEvidence) {
    this.#evidence = evidence;
    this.#base = baseTime(evidence);
  }

  encode(): unknown[] {
    const { listings, sightings, deletions } = this.#evidence;
    const listed = listings.map((mark) => this.#mark(mark));
    for (const [key, sighting] of sorted(sightings)) this.#sighting(key, sighting);
    const gone = sorted(deletions).flatMap(([key, at]) => [key, this.#time(at)]);
    return [FORMAT, this.#base, this.#texts.values, this.#markFields, listed, this.#fields, gone];
  }

  #time(at: number): number {
    return at - this.#base;
  }

  #mark(mark: ListingMark): number {
    const next = this.#marks.values.length;
    const place = this.#marks.of(`${mark.takenAt} ${mark.covers} ${mark.digest}`);
    if (place === next) this.#markFields.push(this.#time(mark.takenAt), this.#texts.of(mark.digest), COVERAGE_NUMBERS.get(mark.covers) ?? 0);
    return place;
  }

  #sighting(key: string, sighting: Sighting): void {
    const { kind, id, at, atFrom, actor, detail, saidAt, listed, knownAt, knownBy, givenState } = sighting;
    const fields = this.#fields;
    const place = fields.push(0) - 1;
    const number = KIND_NUMBERS.get(kind) ?? 0;
    if (number === 0) fields.push(this.#texts.of(kind));
    fields.push(this.#time(at));
    const head =
      number |
      ((SOURCE_NUMBERS.get(atFrom) ?? 0) << HEAD.sourceShift) |
      this.#plain(HEAD.id, id) |
      this.#plain(HEAD.key, key === sightingKey(sighting) ? null : key) |
      this.#text(HEAD.actor, actor) |
      this.#plain(HEAD.listed, listed === null ? null : this.#mark(listed)) |
      this.#plain(HEAD.saidAt, saidAt === listed?.takenAt ? null : this.#time(saidAt)) |
      this.#plain(HEAD.knownAt, knownAt === saidAt ? null : this.#time(knownAt)) |
      this.#text(HEAD.knownBy, knownBy) |
      this.#text(HEAD.givenState, givenState);
    fields[place] = head | this.#detail(detail);
  }

  #detail(detail: SightingDetail): number {
    const { authorDate, committerDate } = detail;
    return (
      this.#plain(HEAD.authorDate, authorDate === undefined ? null : this.#time(authorDate)) |
      this.#plain(HEAD.committerDate, committerDate === undefined ? null : this.#time(committerDate)) |
      this.#plain(HEAD.sha, detail.sha ?? null) |
      this.#text(HEAD.state, detail.state ?? null) |
      this.#text(HEAD.target, detail.target ?? null) |
      this.#text(HEAD.reason, detail.reason ?? null) |
      this.#plain(HEAD.reviewId, detail.reviewId ?? null) |
      this.#plain(HEAD.before, detail.before ?? null) |
      this.#plain(HEAD.after, detail.after ?? null) |
      this.#text(HEAD.label, detail.label ?? null)
    );
  }

  /** Writes a field unless it is missing; gives the bit that says whether it is there. */
  #plain(bit: number, value: string | number | null): number {
    if (value === null) return 0;
    this.#fields.push(value);
    return bit;
  }

  #text(bit: number, text: string | null): number {
    return this.#plain(bit, text === null ? null : this.#texts.of(text));
  }
}

/** Gives texts places in the order in which they come. */
class Places {
  readonly values: string[] = [];
  readonly #places = new Map<string, number>();

  of(text: string): number {
    const known = this.#places.get(text);
    if (known !== undefined) return known;
    this.#places.set(text, this.values.length);
    return this.values.push(text) - 1;
  }
}

function sorted<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => compareText(a, b));
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
