import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { standingClock } from '#src/core/clock.ts';
import type { NewMail } from '#src/domain/outbox.ts';
import type { Store } from '#src/domain/store.ts';
import { openStore, type StoreOptions } from '#src/store/store.ts';
import { startPostgres, type TestPostgres } from '#test/support/postgres.ts';

const NOW = Date.UTC(2025, 10, 24, 7);
const clock = standingClock(NOW);
const folders: string[] = [];
let server: TestPostgres;

beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterAll(async () => {
  await server.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const ENGINES = {
  SQLite() {
    const folder = mkdtempSync(join(tmpdir(), 'narrows-outbox-'));
    folders.push(folder);
    return Promise.resolve({ dataDir: folder, databaseUrl: null });
  },
  PostgreSQL: async () => ({ dataDir: '/nowhere', databaseUrl: await server.freshDatabase() }),
} satisfies Record<string, () => Promise<Omit<StoreOptions, 'clock'>>>;

const KEY = { team: 'payments', recipient: 'lead@example.com', week: '2025-W47' };

function aMail(rest: Partial<NewMail> = {}): NewMail {
  return { ...KEY, messageId: '<one@example.com>', sender: 'narrows@example.com', message: Buffer.from([1, 0, 255]), ...rest };
}

describe.each(Object.entries(ENGINES))('an outbox on %s', (_name, freshPlace) => {
  let place: Omit<StoreOptions, 'clock'>;
  let store: Store;
  const opened: Store[] = [];
  const open = async (): Promise<Store> => {
    const another = await openStore({ ...place, clock });
    opened.push(another);
    return another;
  };

  beforeEach(async () => {
    clock.set(NOW);
    place = await freshPlace();
    store = await open();
  });
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
  });

  test('takes a mail once for a team, a recipient and a week, and keeps the first', async () => {
    const added = [await store.outbox.enqueue(aMail()), await store.outbox.enqueue(aMail({ messageId: '<other@example.com>' })), await store.outbox.enqueue(aMail({ week: '2025-W48' }))];

    expect(added).toEqual([true, false, true]);
    expect(await store.outbox.line(KEY)).toMatchObject({ state: 'queued', messageId: '<one@example.com>', attempts: 0, dueAt: NOW });
    expect(await store.outbox.lines(0)).toHaveLength(2);
  });

  test('gives a mail to one of many that ask at once, byte for byte', async () => {
    await store.outbox.enqueue(aMail());
    const other = await open();

    const claims = await Promise.all([store, other, store, other].map(({ outbox }) => outbox.claim(60)));

    const held = claims.filter((mail) => mail !== null);
    expect(held).toHaveLength(1);
    expect([...(held[0]?.message ?? [])]).toEqual([1, 0, 255]);
    expect(held[0]).toMatchObject({ ...KEY, sender: 'narrows@example.com', attempt: 1 });
  });

  test('gives a mail that was not handed over to another when the hold runs out, and the first can do nothing more with it', async () => {
    await store.outbox.enqueue(aMail());
    const first = await store.outbox.claim(60);
    clock.set(NOW + 59_999);
    const tooEarly = await store.outbox.claim(60);
    clock.set(NOW + 60_000);
    const second = await store.outbox.claim(60);

    const mayHandOver = first !== null && (await store.outbox.handOver(first, 60));
    if (first !== null) await store.outbox.settle(first, { state: 'failed', reason: 'of the first' });

    expect([tooEarly, second?.attempt, mayHandOver]).toEqual([null, 2, false]);
    expect(await store.outbox.line(KEY)).toMatchObject({ state: 'sending', attempts: 2, reason: null });
  });

  test('never gives a mail again that was handed over, and calls it unconfirmed when no result comes', async () => {
    await store.outbox.enqueue(aMail());
    const mail = await store.outbox.claim(60);
    const mayHandOver = mail !== null && (await store.outbox.handOver(mail, 60));
    clock.set(NOW + 59_999);
    const early = await store.outbox.giveUp('gone');
    clock.set(NOW + 86_400_000);

    const given = await store.outbox.giveUp('gone');

    expect([mayHandOver, early, await store.outbox.claim(60)]).toEqual([true, [], null]);
    expect(given).toMatchObject([{ ...KEY, state: 'unconfirmed', reason: 'gone' }]);
    expect(await store.outbox.giveUp('gone')).toEqual([]);
  });

  test('believes an answer that comes after all', async () => {
    await store.outbox.enqueue(aMail());
    const mail = await store.outbox.claim(60);
    if (mail === null) throw new Error('nothing was due');
    await store.outbox.handOver(mail, 60);
    clock.set(NOW + 60_000);
    await store.outbox.giveUp('gone');

    await store.outbox.settle(mail, { state: 'sent' });

    expect(await store.outbox.line(KEY)).toMatchObject({ state: 'sent', reason: null });
    expect(await store.outbox.again(KEY)).toBe(false);
  });

  test('gives a mail that is to be tried later when that time has come, and one that failed when it is asked for again', async () => {
    await store.outbox.enqueue(aMail());
    const mail = await store.outbox.claim(60);
    if (mail === null) throw new Error('nothing was due');
    await store.outbox.settle(mail, { state: 'queued', dueAt: NOW + 5_000, reason: 'try later' });
    const early = await store.outbox.claim(60);
    clock.set(NOW + 5_000);
    const second = await store.outbox.claim(60);
    if (second === null) throw new Error('nothing was due');
    await store.outbox.settle(second, { state: 'failed', reason: 'no such mailbox' });
    const ended = await store.outbox.claim(60);

    const isBack = await store.outbox.again(KEY);

    expect([early, second.attempt, ended, isBack]).toEqual([null, 2, null, true]);
    expect((await store.outbox.claim(60, KEY))?.attempt).toBe(3);
  });

  test('takes one mail out of the order when it is asked for', async () => {
    await store.outbox.enqueue(aMail({ team: 'access' }));
    await store.outbox.enqueue(aMail());

    expect((await store.outbox.claim(60, KEY))?.team).toBe('payments');
    expect(await store.outbox.claim(60, KEY)).toBeNull();
  });

  test('lists what is under way and what ended lately', async () => {
    await store.outbox.enqueue(aMail());
    const mail = await store.outbox.claim(60);
    if (mail === null) throw new Error('nothing was due');
    await store.outbox.settle(mail, { state: 'sent' });
    clock.set(NOW + 10);
    await store.outbox.enqueue(aMail({ week: '2025-W48' }));

    expect((await store.outbox.lines(NOW)).map(({ week }) => week)).toEqual(['2025-W47', '2025-W48']);
    expect((await store.outbox.lines(NOW + 20)).map(({ week }) => week)).toEqual(['2025-W48']);
  });

  test('a lease has one holder at a time, until it runs out or is given back', async () => {
    const other = await open();
    const both = await Promise.all([store.leases.acquire('mails', 'a', 60), other.leases.acquire('mails', 'b', 60)]);
    const [holder, waiting] = both[0] ? ['a', 'b'] : ['b', 'a'];
    const prolonged = await other.leases.acquire('mails', holder, 60);
    clock.set(NOW + 59_999);
    const refused = await store.leases.acquire('mails', waiting, 60);
    clock.set(NOW + 60_000);
    const taken = await store.leases.acquire('mails', waiting, 60);
    await store.leases.release('mails', holder);
    const stillTaken = await store.leases.acquire('mails', holder, 60);
    await store.leases.release('mails', waiting);

    expect(both.filter(Boolean)).toHaveLength(1);
    expect([prolonged, refused, taken, stillTaken]).toEqual([true, false, true, false]);
    expect(await store.leases.acquire('mails', holder, 60)).toBe(true);
  });

  test('a schedule remembers the first instant of a name until the name is forgotten', async () => {
    const { scheduleMarks } = store;
    const kept = [await scheduleMarks.keepFirst('recipient a', 5), await scheduleMarks.keepFirst('recipient a', 9), await scheduleMarks.keepFirst('data', 1)];

    await scheduleMarks.forgetExcept('recipient ', ['recipient b']);

    expect(kept).toEqual([5, 5, 1]);
    expect([await scheduleMarks.keepFirst('recipient a', 9), await scheduleMarks.keepFirst('data', 2)]).toEqual([9, 1]);
  });
});
