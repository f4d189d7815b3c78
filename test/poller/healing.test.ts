import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { standingClock } from '#src/core/clock.ts';
import { NarrowsError } from '#src/core/errors.ts';
import { createLog } from '#src/core/log.ts';
import type { CollectionGap } from '#src/domain/completeness.ts';
import type { Delivery } from '#src/domain/delivery.ts';
import type { Store } from '#src/domain/store.ts';
import type { Viewer } from '#src/domain/viewer.ts';
import type { HealingParts } from '#src/poller/healing/healing-parts.ts';
import { healDeliveries } from '#src/poller/healing/heal-deliveries.ts';
import { openStore } from '#src/store/store.ts';
import { LoggedApp } from './logged-app.ts';

const NOW = Date.UTC(2025, 10, 19, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const EVERYONE: Viewer = { sees: 'everything' };
const LAST_MONTH = { fromAt: NOW - 30 * DAY, toAt: NOW + 30 * DAY };

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

interface Site extends HealingParts {
  readonly app: LoggedApp;
  readonly store: Store;
  readonly clock: ReturnType<typeof standingClock>;
}

async function aSite(): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'narrows-healing-'));
  const clock = standingClock(NOW);
  const store = await openStore({ dataDir: folder, databaseUrl: null, clock });
  ends.push(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  return { app: new LoggedApp(clock), store, inbox: store.inbox, healing: store.healing, completeness: store.completenessWriter, clock, log: createLog({ level: 'silent' }) };
}

function arrived(guid: string, deliveredAt: number): Delivery {
  return { guid, channel: 'webhook', event: 'pull_request', deliveredAt, takenAt: null, format: 'json', body: Buffer.from(`{"guid":"${guid}"}`) };
}

async function openGaps({ store }: Site): Promise<CollectionGap[]> {
  return (await store.completeness.everyGap(EVERYONE, LAST_MONTH)).filter(({ healedAt }) => healedAt === null);
}

async function deliveriesRow({ store }: Site): Promise<unknown> {
  const [row] = (await store.completeness.rows(EVERYONE, LAST_MONTH)).filter(({ kind }) => kind === 'deliveries');
  return row === undefined ? null : { expected: row.expected, stored: row.stored, healed: row.healed, openGaps: row.openGaps };
}

describe('the deliveries log', () => {
  test('gives what did not arrive: stored under its GUID, as the webhook it was, at the time GitHub delivered it', async () => {
    const site = await aSite();
    site.app.add({ guid: 'here', deliveredAt: NOW - 3 * HOUR }, { guid: 'lost', deliveredAt: NOW - 2 * HOUR, event: 'issue_comment', action: 'created' }, { guid: 'refused', deliveredAt: NOW - HOUR, isAccepted: false });
    await site.inbox.store([arrived('here', NOW - 3 * HOUR + 200)]);

    const result = await healDeliveries(site);

    expect(result).toMatchObject({ compared: 3, healed: 2, missing: 0, asked: 0 });
    const stored = (await site.inbox.byGuid(['lost', 'refused'])).map(({ id: _id, body, ...rest }) => ({ ...rest, body: Buffer.from(body).toString() }));
    expect(stored.toSorted((a, b) => a.deliveredAt - b.deliveredAt)).toEqual([
      { guid: 'lost', channel: 'webhook', event: 'issue_comment', deliveredAt: NOW - 2 * HOUR, takenAt: null, format: 'json', body: '{"guid":"lost"}' },
      { guid: 'refused', channel: 'webhook', event: 'pull_request', deliveredAt: NOW - HOUR, takenAt: null, format: 'json', body: '{"guid":"refused"}' },
    ]);
    expect(await openGaps(site)).toEqual([]);
    expect(await deliveriesRow(site)).toEqual({ expected: 3, stored: 3, healed: 2, openGaps: 0 });
  });

  test('is walked over all its pages the first time, and then only back to where it was compared, with overlap', async () => {
    const site = await aSite();
    site.app.add(...Array.from({ length: 10 }, (_, index) => ({ guid: `old-${index}`, deliveredAt: NOW - DAY - index * HOUR })));

    expect((await healDeliveries(site)).pages).toBe(4);
    site.clock.set(NOW + HOUR);
    site.app.add({ guid: 'new', deliveredAt: NOW + 30 * MINUTE }, { guid: 'late', deliveredAt: NOW - 10 * MINUTE });
    const again = await healDeliveries(site);

    expect(again).toMatchObject({ pages: 1, compared: 2, healed: 2 });
    expect(await deliveriesRow(site)).toMatchObject({ expected: 12, stored: 12, healed: 12 });
  });

  test('asks for nothing twice that the inbox holds, and counts nothing twice', async () => {
    const site = await aSite();
    site.app.add({ guid: 'a', deliveredAt: NOW - MINUTE }, { guid: 'b', deliveredAt: NOW - 2 * MINUTE });
    await site.inbox.store([arrived('a', NOW - MINUTE)]);
    await healDeliveries(site);
    site.app.calls.length = 0;

    site.clock.set(NOW + 10 * MINUTE);
    await healDeliveries(site);

    expect(site.app.calls).toEqual(['log']);
    expect(await deliveriesRow(site)).toEqual({ expected: 2, stored: 2, healed: 1, openGaps: 0 });
  });

  test('is compared by two processes at once as by one', async () => {
    const site = await aSite();
    site.app.add(...Array.from({ length: 20 }, (_, index) => ({ guid: `g${index}`, deliveredAt: NOW - index * MINUTE })));
    await site.inbox.store([arrived('g3', NOW - 3 * MINUTE)]);

    await Promise.all([healDeliveries(site), healDeliveries(site)]);

    expect(await deliveriesRow(site)).toEqual({ expected: 20, stored: 20, healed: 19, openGaps: 0 });
    expect(await site.inbox.byGuid(Array.from({ length: 20 }, (_, index) => `g${index}`))).toHaveLength(20);
  });

  test('is compared to its end after a comparison that broke off in the middle', async () => {
    const site = await aSite();
    site.app.add(...Array.from({ length: 9 }, (_, index) => ({ guid: `g${index}`, deliveredAt: NOW - index * HOUR })));
    const noAnswer = (): Promise<never> => Promise.reject(new NarrowsError('github-failed', 'no answer'));
    const breaking = {
      deliveryLog: (cursor: string | null) => (cursor === null ? site.app.deliveryLog(null) : noAnswer()),
      deliveredPayload: (id: string) => site.app.deliveredPayload(id),
      redeliver: noAnswer,
    };

    await expect(healDeliveries({ ...site, app: breaking })).rejects.toMatchObject({ code: 'github-failed' });
    expect(await deliveriesRow(site)).toMatchObject({ expected: 3 });
    await healDeliveries(site);

    expect(await deliveriesRow(site)).toEqual({ expected: 9, stored: 9, healed: 9, openGaps: 0 });
  });
});

