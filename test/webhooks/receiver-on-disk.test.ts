import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { standingClock } from '#src/core/clock.ts';
import type { StoredDelivery } from '#src/domain/delivery.ts';
import type { Inbox } from '#src/domain/store.ts';
import { openInbox } from '#src/store/inbox-thread.ts';
import { deliveryOf, NOW, post, startReceiving, type Receiving } from './receiving.ts';

const clock = standingClock(NOW);
let dataDir: string;
let inbox: Inbox;
let receiving: Receiving;

beforeEach(async () => {
  clock.set(NOW);
  dataDir = mkdtempSync(join(tmpdir(), 'narrows-receiver-'));
  inbox = await openInbox({ dataDir, databaseUrl: null, clock });
  receiving = await startReceiving({ inbox, clock });
});
afterEach(async () => {
  await receiving.close();
  await inbox.close();
  rmSync(dataDir, { recursive: true });
});

/** Reads what another process would find at this moment. */
async function onDisk(guids: readonly string[]): Promise<StoredDelivery[]> {
  const other = await openInbox({ dataDir, databaseUrl: null, clock });
  return other.byGuid(guids).finally(() => other.close());
}

async function send(guid: string, body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): Promise<number> {
  return (await post(receiving.port, deliveryOf(body, { 'x-github-delivery': guid, ...headers }), [body])).status;
}

describe('a delivery answered 202', () => {
  test('is there for another process, byte for byte', async () => {
    const body = Uint8Array.from({ length: 70_000 }, (_, place) => (place * place) % 256);

    const status = await send('bytes', body);

    const [stored] = await onDisk(['bytes']);
    expect(status).toBe(202);
    expect(Buffer.from(stored?.body ?? []).equals(Buffer.from(body))).toBe(true);
    expect(stored).toMatchObject({ channel: 'webhook', event: 'pull_request', deliveredAt: NOW, takenAt: null, format: 'json' });
  });

  test('keeps the time of its first receipt when GitHub redelivers it', async () => {
    const first = await send('again', '{"one": 1}');
    clock.set(NOW + 3_600_000);
    const second = await send('again', '{"one": 1}');

    expect([first, second]).toEqual([202, 202]);
    expect(await onDisk(['again'])).toMatchObject([{ deliveredAt: NOW }]);
  });

  test('is one of many that came at once, JSON and form, each of them kept', async () => {
    const guids = Array.from({ length: 200 }, (_, place) => `many-${place}`);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };

    const statuses = await Promise.all(guids.map((guid, place) => send(guid, `payload=${place}`, place % 2 === 0 ? form : {})));

    const stored = await onDisk(guids);
    expect(new Set(statuses)).toEqual(new Set([202]));
    expect(new Map(stored.map(({ guid, format, body }) => [guid, `${format} ${Buffer.from(body).toString()}`]))).toEqual(
      new Map(guids.map((guid, place) => [guid, `${place % 2 === 0 ? 'form' : 'json'} payload=${place}`])),
    );
  });
});

test('a delivery that the store can take no more of is answered 503', async () => {
  await inbox.close();

  expect(await send('late', '{}')).toBe(503);
});
