import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { standingClock } from '#src/core/clock.ts';
import type { Delivery } from '#src/domain/delivery.ts';
import type { Inbox } from '#src/domain/store.ts';
import { openInbox as openInThisThread } from '#src/store/inbox-thread.ts';

/** The built module: only from it the inbox runs in a thread of its own. `npm test` builds before it tests. */
const BUILT = new URL('../../dist/src/store/inbox-thread.js', import.meta.url).href;

const NOW = Date.parse('2026-03-02T09:30:00Z');
const MEBIBYTE = 2 ** 20;

let dataDir: string;
let inbox: Inbox;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'narrows-thread-'));
  const built: { openInbox: typeof openInThisThread } = await import(BUILT);
  inbox = await built.openInbox({ dataDir, databaseUrl: null, clock: standingClock(NOW) });
});
afterEach(async () => {
  await inbox.close();
  rmSync(dataDir, { recursive: true });
});

function aDelivery(guid: string, body: Uint8Array): Delivery {
  return { guid, channel: 'webhook', event: 'push', deliveredAt: NOW, takenAt: null, format: 'json', body };
}

function digest(body: Uint8Array): string {
  return `${body.length} ${createHash('sha256').update(body).digest('hex')}`;
}

/** What another process finds, by GUID: how long each body is, and its digest. */
async function onDisk(guids: readonly string[]): Promise<Record<string, string>> {
  const other = await openInThisThread({ dataDir, databaseUrl: null, clock: standingClock(NOW) });
  const stored = await other.byGuid(guids).finally(() => other.close());
  return Object.fromEntries(stored.map(({ guid, body }) => [guid, digest(body)]));
}

describe("the inbox's thread", () => {
  test('keeps every body apart from those that are carried over with it and after it', async () => {
    const bodies = new Map(Array.from({ length: 600 }, (_, place) => [`d-${place}`, randomBytes(1 + ((place * 7919) % 20_000))]));
    const waiting = [...bodies];
    const sender = async (_: unknown, place: number): Promise<void> => {
      for (let turn = 0; turn < place; turn += 1) await new Promise(setImmediate);
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await inbox.store([aDelivery(...next)]);
    };

    await Promise.all(Array.from({ length: 40 }, sender));

    expect(await onDisk([...bodies.keys()])).toEqual(Object.fromEntries([...bodies].map(([guid, body]) => [guid, digest(body)])));
  });

  test('takes bodies of any size, small ones at once with great ones, again and again', async () => {
    const sizes = [0, 1, MEBIBYTE, 2 * MEBIBYTE - 1, 2 * MEBIBYTE, 2 * MEBIBYTE + 1, 9 * MEBIBYTE];
    const bodies = new Map([1, 2, 3].flatMap((round) => sizes.map((size) => [`${round}-${size}`, randomBytes(size)] as const)));

    for (const round of [1, 2, 3]) {
      await Promise.all([...bodies].filter(([guid]) => guid.startsWith(`${round}-`)).map((delivery) => inbox.store([aDelivery(...delivery)])));
    }

    expect(await onDisk([...bodies.keys()])).toEqual(Object.fromEntries([...bodies].map(([guid, body]) => [guid, digest(body)])));
  });

  test('says what keeps it from opening', async () => {
    const built: { openInbox: typeof openInThisThread } = await import(BUILT);
    writeFileSync(join(dataDir, 'file'), '');

    const opening = built.openInbox({ dataDir: join(dataDir, 'file', 'data'), databaseUrl: null, clock: standingClock(NOW) });

    await expect(opening).rejects.toMatchObject({ code: 'storage-failed', message: expect.stringContaining(dataDir) });
  });

  test('tells each call how many of its own deliveries were new', async () => {
    const [one, two] = [aDelivery('one', randomBytes(10)), aDelivery('two', randomBytes(10))];

    const counts = await Promise.all([inbox.store([one]), inbox.store([one, two]), inbox.store([]), inbox.store([two])]);

    expect(counts).toEqual([1, 1, 0, 0]);
  });

  test('stores what was asked for before it was closed, though it still waits for others', async () => {
    const guids = Array.from({ length: 30 }, (_, place) => `late-${place}`);
    const [great, small] = [randomBytes(8 * MEBIBYTE), randomBytes(100)];
    const stored = guids.map(async (guid, place) => {
      for (let turn = 0; turn < place; turn += 1) await new Promise(setImmediate);
      return inbox.store([aDelivery(guid, place < 2 ? great : small)]);
    });
    for (const _ of guids) await new Promise(setImmediate);

    await inbox.close();

    expect(Object.keys(await onDisk(guids))).toHaveLength(guids.length);
    expect(await Promise.all(stored)).toEqual(guids.map(() => 1));
  });
});
