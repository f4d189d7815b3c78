import { afterEach, describe, expect, test } from '@jest/globals';
import { DEFAULT_POLICY } from '#src/config/policy.ts';
import type { CollectionGap, CompletenessRow } from '#src/domain/completeness.ts';
import type { Store } from '#src/domain/store.ts';
import type { Viewer } from '#src/domain/viewer.ts';
import pullRequestEvents from '#src/exports/pull-request-events.ts';
import pullRequests from '#src/exports/pull-requests.ts';
import { exportText } from '#src/exports/rendering/write-rows.ts';
import waits from '#src/exports/waits.ts';
import { NEVER, openCollecting, type CollectingRig } from '#test/support/collecting-rig.ts';
import { exportSources } from '#test/support/export-sources.ts';
import { DeliveryRecord } from '#test/support/fake-github/delivery-record.ts';
import { guiWorld } from '#test/support/fake-github/gui-world.ts';
import { asDelivery, HookSender } from '#test/support/fake-github/webhook-sender.ts';
import { planDeliveries, type DeliveryFaults, type PlannedDelivery } from '#test/support/fake-github/webhooks/delivery-plan.ts';
import { worldWebhooks } from '#test/support/fake-github/webhooks/world-webhooks.ts';
import { size } from '#test/support/figures.ts';
import { openInstallation } from '#test/support/installation.ts';
import { startReceiving, VECTOR } from '../webhooks/receiving.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const EVERYONE: Viewer = { sees: 'everything' };

/** A busy stretch of the recording. */
const FROM = Date.UTC(2022, 3, 1);
const TO = FROM + size(21, 240) * DAY;

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

interface Site extends CollectingRig {
  readonly record: DeliveryRecord;
  /** Sends what is planned, and looks into the log whenever so much time has passed. */
  play(faults: DeliveryFaults, healedEveryMs: number): Promise<readonly PlannedDelivery[]>;
  heal(): Promise<void>;
}

async function aSite(payloadsLost = 0): Promise<Site> {
  const record = new DeliveryRecord();
  const rig = await openCollecting(guiWorld(), FROM, { deliveryLog: { record } });
  ends.push(() => rig.close());
  const { clock, store } = rig;
  const receiving = await startReceiving({ inbox: store.inbox, clock });
  ends.push(() => receiving.close());
  const sender = new HookSender({ url: receiving.url, secret: VECTOR.secret, clock: { now: () => clock.now(), set: (at) => clock.advance(Math.max(0, at - clock.now())) }, record, connections: 1, payloadsLost, seed: 3 });
  ends.push(() => sender.close());
  const { completeness, app } = rig.open();
  const heal = async (): Promise<void> => {
    await clock.runUntil(completeness.heal(app, NEVER));
    await record.settled();
  };
  return {
    ...rig,
    record,
    heal,
    async play(faults, healedEveryMs) {
      const planned = [...planDeliveries(worldWebhooks(rig.world, { from: FROM, to: TO }), faults)];
      for (let at = FROM; at < TO; at += healedEveryMs) {
        await sender.send(planned.filter(({ sendAt }) => sendAt >= at && sendAt < at + healedEveryMs));
        clock.advance(Math.max(0, at + healedEveryMs - clock.now()));
        await heal();
      }
      await sender.send(planned.filter(({ sendAt }) => sendAt >= TO));
      return planned;
    },
  };
}

async function openGaps(store: Store): Promise<CollectionGap[]> {
  return (await store.completeness.everyGap(EVERYONE, { fromAt: 0, toAt: TO + 30 * DAY })).filter(({ healedAt }) => healedAt === null);
}

async function deliveryRows(store: Store): Promise<CompletenessRow[]> {
  return (await store.completeness.rows(EVERYONE, { fromAt: FROM, toAt: TO + 7 * DAY })).filter(({ kind }) => kind === 'deliveries');
}

function sum(rows: readonly CompletenessRow[], part: 'expected' | 'stored' | 'healed' | 'openGaps'): number {
  return rows.reduce((total, row) => total + (row[part] ?? 0), 0);
}

async function exported(store: Store): Promise<readonly string[]> {
  const texts: string[] = [];
  for (const dataset of [pullRequests, pullRequestEvents, waits]) {
    let text = '';
    for await (const piece of exportText(dataset, dataset.rows(exportSources(store, DEFAULT_POLICY), { viewer: EVERYONE, withGone: true }), 'csv')) text += piece;
    texts.push(text);
  }
  return texts;
}

