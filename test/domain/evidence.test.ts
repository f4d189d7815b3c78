import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { accountDirectory, type AccountSighting } from '#src/domain/account.ts';
import type { Delivery } from '#src/domain/delivery.ts';
import type { FactChanges } from '#src/domain/source.ts';
import { joinEvidence, NO_EVIDENCE, type PullRequestEvidence } from '#src/domain/timeline/evidence.ts';
import { resolveTimeline } from '#src/domain/timeline/resolve.ts';
import { readDelivery, type SourcesByEvent } from '#src/ingest/read-delivery.ts';
import { arbitraryDeliveries } from '#test/support/arbitrary-deliveries.ts';
import { loadSources } from '#test/support/sources.ts';

let sources: SourcesByEvent;
beforeAll(async () => {
  sources = await loadSources();
});

function changesOf(deliveries: readonly Delivery[]): FactChanges[] {
  return deliveries.flatMap((delivery) => {
    const reading = readDelivery(delivery, sources);
    return reading.outcome === 'facts' ? [reading.changes] : [];
  });
}

function evidenceOf(deliveries: readonly Delivery[]): PullRequestEvidence[] {
  return changesOf(deliveries).flatMap((changes) => (changes.pullRequests ?? []).map((change) => change.evidence));
}

/** Evidence without the order of its keys, which means nothing. */
function canonical(evidence: PullRequestEvidence): unknown {
  return JSON.parse(JSON.stringify(evidence, (_key, value: unknown) => (isPlain(value) ? Object.fromEntries(Object.entries(value).sort()) : value)));
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const pieces = arbitraryDeliveries({ min: 3, max: 12 });

describe('joining evidence', () => {
  test('gives the same in every order and grouping, and joining twice changes nothing', () => {
    fc.assert(
      fc.property(pieces, fc.infiniteStream(fc.nat()), (deliveries, random) => {
        const evidence = evidenceOf(deliveries);
        const shuffled = shuffle([...evidence, ...evidence], random);
        const middle = Math.floor(shuffled.length / 2);

        const inOrder = evidence.reduce(joinEvidence, NO_EVIDENCE);
        const left = shuffled.slice(0, middle).reduce(joinEvidence, NO_EVIDENCE);
        const right = shuffled.slice(middle).reduce(joinEvidence, NO_EVIDENCE);

        expect(canonical(joinEvidence(right, left))).toEqual(canonical(inOrder));
      }),
      { numRuns: 300 },
    );
  });

  test('resolves to the same timeline whatever the order, with what is gone and without', () => {
    fc.assert(
      fc.property(pieces, fc.infiniteStream(fc.nat()), (deliveries, random) => {
        const sightings: AccountSighting[] = changesOf(deliveries).flatMap((changes) => changes.accounts ?? []);
        const accounts = accountDirectory(sightings);
        const context = { repositoryId: '100', number: 1, accounts, pushes: [], withGone: true };
        const evidence = evidenceOf(deliveries);

        const one = resolveTimeline(evidence.reduce(joinEvidence, NO_EVIDENCE), context);
        const other = resolveTimeline(shuffle(evidence, random).reduce(joinEvidence, NO_EVIDENCE), context);

        expect(other).toEqual(one);
      }),
      { numRuns: 300 },
    );
  });
});

function shuffle<T>(items: readonly T[], random: Iterator<number>): T[] {
  const left = [...items];
  const shuffled: T[] = [];
  while (left.length > 0) shuffled.push(...left.splice(Number(random.next().value) % left.length, 1));
  return shuffled;
}
