import { z } from 'zod';
import { PART_KINDS, type CountedKind, type PartKind } from '#src/domain/counted-kind.ts';
import type { CollectionGap, CompletenessAudit, StoredPullRequest } from '#src/domain/completeness.ts';
import { healGaps, openGaps } from './completeness-writer.ts';
import type { Database } from './database.ts';
import { GAP_COLUMNS, gapOf } from './gap-rows.ts';
import { FOLDED_MARK, readMark } from './marks.ts';
import { factRows, partsStored, readWeeks } from './part-counts.ts';
import type { ListedPartsTable } from './completeness-tables.ts';

/** Pull requests held against their listing in one step. */
const ROWS_A_STEP = 200;

/** What was listed so lately may still be on its way into the inbox and the facts, ms. */
const SETTLED_AFTER_MS = 10 * 60_000;

/** So often every listing is held against the facts, ms. */
const AUDITED_EVERY_MS = 86_400_000;

const LACKING = z.partialRecord(z.enum(PART_KINDS), z.number());

type ListedRow = Pick<ListedPartsTable, 'repository_id' | 'number' | 'taken_at' | 'from_at' | 'to_at' | 'weeks' | 'lacking'>;

/** Holds the facts against what listings said of them. */
export class DatabaseCompletenessAudit implements CompletenessAudit {
  readonly #inbox: Database;
  readonly #facts: Database;

  constructor(inbox: Database, facts: Database) {
    this.#inbox = inbox;
    this.#facts = facts;
  }

  async foldedUntil(at: number): Promise<number> {
    const row = await this.#inbox.handle
      .selectFrom('deliveries')
      .select('stored_at')
      .where('id', '>', await readMark(this.#facts.handle, FOLDED_MARK))
      .orderBy('id')
      .limit(1)
      .executeTakeFirst();
    return Math.min(at, row?.stored_at ?? at);
  }

  async pullRequests(repositoryId: string): Promise<readonly StoredPullRequest[]> {
    const rows = await this.#facts.handle.selectFrom('pull_requests').select(['number', 'created_at']).where('repository_id', '=', repositoryId).where('created_at', 'is not', null).orderBy('number').execute();
    return rows.map((row) => ({ number: row.number, createdAt: row.created_at ?? 0 }));
  }

  async openGaps(repositoryId: string, kind: CountedKind): Promise<readonly CollectionGap[]> {
    const rows = await this.#inbox.handle
      .selectFrom('collection_gaps')
      .select(GAP_COLUMNS)
      .where('kind', '=', kind)
      .where('repository_id', '=', repositoryId)
      .where('healed_at', 'is', null)
      .orderBy('id')
      .execute();
    return rows.map(gapOf);
  }

  async auditParts(at: number): Promise<boolean> {
    const settledAt = (await this.foldedUntil(at)) - SETTLED_AFTER_MS;
    const rows: ListedRow[] = await this.#inbox.handle
      .selectFrom('listed_parts')
      .select(['repository_id', 'number', 'taken_at', 'from_at', 'to_at', 'weeks', 'lacking'])
      .where('audited_at', '<', at - AUDITED_EVERY_MS)
      .where('taken_at', '<=', settledAt)
      .orderBy('audited_at')
      .orderBy('repository_id')
      .orderBy('number')
      .limit(ROWS_A_STEP)
      .execute();
    if (rows.length === 0) return false;
    const facts = new Map((await factRows(this.#facts, rows)).map((row) => [keyOf(row), partsStored(row)]));
    const judged = rows.flatMap((row) => judge(row, facts.get(keyOf(row)) ?? null, at));
    await this.#inbox.transact(async (transaction) => {
      await openGaps(this.#inbox, transaction, judged.filter(({ missing }) => (missing ?? 0) > 0));
      await healGaps(this.#inbox, transaction, judged.filter(({ missing }) => missing === 0).map(({ id }) => id), at);
      for (const { repository_id: repositoryId, number, taken_at: takenAt } of rows) {
        await transaction.updateTable('listed_parts').set({ audited_at: at }).where('repository_id', '=', repositoryId).where('number', '=', number).where('taken_at', '=', takenAt).execute();
      }
    });
    return rows.length === ROWS_A_STEP;
  }
}

/** What the facts lack of each part that a listing told of, 0 included; nothing where a newer listing is known, which will be judged by its own word. */
function judge(row: ListedRow, stored: ReturnType<typeof partsStored> | null, at: number): Omit<CollectionGap, 'healedAt'>[] {
  if (stored?.newestAt != null && stored.newestAt > row.taken_at) return [];
  const expected = new Map<PartKind, number>(PART_KINDS.map((kind) => [kind, 0]));
  const add = (kind: PartKind, count: number): void => void expected.set(kind, (expected.get(kind) ?? 0) + count);
  for (const [kind, , count] of readWeeks(row.weeks)) add(kind, count);
  const lacking = LACKING.safeParse(JSON.parse(row.lacking));
  for (const kind of PART_KINDS) add(kind, (lacking.success ? lacking.data[kind] : undefined) ?? 0);
  return PART_KINDS.map((kind) => {
    const there = expected.get(kind) ?? 0;
    const missing = Math.max(0, there - (stored?.parts.filter((part) => part.kind === kind).length ?? 0));
    return {
      id: `${kind}:${keyOf(row)}`,
      repositoryId: row.repository_id,
      kind,
      fromAt: row.from_at,
      toAt: row.to_at,
      missing,
      expected: there,
      reason: `Pull request #${String(row.number)} has more than is stored of it.`,
      foundAt: at,
    };
  });
}

function keyOf({ repository_id: repositoryId, number }: Pick<ListedRow, 'repository_id' | 'number'>): string {
  return `${repositoryId}#${String(number)}`;
}
