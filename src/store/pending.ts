import type { DeliveryOutcome } from '#src/domain/delivery.ts';
import type { Database } from './database.ts';
import type { Handle } from './dialect.ts';
import { advanceMark, FOLDED_MARK, readMark } from './marks.ts';
import { chunks } from './rows.ts';

/** Ids looked at in one statement. */
const IDS_AT_ONCE = 2_000;

/** What a fold settles: `mark` inside its transaction, `confirm` once that is committed. */
export interface Settling {
  mark(transaction: Handle): Promise<void>;
  confirm(): Promise<void>;
}

/**
 * Which deliveries are still to be folded: those without an outcome above the mark, then those to be read again.
 *
 * The mark only saves looking: it moves to just before the first delivery that this process has seen
 * without an outcome, and never past an id below which another may still appear (on PostgreSQL
 * transactions take ids in one order and commit in another).
 */
export class PendingDeliveries {
  readonly #inbox: Database;
  readonly #facts: Database;
  /** Deliveries seen without an outcome, in order. */
  #open: number[] = [];
  /** All deliveries up to here were seen. */
  #seenThrough = 0;
  /** No delivery appears below this any more. */
  #settledThrough = 0;
  /** The rereads handed out, by delivery. */
  readonly #rereads = new Map<number, number[]>();

  constructor(inbox: Database, facts: Database) {
    this.#inbox = inbox;
    this.#facts = facts;
  }

  /** The ids of at most `limit` deliveries to fold. */
  async next(limit: number): Promise<number[]> {
    this.#settledThrough = (await this.#inbox.dialect.settledThrough(this.#inbox.handle)) ?? this.#settledThrough;
    const fresh = await this.#fresh(limit);
    const again = fresh.length < limit ? await this.#again(limit - fresh.length) : [];
    return [...new Set([...fresh, ...again])];
  }

  async #fresh(limit: number): Promise<number[]> {
    const mark = await readMark(this.#facts.handle, FOLDED_MARK);
    this.#open = [];
    this.#seenThrough = mark;
    while (this.#open.length < limit) {
      const ids = await this.#idsAfter(this.#seenThrough, Math.min(limit, IDS_AT_ONCE));
      const last = ids.at(-1);
      if (last === undefined) break;
      const folded = await this.#folded(ids);
      this.#open.push(...ids.filter((id) => !folded.has(id)));
      this.#seenThrough = last;
    }
    return this.#open.slice(0, limit);
  }

  async #idsAfter(after: number, limit: number): Promise<number[]> {
    const rows = await this.#inbox.handle
      .selectFrom('deliveries')
      .select('id')
      .where('id', '>', after)
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(({ id }) => id);
  }

  async #folded(ids: readonly number[]): Promise<Set<number>> {
    const rows = await this.#facts.handle
      .selectFrom('delivery_outcomes')
      .select('delivery_id')
      .where('delivery_id', '>=', ids[0] ?? 0)
      .where('delivery_id', '<=', ids.at(-1) ?? 0)
      .execute();
    return new Set(rows.map((row) => row.delivery_id));
  }

  async #again(limit: number): Promise<number[]> {
    const rows = await this.#inbox.handle
      .selectFrom('rereads')
      .innerJoin('deliveries', 'deliveries.id', 'rereads.delivery_id')
      .select(['rereads.id', 'rereads.delivery_id'])
      .orderBy('rereads.id')
      .limit(limit)
      .execute();
    for (const { id, delivery_id: delivery } of rows) this.#rereads.set(delivery, [...(this.#rereads.get(delivery) ?? []), id]);
    return rows.map((row) => row.delivery_id);
  }

  /** What folding these deliveries settles. */
  settledBy(outcomes: readonly DeliveryOutcome[]): Settling {
    const done = new Set(outcomes.map(({ deliveryId }) => deliveryId));
    const open = this.#open.filter((id) => !done.has(id));
    const mark = Math.min(open[0] === undefined ? this.#seenThrough : open[0] - 1, this.#settledThrough);
    return {
      mark: (transaction) => advanceMark(transaction, FOLDED_MARK, mark),
      confirm: async () => {
        this.#open = open;
        await this.#forgetRereads(outcomes);
      },
    };
  }

  async #forgetRereads(outcomes: readonly DeliveryOutcome[]): Promise<void> {
    const read = outcomes.flatMap(({ deliveryId }) => this.#rereads.get(deliveryId) ?? []);
    if (read.length === 0) return;
    await this.#inbox.handle.deleteFrom('rereads').where(this.#inbox.dialect.isOneOf('id', read)).execute();
    for (const { deliveryId } of outcomes) this.#rereads.delete(deliveryId);
  }

  /** Has deliveries read again: all that are kept, or those that came to one end. Resolves to their number. */
  async again(only: DeliveryOutcome['outcome'] | null): Promise<number> {
    let count = 0;
    for (let after = 0; ; ) {
      const ids = await this.#keptAfter(after, only);
      const last = ids.scanned.at(-1);
      if (last === undefined) return count;
      after = last;
      count += ids.kept.length;
      const rows = ids.kept.map((id) => ({ delivery_id: id }));
      await this.#inbox.transact(async (transaction) => {
        for (const chunk of chunks(rows, IDS_AT_ONCE / 2)) await transaction.insertInto('rereads').values(chunk).execute();
      });
    }
  }

  async #keptAfter(after: number, only: DeliveryOutcome['outcome'] | null): Promise<{ scanned: number[]; kept: number[] }> {
    if (only === null) {
      const ids = await this.#idsAfter(after, IDS_AT_ONCE);
      return { scanned: ids, kept: ids };
    }
    const ended = await this.#facts.handle
      .selectFrom('delivery_outcomes')
      .select('delivery_id')
      .where('outcome', '=', only)
      .where('delivery_id', '>', after)
      .orderBy('delivery_id')
      .limit(IDS_AT_ONCE)
      .execute();
    const scanned = ended.map((row) => row.delivery_id);
    if (scanned.length === 0) return { scanned, kept: [] };
    const rows = await this.#inbox.handle
      .selectFrom('deliveries')
      .select('id')
      .where(this.#inbox.dialect.isOneOf('id', scanned))
      .orderBy('id')
      .execute();
    return { scanned, kept: rows.map(({ id }) => id) };
  }
}
