import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { NarrowsError } from '#src/core/errors.ts';
import { NO_EVIDENCE, type PullRequestEvidence } from '#src/domain/timeline/evidence.ts';
import { decodeEvidence, encodeEvidence } from '#src/store/evidence-codec.ts';
import { COVERAGES, KINDS, TIME_SOURCES, ATTRIBUTES, HEAD } from '#src/store/evidence-tables.ts';
import { arbitraryEvidence } from './arbitrary-evidence.ts';

/** Evidence as plain lists: records without a prototype compare with those that have one, key by key. */
function plain({ attributes, listings, sightings, deletions }: PullRequestEvidence): unknown {
  return [sorted(attributes), listings, sorted(sightings), sorted(deletions)];
}

function sorted(record: object): unknown[] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

describe('evidence as text', () => {
  test('reads back as it was written, whatever it holds', () => {
    fc.assert(
      fc.property(arbitraryEvidence, (evidence) => {
        expect(plain(decodeEvidence(encodeEvidence(evidence)))).toEqual(plain(evidence));
      }),
      { numRuns: 500 },
    );
  });

  test('is one text for equal evidence, in whatever order its parts came', () => {
    fc.assert(
      fc.property(arbitraryEvidence, ({ attributes, listings, sightings, deletions }) => {
        const turned = { attributes: turn(attributes), listings, sightings: turn(sightings), deletions: turn(deletions) };

        expect(encodeEvidence(turned)).toEqual(encodeEvidence({ attributes, listings, sightings, deletions }));
      }),
    );
  });

  test('is short: an event of a listing takes some forty characters', () => {
    const listed = { takenAt: 1_700_000_900_000, digest: 'a1b2c3d4e5f6', covers: 'everything' } as const;
    const sightings = Object.fromEntries(
      Array.from({ length: 25 }, (_, index) => [
        `commented:${String(2_000_000_000 + index)}`,
        {
          kind: 'commented',
          id: String(2_000_000_000 + index),
          at: 1_700_000_000_000 + index * 36_000,
          atFrom: 'github' as const,
          actor: `#${String(index % 3)}`,
          detail: {},
          saidAt: listed.takenAt,
          listed,
          knownAt: listed.takenAt,
          knownBy: null,
          givenState: null,
        },
      ]),
    );

    const { timeline } = encodeEvidence({ ...NO_EVIDENCE, listings: [listed], sightings });

    expect(timeline.length).toBeLessThan(25 * 40);
  });

  test.each([
    ['no list', '{}'],
    ['another format', '[2,0,[],[],[],[],[]]'],
    ['a number where a text is due', '[1,0,[7],[],[],[64,0,0],[]]'],
    ['a place that no table has', '[1,0,[],[0,0,9],[],[],[]]'],
    ['an end in the middle', `[1,0,[],[],[],[${String(HEAD.id | 1)},5],[]]`],
  ])('is refused when it holds %s', (_, timeline) => {
    expect(() => decodeEvidence({ attributes: '[1,[],[]]', timeline })).toThrow(NarrowsError);
  });

  test('keeps the numbers of its words for ever', () => {
    expect([KINDS.indexOf('opened'), KINDS.indexOf('reopened'), KINDS.indexOf('unpinned'), KINDS.length <= HEAD.kind + 1]).toEqual([1, 17, 43, true]);
    expect(TIME_SOURCES).toEqual(['github', 'near', 'delivered', 'audit', 'bound']);
    expect(COVERAGES).toEqual(['shared', 'everything']);
    expect([ATTRIBUTES.indexOf('id'), ATTRIBUTES.indexOf('head_repository_id')]).toEqual([0, 19]);
  });
});

function turn<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).reverse()) as T;
}
