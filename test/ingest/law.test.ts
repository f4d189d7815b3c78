import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_POLICY, type Policy } from '#src/config/policy.ts';
import { standingClock } from '#src/core/clock.ts';
import type { Delivery } from '#src/domain/delivery.ts';
import type { Store } from '#src/domain/store.ts';
import type { Viewer } from '#src/domain/viewer.ts';
import phases from '#src/exports/phases.ts';
import pullRequestEvents from '#src/exports/pull-request-events.ts';
import pullRequests from '#src/exports/pull-requests.ts';
import { exportText } from '#src/exports/rendering/write-rows.ts';
import waits from '#src/exports/waits.ts';
import { ingestAll } from '#src/ingest/ingest.ts';
import type { SourcesByEvent } from '#src/ingest/read-delivery.ts';
import { Recomputer } from '#src/ingest/recompute.ts';
import { openStore } from '#src/store/store.ts';
import { arbitraryDeliveries } from '#test/support/arbitrary-deliveries.ts';
import { exportSources } from '#test/support/export-sources.ts';
import { loadSources } from '#test/support/sources.ts';

const RUNS = process.env['NARROWS_VERIFY'] === '1' ? 400 : 60;
const EVERYTHING: Viewer = { sees: 'everything' };

let sources: SourcesByEvent;
beforeAll(async () => {
  sources = await loadSources();
});

/** How an installation came to know what it was sent. */
interface Course {
  /** The order in which deliveries are sent, some of them again. */
  readonly order: readonly Delivery[];
  /** How many are sent together, by turns. */
  readonly batches: readonly number[];
  /** Whether waits are computed after every batch, or only at the end. */
  readonly computesOften: boolean;
  /** Policies in force one after the other; the last one stands. */
  readonly policies: readonly Policy[];
}

async function everythingExported(course: Course): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'narrows-law-'));
  const store = await openStore({ dataDir: folder, databaseUrl: null, clock: standingClock(Date.UTC(2026, 0, 1)) });
  const recomputerOf = (policy: Policy): Recomputer => new Recomputer({ ...store, policy, viewer: EVERYTHING });
  const lasting = recomputerOf(course.policies.at(-1) ?? DEFAULT_POLICY);
  const compute = async (turn: number): Promise<void> => {
    const isRestarted = course.policies.length > 1;
    const recomputer = isRestarted ? recomputerOf(course.policies[turn % course.policies.length] ?? DEFAULT_POLICY) : lasting;
    await recomputer.all();
  };
  try {
    let sent = 0;
    for (let turn = 0; sent < course.order.length; turn += 1) {
      const size = course.batches[turn % course.batches.length] ?? 1;
      await store.inbox.store(course.order.slice(sent, sent + size));
      sent += size;
      if (turn % 2 === 0) await ingestAll({ writer: store.writer, sources, batch: 1 + (turn % 5) });
      if (course.computesOften) await compute(turn);
    }
    await ingestAll({ writer: store.writer, sources });
    await compute(course.policies.length - 1);
    return await exports(store);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

async function exports(store: Store): Promise<string> {
  let text = '';
  for (const dataset of [pullRequestEvents, pullRequests, waits, phases]) {
    for await (const piece of exportText(dataset, dataset.rows(exportSources(store), { viewer: EVERYTHING, withGone: true }), 'csv')) text += piece;
  }
  return text;
}

/** A policy under which one of the generator's people is a machine. */
const OTHER_POLICY: Policy = { ...DEFAULT_POLICY, bots: [...DEFAULT_POLICY.bots, 'grace'] };

describe('the first law', () => {
  test('facts and waits are a function of the set of deliveries and the policy, whatever the order, duplication, batches and moments of computing', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryDeliveries({ min: 4, max: 25 }),
        fc.infiniteStream(fc.nat()),
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 }),
        fc.constantFrom([DEFAULT_POLICY], [DEFAULT_POLICY], [OTHER_POLICY, DEFAULT_POLICY]),
        async (deliveries, random, batches, policies) => {
          const distinct = [...new Map(deliveries.map((delivery) => [delivery.guid, delivery])).values()];
          const again = distinct.filter(() => Number(random.next().value) % 3 === 0);

          const inOrder = await everythingExported({ order: distinct, batches: [1000], computesOften: false, policies: [DEFAULT_POLICY] });
          const anyhow = await everythingExported({
            order: shuffle([...distinct, ...again], random),
            batches,
            computesOften: true,
            policies,
          });

          expect(anyhow).toBe(inOrder);
        },
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
  }, 600_000);
});

function shuffle<T>(items: readonly T[], random: Iterator<number>): T[] {
  const left = [...items];
  const shuffled: T[] = [];
  while (left.length > 0) shuffled.push(...left.splice(Number(random.next().value) % left.length, 1));
  return shuffled;
}