describe('a delivery without a payload in the log', () => {
  test('is asked for again, is an open gap until it comes, and then has the time of its first attempt', async () => {
    const site = await aSite();
    site.app.add({ guid: 'empty', deliveredAt: NOW - HOUR, payload: null, event: 'push', action: null });

    expect(await healDeliveries(site)).toMatchObject({ healed: 0, missing: 1, asked: 1 });
    expect(await openGaps(site)).toMatchObject([{ id: 'deliveries:empty', event: 'push', repositoryId: '7', fromAt: NOW - HOUR, missing: 1, reason: expect.stringContaining('asked to deliver it again') }]);
    expect(await deliveriesRow(site)).toEqual({ expected: 1, stored: 0, healed: 0, openGaps: 1 });

    await site.inbox.store([{ ...arrived('empty', NOW + 5 * MINUTE), event: 'push' }]);
    site.app.add({ guid: 'empty', deliveredAt: NOW + 5 * MINUTE, isRedelivery: true, payload: null, event: 'push', action: null });
    site.clock.set(NOW + 10 * MINUTE);

    expect(await healDeliveries(site)).toMatchObject({ healed: 1, missing: 0, asked: 0 });
    expect(await openGaps(site)).toEqual([]);
    expect((await site.inbox.byGuid(['empty']))[0]?.deliveredAt).toBe(NOW - HOUR);
    expect(await deliveriesRow(site)).toEqual({ expected: 1, stored: 1, healed: 1, openGaps: 0 });
  });

  test('is asked for four times at growing distances, and stays a gap that says why when the log has forgotten it', async () => {
    const site = await aSite();
    site.app.add({ guid: 'never', deliveredAt: NOW - HOUR, payload: null });
    const askedAt: number[] = [];
    site.app.onRedeliver = () => Promise.resolve(void askedAt.push(site.clock.now()));

    for (let at = NOW; at < NOW + 4 * DAY; at += at < NOW + 3 * HOUR ? 5 * MINUTE : 6 * HOUR) {
      site.clock.set(at);
      await healDeliveries(site);
    }

    expect(askedAt.map((at) => (at - NOW) / MINUTE)).toEqual([0, 10, 30, 70]);
    expect(await openGaps(site)).toMatchObject([{ id: 'deliveries:never', reason: 'It did not arrive, GitHub kept no payload of it, and its log no longer holds it.' }]);
    expect(await site.healing.missing()).toEqual([]);
    expect(await deliveriesRow(site)).toEqual({ expected: 1, stored: 0, healed: 0, openGaps: 1 });
  });

  test('does not hold up the others, also where asking for it fails for ever', async () => {
    const site = await aSite();
    const failing = new NarrowsError('github-failed', 'GitHub could not answer.');
    site.app.add({ guid: 'broken', deliveredAt: NOW - HOUR, payload: failing }, { guid: 'lost', deliveredAt: NOW - 2 * HOUR });

    expect(await healDeliveries(site)).toMatchObject({ healed: 1, missing: 1 });
    expect((await openGaps(site)).map(({ id }) => id)).toEqual(['deliveries:broken']);
  });

  test('is not taken for lost when GitHub answers nothing at all', async () => {
    const site = await aSite();
    const app = new LoggedApp(site.clock, 100);
    app.add(...Array.from({ length: 12 }, (_, index) => ({ guid: `g${index}`, deliveredAt: NOW - index * MINUTE, payload: new NarrowsError('github-failed', 'no answer') })));

    await expect(healDeliveries({ ...site, app })).rejects.toMatchObject({ code: 'github-failed' });

    expect(app.calls.filter((call) => call.startsWith('redeliver'))).toEqual([]);
    expect(await openGaps(site)).toEqual([]);
  });
});