/** What an installation exports to which every webhook of the stretch came at once. */
async function undisturbed(world: Site['world']): Promise<readonly string[]> {
  const installation = await openInstallation();
  ends.push(() => installation.close());
  await installation.deliver([...worldWebhooks(world, { from: FROM, to: TO })].map((webhook) => asDelivery(webhook, webhook.at)));
  return [await installation.exportCsv('pull-requests', { withGone: true }), await installation.exportCsv('pull-request-events', { withGone: true })];
}

describe('webhooks of which 30 % are lost, 30 % come twice and all change places', () => {
  test('are whole once the log was compared: the facts as if nothing had been lost, and no gap is left', async () => {
    const site = await aSite();

    const planned = await site.play({ seed: 11, dropped: 0.3, droppedAs: ['failed', 'swallowed'], duplicated: 0.3 }, 12 * HOUR);
    await site.fold();

    const webhooks = planned.filter(({ isDuplicate }) => !isDuplicate);
    const lost = webhooks.filter(({ fate }) => fate !== 'sent');
    const rows = await deliveryRows(site.store);
    expect(lost.length).toBeGreaterThan(webhooks.length / 5);
    expect([sum(rows, 'expected'), sum(rows, 'stored'), sum(rows, 'healed'), sum(rows, 'openGaps')]).toEqual([webhooks.length, webhooks.length, lost.length, 0]);
    expect(await openGaps(site.store)).toEqual([]);
    expect((await exported(site.store)).slice(0, 2)).toEqual(await undisturbed(site.world));
  }, 240_000);

  test('are whole as well where the log keeps no payloads: GitHub delivers once more what it is asked for', async () => {
    const site = await aSite(0.5);

    const planned = await site.play({ seed: 12, dropped: 0.3, duplicated: 0.3, reorderedWithinSeconds: 1_800 }, 12 * HOUR);
    for (const _ of ['asked for', 'arrived']) {
      site.clock.advance(HOUR);
      await site.heal();
    }

    const webhooks = planned.filter(({ isDuplicate }) => !isDuplicate);
    const rows = await deliveryRows(site.store);
    expect([sum(rows, 'expected'), sum(rows, 'stored'), sum(rows, 'openGaps')]).toEqual([webhooks.length, webhooks.length, 0]);
    expect(site.record.all.filter(({ isRedelivery }) => isRedelivery).length).toBeGreaterThan(planned.length - webhooks.length);
    expect(await openGaps(site.store)).toEqual([]);
  }, 240_000);
});

describe('what no log knows', () => {
  test('is no gap of deliveries, and the only thing that is missing', async () => {
    const site = await aSite();

    const planned = await site.play({ seed: 13, dropped: 0.3, droppedAs: ['unlogged'] }, DAY);

    const rows = await deliveryRows(site.store);
    const sent = planned.filter(({ fate }) => fate === 'sent').length;
    expect([sum(rows, 'expected'), sum(rows, 'stored'), sum(rows, 'healed')]).toEqual([sent, sent, 0]);
    expect(await openGaps(site.store)).toEqual([]);
  }, 240_000);
});

describe('being off for longer than the log reaches back', () => {
  test('is a gap until the log begins again; what listings tell is back after a sweep, and what pushes tell stays marked', async () => {
    const site = await aSite();
    await site.collectAll();
    const offAt = site.clock.now();
    await site.heal();
    site.clock.advance(8 * DAY);

    await site.heal();
    await site.fold();
    const { store } = site;
    const [repository] = await store.reader.repositories(EVERYONE);
    const about = async (what: 'listed' | 'pushed'): Promise<number> => (await store.completeness.gaps(EVERYONE, [repository?.id ?? ''], { fromAt: offAt - DAY, toAt: site.clock.now() }, [what])).length;
    const before = [await about('listed'), await about('pushed')];
    await site.sweep();
    await site.fold();

    expect(await openGaps(store)).toMatchObject([{ id: `outage:${String(offAt)}`, fromAt: offAt, toAt: offAt + 5 * DAY, repositoryId: null, missing: null }]);
    expect([before, [await about('listed'), await about('pushed')]]).toEqual([[1, 1], [0, 1]]);
  }, 240_000);
});
