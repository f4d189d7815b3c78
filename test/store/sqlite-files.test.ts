import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { Database } from '#src/store/database.ts';
import { sqliteDialect, type SqliteOptions } from '#src/store/dialect.ts';
import { openStore } from '#src/store/store.ts';
import { cappedInbox } from '#test/support/capped-inbox.ts';
import { aDelivery, clock, foldAll } from './builders.ts';

const closing: (() => Promise<void>)[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'narrows-files-'));
  folders.push(folder);
  return folder;
}

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

describe('the files of a store', () => {
  test('are readable by their owner alone, in a folder that is too', async () => {
    const dataDir = join(freshFolder(), 'deep', 'data');
    const store = await openStore({ dataDir, databaseUrl: null, clock });
    closing.push(() => store.close());
    await store.inbox.store([aDelivery('a')]);
    await foldAll(store);

    const files = readdirSync(dataDir).sort();

    expect(modeOf(dataDir)).toBe('700');
    expect(files).toEqual(['facts.sqlite', 'facts.sqlite-shm', 'facts.sqlite-wal', 'inbox.sqlite', 'inbox.sqlite-shm', 'inbox.sqlite-wal']);
    expect(files.map((file) => modeOf(join(dataDir, file)))).toEqual(Array(6).fill('600'));
  });

  test('keep the rights that an operator gave them', async () => {
    const dataDir = freshFolder();
    chmodSync(dataDir, 0o750);
    writeFileSync(join(dataDir, 'facts.sqlite'), '', { mode: 0o640 });

    const store = await openStore({ dataDir, databaseUrl: null, clock });
    closing.push(() => store.close());

    expect([modeOf(dataDir), modeOf(join(dataDir, 'facts.sqlite'))]).toEqual(['750', '640']);
  });

  test.each([
    ['full', 2],
    ['normal', 1],
  ] as const)('commit with durability %s as SQLite means it', async (durability, synchronous) => {
    const database = await openFile({ path: join(freshFolder(), 'x.sqlite'), durability, pageSize: 4096 });

    const pragma = async (name: string): Promise<unknown> => Object.values((await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(database.handle)).rows[0] ?? {})[0];

    expect([await pragma('journal_mode'), await pragma('synchronous'), await pragma('busy_timeout'), await pragma('page_size')]).toEqual(['wal', synchronous, 15_000, 4096]);
  });

  test('that are no database are refused with what to do', async () => {
    const dataDir = freshFolder();
    writeFileSync(join(dataDir, 'inbox.sqlite'), 'this is a text, and long enough to be read as a header '.repeat(40));

    await expect(openStore({ dataDir, databaseUrl: null, clock })).rejects.toMatchObject({ code: 'storage-failed', message: expect.stringContaining('not a database') });
  });

  test('that cannot be made are refused with what to do', async () => {
    const folder = freshFolder();
    writeFileSync(join(folder, 'file'), '');

    await expect(openStore({ dataDir: join(folder, 'file', 'data'), databaseUrl: null, clock })).rejects.toMatchObject({ code: 'storage-failed', message: expect.stringContaining(folder) });
    mkdirSync(join(folder, 'inbox.sqlite'));
    await expect(openStore({ dataDir: folder, databaseUrl: null, clock })).rejects.toMatchObject({ code: 'storage-failed' });
  });
});

describe('a full disk', () => {
  test('refuses whole batches with storage-full, and takes them once there is room', async () => {
    const { inbox, setRoom } = await openCapped();
    await inbox.store([aDelivery('small')]);
    await setRoom('none');
    const large = { body: randomBytes(100_000) };

    await expect(inbox.store([aDelivery('tiny'), aDelivery('large', large)])).rejects.toMatchObject({ code: 'storage-full' });
    expect((await inbox.byGuid(['small', 'tiny', 'large'])).map(({ guid }) => guid)).toEqual(['small']);
    await expect(inbox.store([aDelivery('large', large)])).rejects.toMatchObject({ code: 'storage-full' });

    await setRoom('plenty');
    expect(await inbox.store([aDelivery('tiny'), aDelivery('large', large)])).toBe(2);
  });

  test('refuses all calls that share a transaction, and each of them', async () => {
    const { inbox, setRoom } = await openCapped();
    await setRoom('none');

    const results = await Promise.allSettled(['a', 'b'].map((guid) => inbox.store([aDelivery(guid, { body: randomBytes(100_000) })])));

    expect(results).toMatchObject(Array(2).fill({ status: 'rejected', reason: { code: 'storage-full' } }));
    expect(await inbox.byGuid(['a', 'b'])).toEqual([]);
  });

  async function openCapped(): ReturnType<typeof cappedInbox> {
    const capped = await cappedInbox(freshFolder());
    closing.push(() => capped.inbox.close());
    return capped;
  }
});

async function openFile(options: SqliteOptions): Promise<Database> {
  const database = new Database(await sqliteDialect(options));
  closing.push(() => database.close());
  await sql`select 1`.execute(database.handle);
  return database;
}
