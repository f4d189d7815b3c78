import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadCatalogue } from '#src/core/catalogue.ts';
import { endedAsAsked, isStage, STAGES, type Wait } from '#src/domain/wait.ts';
import { clockPauses } from '#src/waits/clock-pauses.ts';
import { PULL_REQUEST_STAGES, pullRequestWaits } from '#src/waits/pull-request-waits.ts';
import { readLife } from '#src/waits/read-life.ts';
import type { PullRequestStage } from '#src/waits/stage.ts';
import { aPullRequest, aReference, hours } from '#test/support/a-pull-request.ts';
import { arbitraryPullRequest, REFERENCE } from './arbitrary-pull-request.ts';

const isEntry = (entry: unknown): entry is PullRequestStage => typeof entry === 'object' && entry !== null && 'stage' in entry && 'find' in entry;

/** Every end that the definitions know, by stage; null is an open wait. */
const OUTCOMES: Readonly<Record<string, readonly (string | null)[]>> = {
  'change.coding': ['opened'],
  'change.draft': ['ready', 'merged', 'closed', null],
  'review.first_response': ['responded', 'early', 'merged', 'closed', null],
  'review.request_response': ['responded', 'removed', 'merged', 'closed', null],
  'review.approval': ['approved', 'early', 'merged', 'closed', null],
  'review.rework': ['reworked', 'approved', 'dismissed', 'merged', 'closed', null],
  'change.merge': ['merged', 'closed', null],
  'change.merge_queue': ['merged', 'removed', 'closed', null],
  'change.lead': ['merged', 'closed', null],
};

describe('the stages of a pull request', () => {
  test('are the files of their folder, each named after its stage, in the order of the definitions', async () => {
    const entries = await loadCatalogue(new URL('../../src/waits/pull-request-stages/', import.meta.url), isEntry);

    for (const [id, entry] of entries) expect(entry.stage).toBe(id);
    expect([...PULL_REQUEST_STAGES.map(({ stage }) => stage)].sort()).toEqual([...entries.keys()]);
    const order = Object.keys(STAGES);
    expect(PULL_REQUEST_STAGES.map(({ stage }) => stage)).toEqual(order.filter((stage) => entries.has(stage)));
  });

  test('end in every way that the definitions name and in no other', () => {
    const seen = new Map<string, Set<string | null>>();
    fc.assert(
      fc.property(arbitraryPullRequest, (pr) => {
        for (const { stage, outcome } of pullRequestWaits(pr, REFERENCE)) seen.set(stage, (seen.get(stage) ?? new Set()).add(outcome));
      }),
      { numRuns: 4_000, seed: 7 },
    );

    const sorted = (outcomes: Iterable<string | null>): string[] => [...outcomes].map(String).sort();
    expect(Object.fromEntries([...seen].map(([stage, outcomes]) => [stage, sorted(outcomes)]))).toEqual(
      Object.fromEntries(Object.entries(OUTCOMES).map(([stage, outcomes]) => [stage, sorted(outcomes)])),
    );
  });

  test('number their rounds from 1 in order of start, for each whom they wait on, and never overlap there', () => {
    fc.assert(
      fc.property(arbitraryPullRequest, (pr) => {
        const before = new Map<string, Wait>();
        for (const wait of pullRequestWaits(pr, REFERENCE)) {
          const key = `${wait.stage} ${wait.waitsOn ?? ''}`;
          const last = before.get(key);
          expect(wait.round).toBe((last?.round ?? 0) + 1);
          if (last !== undefined) expect(wait.startedAt).toBeGreaterThanOrEqual(last.endedAt ?? Infinity);
          before.set(key, wait);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('take from start to end less the pauses, never less than nothing; open ones have no length', () => {
    fc.assert(
      fc.property(arbitraryPullRequest, (pr) => {
        for (const wait of pullRequestWaits(pr, REFERENCE)) {
          const pauses = clockPauses(readLife(pr, REFERENCE), wait);
          expect(pauses.reduce((sum, { fromAt, toAt }) => sum + (toAt ?? fromAt) - fromAt, 0) / 1000).toBe(wait.pausedSeconds);
          expect(wait.seconds === null).toBe(wait.endedAt === null);
          expect(wait.outcome === null).toBe(wait.endedAt === null);
          expect(wait.endedFrom === null).toBe(wait.endedAt === null);
          if (wait.endedAt === null || wait.seconds === null) continue;
          expect(wait.seconds).toBe((wait.endedAt - wait.startedAt - wait.pausedSeconds * 1000) / 1000);
          expect(wait.seconds).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('say of each end whether it was the one asked for', () => {
    const pr = aPullRequest({ draft: true, events: [['commented', hours(1), { actor: '#2' }], ['ready_for_review', hours(2)], ['merged', hours(3)]] });
    const asked = Object.fromEntries(pullRequestWaits(pr, aReference()).map((wait: Wait) => [wait.stage, endedAsAsked(wait)]));

    expect(asked).toEqual({ 'change.draft': true, 'review.first_response': false, 'review.approval': false, 'change.lead': true });
    expect([isStage('change.lead'), isStage('toString'), isStage('change')]).toEqual([true, false, false]);
  });
});