describe('a redelivery', () => {
  test('that somebody asked GitHub for by hand gives the delivery the time of its first attempt', async () => {
    const site = await aSite();
    site.app.add({ guid: 'g', deliveredAt: NOW - DAY, isAccepted: false }, { guid: 'between-1', deliveredAt: NOW - 2 * HOUR }, { guid: 'between-2', deliveredAt: NOW - HOUR }, { guid: 'g', deliveredAt: NOW - MINUTE, isRedelivery: true });
    await site.inbox.store([arrived('g', NOW - MINUTE), arrived('between-1', NOW - 2 * HOUR), arrived('between-2', NOW - HOUR)]);

    await healDeliveries(site);

    expect((await site.inbox.byGuid(['g']))[0]?.deliveredAt).toBe(NOW - DAY);
    expect(await deliveriesRow(site)).toEqual({ expected: 3, stored: 3, healed: 0, openGaps: 0 });
  });

  test('in time changes nothing: clocks differ by seconds', async () => {
    const site = await aSite();
    site.app.add({ guid: 'g', deliveredAt: NOW - MINUTE - 2_000 }, { guid: 'g', deliveredAt: NOW - MINUTE, isRedelivery: true });
    await site.inbox.store([arrived('g', NOW - MINUTE)]);

    await healDeliveries(site);

    expect((await site.inbox.byGuid(['g']))[0]?.deliveredAt).toBe(NOW - MINUTE);
  });
});

describe('being off for longer than the log reaches back', () => {
  test('is a gap from the last comparison to where the log begins, once', async () => {
    const site = await aSite();
    await healDeliveries(site);
    site.clock.set(NOW + 5 * DAY);
    site.app.add({ guid: 'forgotten', deliveredAt: NOW + DAY }, { guid: 'kept', deliveredAt: NOW + 3 * DAY });

    await healDeliveries(site);
    site.clock.set(NOW + 5 * DAY + 10 * MINUTE);
    await healDeliveries(site);

    expect(await openGaps(site)).toMatchObject([{ id: `outage:${NOW}`, repositoryId: null, kind: 'deliveries', fromAt: NOW, toAt: NOW + 2 * DAY, missing: null, reason: expect.stringContaining('pushes') }]);
    expect((await site.inbox.byGuid(['forgotten', 'kept'])).map(({ guid }) => guid)).toEqual(['kept']);
  });

  test('is none up to three days, nor where the log of an Enterprise Server reaches back further', async () => {
    const site = await aSite();
    await healDeliveries(site);
    site.clock.set(NOW + 3 * DAY);
    await healDeliveries(site);
    const server = await aSite();
    await healDeliveries(server);
    server.clock.set(NOW + 6 * DAY);
    const page = { deliveries: [{ id: '1', guid: 'old', event: 'push', action: null, deliveredAt: NOW - HOUR, isRedelivery: false, isAccepted: true, repositoryId: null, installationId: null }], next: null };
    const app = { deliveryLog: () => Promise.resolve(page), deliveredPayload: () => Promise.resolve('{}'), redeliver: () => Promise.resolve() };

    await healDeliveries({ ...server, app });

    expect(await openGaps(site)).toEqual([]);
    expect(await openGaps(server)).toEqual([]);
  });
});
