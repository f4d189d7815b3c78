import type { CountedKind } from '#src/domain/counted-kind.ts';
import type { CollectionGap, CompletenessWriter, ExpectedCount, ListedParts } from '#src/domain/completeness.ts';
import type { Database } from './database.ts';
import type { Handle } from './dialect.ts';
import { GAP_COLUMNS, gapRow } from './gap-rows.ts';
import { chunks, insertRows } from './rows.ts';
import type { ExpectedCountTable, ListedPartsTable } from './completeness-tables.ts';

const EXPECTED_COLUMNS = ['repository_id', 'kind', 'week_from_at', 'week_to_at', 'count', 'said_at'] as const;
const LISTED_COLUMNS = ['repository_id', 'number', 'taken_at', 'from_at', 'to_at', 'weeks', 'lacking', 'audited_at'] as const;

/** Keys looked up in one statement. */
const KEYS_A_STATEMENT = 500;

/** What is missing, written down in tables beside the inbox. */
export class DatabaseCompletenessWriter implements CompletenessWriter {
  readonly #inbox: Database;

  constructor(inbox: Database) {
    this.#inbox = inbox;
  }

  async expect(counts: readonly ExpectedCount[]): Promise<void> {
    const rows = latest(counts.map(expectedRow), ({ repository_id, kind, week_from_at }) => [repository_id, kind, week_from_at], ({ said_at }) => said_at);
    await this.#inbox.transact(async (transaction) => {
      for (const some of chunks(rows, KEYS_A_STATEMENT)) await this.#expectSome(transaction, some);
    });
  }

  /** Writes what is said later than what is known: most counts are said again and again, and cost a read then. */
  async #expectSome(transaction: Handle, rows: readonly ExpectedCountTable[]): Promise<void> {
    const keys = rows.map((row) => [row.repository_id, row.kind, row.week_from_at]);
    const stored = await transaction
      .selectFrom('expected_counts')
      .select(['repository_id', 'kind', 'week_from_at', 'count', 'said_at'])
      .where(this.#inbox.dialect.matches(['repository_id', 'kind', 'week_from_at'], keys))
      .execute();
    const known = new Map(stored.map((row) => [JSON.stringify([row.repository_id, row.kind, row.week_from_at]), row]));
    const changed = rows.filter((row) => {
      const before = known.get(JSON.stringify([row.repository_id, row.kind, row.week_from_at]));
      return before === undefined || (before.said_at <= row.said_at && before.count !== row.count);
    });
    await insertRows(this.#inbox, transaction, { table: 'expected_counts', columns: EXPECTED_COLUMNS, onConflict: { key: ['repository_id', 'kind', 'week_from_at'], then: 'replace' } }, changed);
  }

  async open(gaps: readonly Omit<CollectionGap, 'healedAt'>[]): Promise<void> {
    if (gaps.length === 0) return;
    await this.#inbox.transact((transaction) => openGaps(this.#inbox, transaction, gaps));
  }

  async heal(ids: readonly string[], at: number): Promise<void> {
    if (ids.length === 0) return;
    await this.#inbox.transact((transaction) => healGaps(this.#inbox, transaction, ids, at));
  }

  async beginHistory(repositoryId: string, kind: CountedKind, at: number | null): Promise<void> {
    await this.#inbox.transact(async (transaction) => {
      const row = { repository_id: repositoryId, kind, from_at: at };
      const into = { table: 'collection_histories', columns: ['repository_id', 'kind', 'from_at'], onConflict: { key: ['repository_id', 'kind'], then: 'replace' } } as const;
      await insertRows(this.#inbox, transaction, into, [row]);
    });
  }

  async expectParts(listings: readonly ListedParts[]): Promise<void> {
    const rows = latest(listings.map(listedRow), ({ repository_id, number }) => [repository_id, number], ({ taken_at }) => taken_at);
    await this.#inbox.transact(async (transaction) => {
      for (const row of rows) {
        await transaction
          .insertInto('listed_parts')
          .values(row)
          .onConflict((conflict) =>
            conflict
              .columns(['repository_id', 'number'])
              .doUpdateSet(Object.fromEntries(LISTED_COLUMNS.slice(2).map((column) => [column, (set: { ref(name: string): unknown }) => set.ref(`excluded.${column}`)])))
              .whereRef('excluded.taken_at', '>=', 'listed_parts.taken_at'),
          )
          .execute();
      }
    });
  }
}

/** Opens gaps, or brings open ones up to date: those keep the time at which they were found. */
export async function openGaps(inbox: Database, transaction: Handle, gaps: readonly Omit<CollectionGap, 'healedAt'>[]): Promise<void> {
  const byId = new Map(gaps.map((gap) => [gap.id, gapRow({ ...gap, healedAt: null })]));
  for (const ids of chunks([...byId.keys()].sort(), KEYS_A_STATEMENT)) {
    const known = await transaction.selectFrom('collection_gaps').select(['id', 'found_at']).where(inbox.dialect.isOneOf('id', ids)).where('healed_at', 'is', null).execute();
    const foundAt = new Map(known.map((row) => [row.id, row.found_at]));
    const rows = ids.flatMap((id) => {
      const row = byId.get(id);
      return row === undefined ? [] : [{ ...row, found_at: Math.min(row.found_at, foundAt.get(id) ?? row.found_at) }];
    });
    await insertRows(inbox, transaction, { table: 'collection_gaps', columns: GAP_COLUMNS, onConflict: { key: ['id'], then: 'replace' } }, rows);
  }
}

/** Heals open gaps; those healed before keep their time. */
export async function healGaps(inbox: Database, transaction: Handle, ids: readonly string[], at: number): Promise<void> {
  for (const some of chunks([...ids].sort(), KEYS_A_STATEMENT)) {
    await transaction.updateTable('collection_gaps').set({ healed_at: at }).where(inbox.dialect.isOneOf('id', some)).where('healed_at', 'is', null).execute();
  }
}

/** Of rows of one key the latest, in the order of their keys: two transactions take their rows in one order. */
function latest<R>(rows: readonly R[], key: (row: R) => readonly (string | number)[], time: (row: R) => number): R[] {
  const byKey = new Map<string, R>();
  for (const row of rows) {
    const name = JSON.stringify(key(row));
    const known = byKey.get(name);
    if (known === undefined || time(row) >= time(known)) byKey.set(name, row);
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

function expectedRow({ repositoryId, kind, week, count, saidAt }: ExpectedCount): ExpectedCountTable {
  return { repository_id: repositoryId, kind, week_from_at: week.fromAt, week_to_at: week.toAt, count, said_at: saidAt };
}

function listedRow({ repositoryId, number, takenAt, createdAt, weeks, lacking }: ListedParts): ListedPartsTable {
  return {
    repository_id: repositoryId,
    number,
    taken_at: takenAt,
    from_at: Math.min(createdAt, ...weeks.map(({ weekFromAt }) => weekFromAt)),
    to_at: Math.max(createdAt, takenAt) + 1,
    weeks: JSON.stringify(weeks.map(({ kind, weekFromAt, count }) => [kind, weekFromAt, count])),
    lacking: JSON.stringify(lacking),
    audited_at: 0,
  };
}
