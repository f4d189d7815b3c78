import { sql } from 'kysely';
import { storableText } from '#src/core/text.ts';
import type { CollectionGap } from '#src/domain/completeness.ts';
import { lostWith } from '#src/domain/knowledge.ts';
import type { HealingStore, LogFindings, LoggedGuid, MissingDelivery } from '#src/domain/healing.ts';
import { healGaps, openGaps } from './completeness-writer.ts';
import type { Database } from './database.ts';
import type { Handle } from './dialect.ts';
import { GAP_COLUMNS, gapRow } from './gap-rows.ts';
import { chunks, insertRows } from './rows.ts';
import type { MissingDeliveryTable } from './completeness-tables.ts';

/** Up to when the deliveries log was compared. */
export const LOG_CHECKED_MARK = 'deliveries-log-checked';

/** A day of UTC, ms: deliveries are counted by it. */
export const DAY_MS = 86_400_000;

const MISSING_COLUMNS = ['guid', 'event', 'repository_id', 'delivered_at', 'is_redelivery', 'attempt_id', 'asked_at', 'asks', 'reason'] as const satisfies readonly (keyof MissingDeliveryTable)[];

/** GUIDs looked up in one statement. */
const GUIDS_A_STATEMENT = 500;

/** What healing remembers, in tables beside the inbox, so that a count, a gap and the delivery it is about are true together. */
export class DatabaseHealing implements HealingStore {
  readonly #inbox: Database;

  constructor(inbox: Database) {
    this.#inbox = inbox;
  }

  async knownGuids(guids: readonly string[]): Promise<ReadonlySet<string>> {
    const { handle, dialect } = this.#inbox;
    const known = new Set<string>();
    for (const some of chunks(guids.map(storableText), GUIDS_A_STATEMENT)) {
      for (const { guid } of await handle.selectFrom('deliveries').select('guid').where(dialect.isOneOf('guid', some)).execute()) known.add(guid);
    }
    return known;
  }

  async checkedUntil(): Promise<number | null> {
    const row = await this.#inbox.handle.selectFrom('inbox_marks').select('value').where('name', '=', LOG_CHECKED_MARK).executeTakeFirst();
    return row?.value ?? null;
  }

  async missing(): Promise<readonly MissingDelivery[]> {
    const rows = await this.#inbox.handle.selectFrom('missing_deliveries').select(MISSING_COLUMNS).orderBy('delivered_at').orderBy('guid').execute();
    return rows.map(missingOf);
  }

  async record({ logged, missing, healed, at }: LogFindings): Promise<void> {
    const inbox = this.#inbox;
    await inbox.transact(async (transaction) => {
      await this.#count(transaction, logged, new Set([...missing, ...healed].map(({ guid }) => guid)));
      await openGaps(inbox, transaction, missing.map((delivery) => gapOfDelivery(delivery, delivery.reason, at)));
      const rows = missing.map(missingRow).sort((a, b) => (a.guid < b.guid ? -1 : 1));
      await insertRows(inbox, transaction, { table: 'missing_deliveries', columns: MISSING_COLUMNS, onConflict: { key: ['guid'], then: 'replace' } }, rows);
      await this.#heal(transaction, healed, at);
    });
  }

