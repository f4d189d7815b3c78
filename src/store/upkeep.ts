import type { Upkeep } from '#src/domain/store.ts';
import type { Database } from './database.ts';
import { bodyBytes, deflatedBody, firstBytes } from './deliveries.ts';
import type { Handle } from './dialect.ts';
import { FOLDED_MARK, readMark } from './marks.ts';

/** How far compression has come. */
const COMPACTED_MARK = 'compacted';

/** A step of compression: at most so many bodies, and no further one once so many bytes are read. */
const BODIES_A_STEP = 64;
const BYTES_A_STEP = 4 * 2 ** 20;

/** Deliveries forgotten in one step. */
const FORGOTTEN_A_STEP = 500;

/** The inbox's upkeep over a database: short transactions, so that storing never waits long for one. */
export class DatabaseUpkeep implements Upkeep {
  readonly #inbox: Database;
  readonly #facts: Database;

  constructor(inbox: Database, facts: Database) {
    this.#inbox = inbox;
    this.#facts = facts;
  }

  async compact(): Promise<boolean> {
    const ids = await this.#nextToCompact();
    const last = ids.at(-1);
    if (last === undefined) return false;
    const { handle, dialect } = this.#inbox;
    const rows = await handle.selectFrom('deliveries').select(['id', 'body']).where(dialect.isOneOf('id', ids)).where('encoding', '=', 'identity').execute();
    const deflated = rows.map(({ id, body }) => ({ id, body: deflatedBody(body) }));
    await this.#inbox.transact(async (transaction) => {
      for (const { id, body } of deflated) {
        if (body !== null) await transaction.updateTable('deliveries').set({ body, encoding: 'deflate' }).where('id', '=', id).execute();
      }
      await setCompacted(transaction, last);
    });
    return true;
  }

  /** Deliveries that were folded, which hardly anyone reads again. */
  async #nextToCompact(): Promise<number[]> {
    const { handle } = this.#inbox;
    const mark = await handle.selectFrom('inbox_marks').select('value').where('name', '=', COMPACTED_MARK).executeTakeFirst();
    const rows = await handle
      .selectFrom('deliveries')
      .select(['id', bodyBytes()])
      .where('id', '>', mark?.value ?? 0)
      .where('id', '<=', await readMark(this.#facts.handle, FOLDED_MARK))
      .orderBy('id')
      .limit(BODIES_A_STEP)
      .execute();
    return firstBytes(rows, BYTES_A_STEP).map(({ id }) => id);
  }

  async forget(storedBeforeAt: number): Promise<boolean> {
    const ended = await this.#facts.handle
      .selectFrom('delivery_outcomes')
      .select('delivery_id')
      .where('outcome', '!=', 'dead')
      .orderBy('delivery_id')
      .limit(FORGOTTEN_A_STEP)
      .execute();
    const ids = ended.map((row) => row.delivery_id);
    const { handle, dialect } = this.#inbox;
    const young = await handle.selectFrom('deliveries').select('id').where(dialect.isOneOf('id', ids)).where('stored_at', '>=', storedBeforeAt).execute();
    const kept = new Set(young.map(({ id }) => id));
    const forgotten = ids.filter((id) => !kept.has(id));
    if (forgotten.length === 0) return false;
    await this.#forgetAll(forgotten);
    return forgotten.length === FORGOTTEN_A_STEP;
  }

  /** First the deliveries, then their outcomes: an outcome without its delivery goes with the next step, a delivery without its outcome would be folded again. */
  async #forgetAll(ids: readonly number[]): Promise<void> {
    await this.#inbox.transact(async (transaction) => {
      const { dialect } = this.#inbox;
      await transaction.deleteFrom('rereads').where(dialect.isOneOf('delivery_id', ids)).execute();
      await transaction.deleteFrom('deliveries').where(dialect.isOneOf('id', ids)).execute();
    });
    await this.#facts.handle.deleteFrom('delivery_outcomes').where(this.#facts.dialect.isOneOf('delivery_id', ids)).execute();
  }
}

async function setCompacted(transaction: Handle, value: number): Promise<void> {
  await transaction
    .insertInto('inbox_marks')
    .values({ name: COMPACTED_MARK, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}
