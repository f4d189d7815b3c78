import type { Clock } from '#src/core/clock.ts';
import { storableText } from '#src/core/text.ts';
import type { Delivery, StoredDelivery } from '#src/domain/delivery.ts';
import type { Inbox } from '#src/domain/store.ts';
import type { Database } from './database.ts';
import { DELIVERY_COLUMNS, deliveryRow, firstBytes, storedDelivery } from './deliveries.ts';
import type { Handle } from './dialect.ts';
import { insertRows } from './rows.ts';

const INSERTED = ['guid', 'channel', 'event', 'delivered_at', 'taken_at', 'format', 'encoding', 'body', 'stored_at'] as const;

/** Bodies sent in one statement, bytes: PostgreSQL takes no message of a gigabyte. */
const BYTES_A_STATEMENT = 32 * 2 ** 20;

/** The inbox over a database. Each `storeAll` is one transaction; `GroupedInbox` makes few of many. */
export class DatabaseInbox implements Inbox {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async store(deliveries: readonly Delivery[]): Promise<number> {
    const [count] = await this.storeAll([deliveries]);
    return count ?? 0;
  }

  /** Stores several batches in one transaction: all of them or none. Resolves to how many of each were new. */
  async storeAll(batches: readonly (readonly Delivery[])[]): Promise<number[]> {
    const first = new Map<string, Omit<Delivery, 'id'>>();
    const counts = batches.map(() => 0);
    const owner = new Map<string, number>();
    for (const [index, batch] of batches.entries()) {
      for (const delivery of batch) {
        const guid = storableText(delivery.guid);
        const known = first.get(guid);
        if (known === undefined) owner.set(guid, index);
        const isEarlier = known !== undefined && delivery.deliveredAt < known.deliveredAt;
        if (known === undefined) first.set(guid, delivery);
        else if (isEarlier) first.set(guid, { ...known, deliveredAt: delivery.deliveredAt });
      }
    }
    if (first.size === 0) return counts;
    const inserted = await this.#write([...first.values()]);
    for (const guid of inserted) {
      const index = owner.get(guid) ?? 0;
      counts[index] = (counts[index] ?? 0) + 1;
    }
    return counts;
  }

  async #write(deliveries: readonly Delivery[]): Promise<string[]> {
    const storedAt = this.#clock.now();
    const rows = deliveries.map((delivery) => deliveryRow(delivery, storedAt));
    const { dialect } = this.#database;
    return this.#database.transact(async (transaction) => {
      await dialect.announceInsert(transaction);
      const into = { table: 'deliveries', columns: INSERTED, onConflict: { key: ['guid'], then: 'keep' }, returning: 'guid' } as const;
      const inserted = new Set<string>();
      for (let left = rows.map((row) => ({ row, bytes: row.body.byteLength })); left.length > 0; ) {
        const some = firstBytes(left, BYTES_A_STATEMENT);
        left = left.slice(some.length);
        for (const guid of await insertRows(this.#database, transaction, into, some.map(({ row }) => row))) inserted.add(String(guid));
      }
      for (const row of rows) if (!inserted.has(row.guid)) await deliveredEarlier(transaction, row);
      return [...inserted];
    });
  }

  async byGuid(guids: readonly string[]): Promise<StoredDelivery[]> {
    if (guids.length === 0) return [];
    const rows = await this.#database.handle
      .selectFrom('deliveries')
      .select(DELIVERY_COLUMNS)
      .where(this.#database.dialect.isOneOf('guid', guids.map(storableText)))
      .orderBy('id')
      .execute();
    return rows.map(storedDelivery);
  }

  async close(): Promise<void> {
    await this.#database.close();
  }
}

/** GitHub delivered it before we thought: what follows from the time is made again. */
async function deliveredEarlier(transaction: Handle, row: { readonly guid: string; readonly delivered_at: number }): Promise<void> {
  const lowered = await transaction
    .updateTable('deliveries')
    .set({ delivered_at: row.delivered_at })
    .where('guid', '=', row.guid)
    .where('delivered_at', '>', row.delivered_at)
    .returning('id')
    .execute();
  for (const { id } of lowered) await transaction.insertInto('rereads').values({ delivery_id: id }).execute();
}
