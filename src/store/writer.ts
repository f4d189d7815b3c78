import type { Clock } from '#src/core/clock.ts';
import { storableText } from '#src/core/text.ts';
import type { DeliveryOutcome, HeldDelivery, StoredDelivery } from '#src/domain/delivery.ts';
import type { FactWriter, FoldBatch } from '#src/domain/store.ts';
import type { Database } from './database.ts';
import { bodyBytes, DELIVERY_COLUMNS, firstBytes, storedDelivery } from './deliveries.ts';
import type { Handle } from './dialect.ts';
import { foldAccounts } from './fold-accounts.ts';
import { foldPullRequests } from './fold-pull-requests.ts';
import { foldPushes } from './fold-pushes.ts';
import { foldRepositories } from './fold-repositories.ts';
import { foldTeams } from './fold-teams.ts';
import { PendingDeliveries } from './pending.ts';
import { insertRows } from './rows.ts';

const NOTHING_HELD: ReadonlyMap<string, HeldDelivery> = new Map();

/** Bodies read at once, bytes as stored: many batches of the usual size, or one body of the largest. */
const BYTES_AT_ONCE = 8 * 2 ** 20;

/** The facts over a database, fed from the inbox's. */
export class DatabaseFactWriter implements FactWriter {
  readonly #inbox: Database;
  readonly #facts: Database;
  readonly #clock: Clock;
  readonly #pending: PendingDeliveries;
  #endTurn: (() => Promise<void>) | null = null;

  constructor(inbox: Database, facts: Database, clock: Clock) {
    this.#inbox = inbox;
    this.#facts = facts;
    this.#clock = clock;
    this.#pending = new PendingDeliveries(inbox, facts);
  }

  async pending(limit: number, held: ReadonlyMap<string, HeldDelivery> = NOTHING_HELD): Promise<StoredDelivery[]> {
    this.#endTurn ??= await this.#facts.dialect.takeTurn();
    try {
      const ids = await this.#pending.next(limit);
      if (ids.length > 0) return await this.#read(ids, held);
      await this.#finishTurn();
      return [];
    } catch (error) {
      await this.#finishTurn();
      throw error;
    }
  }

  /** Reads the first of these deliveries, as many as are no burden to memory together. */
  async #read(ids: readonly number[], held: ReadonlyMap<string, HeldDelivery>): Promise<StoredDelivery[]> {
    const known = held.size === 0 ? [] : await this.#readHeld(ids, held);
    const found = new Set(known.map(({ id }) => id));
    const rest = ids.filter((id) => !found.has(id));
    if (rest.length === 0) return known;
    const { handle, dialect } = this.#inbox;
    const sizes = await handle.selectFrom('deliveries').select(['id', bodyBytes()]).where(dialect.isOneOf('id', rest)).orderBy('id').execute();
    const wanted = firstBytes(sizes, BYTES_AT_ONCE).map(({ id }) => id);
    const rows = await handle.selectFrom('deliveries').select(DELIVERY_COLUMNS).where(dialect.isOneOf('id', wanted)).orderBy('id').execute();
    return [...known, ...rows.map(storedDelivery)].sort((a, b) => a.id - b.id);
  }

  /** What the inbox says of held deliveries: the earliest time at which one was delivered is there, not with whoever holds it. */
  async #readHeld(ids: readonly number[], held: ReadonlyMap<string, HeldDelivery>): Promise<StoredDelivery[]> {
    const rows = await this.#inbox.handle
      .selectFrom('deliveries')
      .select(['id', 'guid', 'delivered_at'])
      .where(this.#inbox.dialect.isOneOf('id', ids))
      .orderBy('id')
      .execute();
    return rows.flatMap(({ id, guid, delivered_at: deliveredAt }) => {
      const delivery = held.get(guid);
      return delivery === undefined ? [] : [{ ...delivery, id, deliveredAt, held: delivery }];
    });
  }

  async fold({ changes, outcomes }: FoldBatch): Promise<void> {
    try {
      const settled = this.#pending.settledBy(outcomes);
      await this.#facts.transact(async (transaction) => {
        await this.#facts.dialect.lock(transaction, 'fold');
        await foldAccounts(this.#facts, transaction, changes.accounts);
        const owners = await foldRepositories(this.#facts, transaction, changes);
        await foldPullRequests(this.#facts, transaction, changes.pullRequests, owners);
        await foldPushes(this.#facts, transaction, changes.pushes, owners);
        await foldTeams(this.#facts, transaction, changes);
        await this.#recordOutcomes(transaction, outcomes);
        await settled.mark(transaction);
      });
      await settled.confirm();
    } finally {
      await this.#finishTurn();
    }
  }

  async #recordOutcomes(transaction: Handle, outcomes: readonly DeliveryOutcome[]): Promise<void> {
    const foldedAt = this.#clock.now();
    const rows = outcomes.map(({ deliveryId, event, outcome, reason }) => ({
      delivery_id: deliveryId,
      event: storableText(event),
      outcome,
      reason: reason === null ? null : storableText(reason),
      folded_at: foldedAt,
    }));
    const columns = ['delivery_id', 'event', 'outcome', 'reason', 'folded_at'];
    const into = { table: 'delivery_outcomes', columns, onConflict: { key: ['delivery_id'], then: 'replace' } } as const;
    await insertRows(this.#facts, transaction, into, rows);
  }

  async replay(only: DeliveryOutcome['outcome'] | null): Promise<number> {
    return this.#pending.again(only);
  }

  /** Leaves the turn to others. */
  async close(): Promise<void> {
    await this.#finishTurn();
  }

  async #finishTurn(): Promise<void> {
    const end = this.#endTurn;
    this.#endTurn = null;
    await end?.();
  }
}
