import fc from 'fast-check';
import {
  sightingKey,
  type AttributeName,
  type ListingMark,
  type PullRequestEvidence,
  type Register,
  type Sighting,
  type SightingDetail,
} from '#src/domain/timeline/evidence.ts';

/** Any text that evidence may hold, hostile ones among them. */
const text = fc.oneof(fc.string(), fc.constantFrom('', '#1', '@ada', 'ghost', '%owners', '=bug', '\u0000', '\uD800', '__proto__', '9007199254740993'));

/** Times close together, and times that no difference keeps exact. */
const instant = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 1_700_000_000_000, max: 1_700_000_200_000 }) },
  { weight: 1, arbitrary: fc.oneof(fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }).filter((at) => !Object.is(at, -0))) },
);

const kind = fc.oneof(fc.constantFrom('opened', 'reviewed', 'committed', 'pushed', 'labeled', 'closed', 'review_requested'), text);

const mark: fc.Arbitrary<ListingMark> = fc.record({ takenAt: instant, digest: text, covers: fc.constantFrom('shared', 'everything') });

const detail: fc.Arbitrary<SightingDetail> = fc.record(
  {
    authorDate: instant,
    committerDate: instant,
    sha: text,
    state: text,
    target: text,
    reason: text,
    reviewId: text,
    before: text,
    after: text,
    label: text,
  },
  { requiredKeys: [] },
);

const sighting: fc.Arbitrary<Sighting> = fc.record({
  kind,
  id: fc.option(text),
  at: instant,
  atFrom: fc.constantFrom('github', 'near', 'delivered', 'audit', 'bound'),
  actor: fc.option(text),
  detail,
  saidAt: instant,
  listed: fc.option(mark),
  knownAt: instant,
  knownBy: fc.option(text),
  givenState: fc.option(text),
});

const attributeNames: readonly AttributeName[] = ['id', 'author', 'title', 'state', 'draft', 'opened_draft', 'created_at', 'merged_at', 'commits', 'head_repository_id'];

const register: fc.Arbitrary<Register> = fc.record({
  value: fc.oneof(text, instant, fc.boolean(), fc.constant(null)),
  updatedAt: instant,
  knownAt: instant,
});

/** Any evidence, its sightings under their own keys or, rarely, under others. */
export const arbitraryEvidence: fc.Arbitrary<PullRequestEvidence> = fc
  .record({
    attributes: fc.array(fc.tuple(fc.constantFrom(...attributeNames), register), { maxLength: 6 }),
    listings: fc.array(mark, { maxLength: 3 }),
    sightings: fc.array(fc.tuple(sighting, fc.option(text, { freq: 9 })), { maxLength: 8 }),
    deletions: fc.array(fc.tuple(text, instant), { maxLength: 3 }),
  })
  .map(({ attributes, listings, sightings, deletions }) => ({
    attributes: record(attributes),
    listings,
    sightings: record(sightings.map(([seen, key]) => [key ?? sightingKey(seen), seen])),
    deletions: record(deletions),
  }));

/** A record whose keys are all ordinary, whatever they are called. */
function record<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.assign(Object.create(null) as Record<string, T>, Object.fromEntries(entries));
}