  async checked(untilAt: number, forgetBeforeAt: number): Promise<void> {
    await this.#inbox.transact(async (transaction) => {
      await transaction
        .insertInto('inbox_marks')
        .values({ name: LOG_CHECKED_MARK, value: untilAt })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: (set) => set.ref('excluded.value') }).whereRef('excluded.value', '>', 'inbox_marks.value'))
        .execute();
      await transaction.deleteFrom('logged_deliveries').where('delivered_at', '<', forgetBeforeAt).execute();
    });
  }

  async healSwept(at: number): Promise<number> {
    const { dialect } = this.#inbox;
    return this.#inbox.transact(async (transaction) => {
      const rows = await transaction.selectFrom('collection_gaps').select('event').distinct().where('healed_at', 'is', null).where('event', 'is not', null).execute();
      const events = rows.flatMap(({ event }) => (event !== null && isListed(event) ? [event] : []));
      if (events.length === 0) return 0;
      const healed = await transaction
        .updateTable('collection_gaps')
        .set({ healed_at: at, reason: SWEPT_REASON })
        .where('healed_at', 'is', null)
        .where(dialect.isOneOf('event', events))
        .where((where) =>
          where.exists(
            where
              .selectFrom('collection_progress')
              .select('repository_id')
              .where('collection_progress.kind', '=', 'pull_requests')
              .whereRef('collection_progress.repository_id', '=', 'collection_gaps.repository_id')
              .whereRef('collection_progress.swept_until_at', '>=', 'collection_gaps.to_at'),
          ),
        )
        .returning('id')
        .execute();
      const guids = healed.map(({ id }) => id.slice(GAP_PREFIX.length));
      for (const some of chunks(guids, GUIDS_A_STATEMENT)) await transaction.deleteFrom('missing_deliveries').where(dialect.isOneOf('guid', some)).execute();
      return guids.length;
    });
  }

  async giveUp(guids: readonly string[], reason: string): Promise<void> {
    if (guids.length === 0) return;
    const { dialect } = this.#inbox;
    await this.#inbox.transact(async (transaction) => {
      await transaction.deleteFrom('missing_deliveries').where(dialect.isOneOf('guid', guids)).execute();
      await transaction.updateTable('collection_gaps').set({ reason }).where(dialect.isOneOf('id', guids.map(gapId))).where('healed_at', 'is', null).execute();
    });
  }

  /** Counts each GUID once. A redelivery is counted with its first attempt, unless the inbox lacked it: then perhaps nobody saw that one. */
  async #count(transaction: Handle, logged: readonly LoggedGuid[], lacked: ReadonlySet<string>): Promise<void> {
    const inbox = this.#inbox;
    const byGuid = new Map(logged.filter((one) => !one.isRedelivery || lacked.has(one.guid)).map((one) => [storableText(one.guid), one]));
    const rows = [...byGuid].sort(([a], [b]) => (a < b ? -1 : 1)).map(([guid, { deliveredAt }]) => ({ guid, delivered_at: deliveredAt }));
    const into = { table: 'logged_deliveries', columns: ['guid', 'delivered_at'], onConflict: { key: ['guid'], then: 'keep' }, returning: 'guid' } as const;
    const fresh = (await insertRows(inbox, transaction, into, rows)).map(String);
    const gaps = await this.#knownGaps(transaction, fresh);
    const days = new Map<string, { readonly repository_id: string; readonly day_at: number; readonly count: number }>();
    for (const guid of fresh) {
      const one = byGuid.get(guid);
      if (one === undefined || gaps.has(guid)) continue;
      const day = { repository_id: one.repositoryId ?? '', day_at: Math.floor(one.deliveredAt / DAY_MS) * DAY_MS };
      const key = JSON.stringify(day);
      days.set(key, { ...day, count: (days.get(key)?.count ?? 0) + 1 });
    }
    for (const [, row] of [...days].sort(([a], [b]) => (a < b ? -1 : 1))) {
      await transaction
        .insertInto('logged_days')
        .values(row)
        .onConflict((conflict) => conflict.columns(['repository_id', 'day_at']).doUpdateSet({ count: sql<number>`logged_days.count + excluded.count` }))
        .execute();
    }
  }

  /** Of these GUIDs those that were found missing before, and so counted then. */
  async #knownGaps(transaction: Handle, guids: readonly string[]): Promise<ReadonlySet<string>> {
    const known = new Set<string>();
    for (const some of chunks(guids, GUIDS_A_STATEMENT)) {
      const rows = await transaction.selectFrom('collection_gaps').select('id').where(this.#inbox.dialect.isOneOf('id', some.map(gapId))).execute();
      for (const { id } of rows) known.add(id.slice(GAP_PREFIX.length));
    }
    return known;
  }

  /** A delivery that was healed as soon as it was found missing has a gap all the same: it says that it was. */
  async #heal(transaction: Handle, healed: readonly LoggedGuid[], at: number): Promise<void> {
    const { dialect } = this.#inbox;
    if (healed.length === 0) return;
    const rows = healed.map((one) => gapRow({ ...gapOfDelivery(one, HEALED_REASON, at), healedAt: at })).sort((a, b) => (a.id < b.id ? -1 : 1));
    await insertRows(this.#inbox, transaction, { table: 'collection_gaps', columns: GAP_COLUMNS, onConflict: { key: ['id'], then: 'keep' } }, rows);
    await healGaps(this.#inbox, transaction, rows.map(({ id }) => id), at);
    for (const some of chunks(healed.map(({ guid }) => storableText(guid)), GUIDS_A_STATEMENT)) {
      await transaction.deleteFrom('missing_deliveries').where(dialect.isOneOf('guid', some)).execute();
    }
  }
}

const GAP_PREFIX = 'deliveries:';

const SWEPT_REASON = 'It did not arrive; a sweep of the API has brought what it told.';

/** Whether a sweep brings back all that an event tells. */
function isListed(event: string): boolean {
  const lost = lostWith('deliveries', event);
  return lost.length === 1 && lost[0] === 'listed';
}

const HEALED_REASON = 'It did not arrive and was fetched from the deliveries log of GitHub.';

function gapId(guid: string): string {
  return `${GAP_PREFIX}${storableText(guid)}`;
}

function gapOfDelivery({ guid, event, repositoryId, deliveredAt }: LoggedGuid, reason: string, foundAt: number): Omit<CollectionGap, 'healedAt'> {
  return { id: gapId(guid), repositoryId, kind: 'deliveries', event, fromAt: deliveredAt, toAt: deliveredAt + 1, missing: 1, expected: null, reason, foundAt };
}

function missingRow(one: MissingDelivery): MissingDeliveryTable {
  return {
    guid: storableText(one.guid),
    event: storableText(one.event),
    repository_id: one.repositoryId,
    delivered_at: one.deliveredAt,
    is_redelivery: one.isRedelivery ? 1 : 0,
    attempt_id: one.attemptId,
    asked_at: one.askedAt,
    asks: one.asks,
    reason: storableText(one.reason),
  };
}

function missingOf(row: MissingDeliveryTable): MissingDelivery {
  return {
    guid: row.guid,
    event: row.event,
    repositoryId: row.repository_id,
    deliveredAt: row.delivered_at,
    isRedelivery: row.is_redelivery === 1,
    attemptId: row.attempt_id,
    askedAt: row.asked_at,
    asks: row.asks,
    reason: row.reason,
  };
}
