import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { accountDirectory } from '#src/domain/account.ts';
import { isReadByWaits } from '#src/domain/event-kind.ts';
import { sightingKey, type PullRequestEvidence } from '#src/domain/timeline/evidence.ts';
import { resolveSightings, resolveTimeline } from '#src/domain/timeline/resolve.ts';
import { decodeSightingList, encodeEvidence } from '#src/store/evidence-codec.ts';
import { arbitraryEvidence } from './arbitrary-evidence.ts';

const accounts = accountDirectory([{ id: '7', login: 'ada', type: 'User', seenAt: 0 }]);
const context = { repositoryId: '100', number: 1, accounts, pushes: [], withGone: true };

/** Evidence of a pull request that was opened, some of its sightings named by `deleted` events. */
const evidence: fc.Arbitrary<PullRequestEvidence> = fc.tuple(arbitraryEvidence, fc.infiniteStream(fc.nat({ max: 3 }))).map(([some, random]) => {
  const deleted = Object.values(some.sightings).filter(() => random.next().value === 0);
  return {
    ...some,
    attributes: { ...some.attributes, created_at: { value: 1_700_000_000_000, updatedAt: 0, knownAt: 0 } },
    deletions: Object.fromEntries(deleted.map((sighting) => [sightingKey(sighting), 1_700_000_100_000])),
  };
});

describe('evidence read as a list', () => {
  test('resolves to what the evidence itself resolves to', () => {
    fc.assert(
      fc.property(evidence, (some) => {
        const list = decodeSightingList(encodeEvidence(some), 'all');

        expect(resolveSightings(list, context)).toEqual(resolveTimeline(some, context));
      }),
      { numRuns: 500 },
    );
  });

  test('with only the kinds that waits read, resolves to the same without the events of all other kinds', () => {
    fc.assert(
      fc.property(evidence, (some) => {
        const whole = resolveTimeline(some, context);

        const part = resolveSightings(decodeSightingList(encodeEvidence(some), 'waits'), context);

        expect(part).toEqual(whole === null ? null : { ...whole, events: whole.events.filter(({ kind }) => isReadByWaits(kind)) });
      }),
      { numRuns: 500 },
    );
  });
});
