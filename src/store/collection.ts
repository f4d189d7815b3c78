import type { CollectedRepository, CollectionProgress, CollectionStore, Installation, SeenThing } from '#src/domain/collection.ts';
import type { Database } from './database.ts';
import type { Handle } from './dialect.ts';
import { insertRows } from './rows.ts';
import type { CollectedInstallationTable, CollectedRepositoryTable, CollectionProgressTable, SeenThingTable } from './schema.ts';

const INSTALLATION_COLUMNS = ['id', 'account', 'account_type', 'state', 'state_at', 'permissions', 'events'] as const;
const REPOSITORY_COLUMNS = ['id', 'node_id', 'full_name', 'installation_id', 'state', 'state_at'] as const;
const PROGRESS_COLUMNS = ['kind', 'repository_id', 'cursor', 'done', 'total', 'collected_from_at', 'wanted_from_at', 'is_done', 'swept_until_at'] as const;
const SEEN_COLUMNS = ['kind', 'id', 'repository_id', 'version', 'taken_at', 'checked_at', 'is_unfinished'] as const;

/** What the collector remembers, in tables beside the inbox. */
export class DatabaseCollection implements CollectionStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async installations(): Promise<readonly Installation[]> {
    const rows = await this.#database.handle.selectFrom('collected_installations').select(INSTALLATION_COLUMNS).orderBy('account').orderBy('id').execute();
    return rows.map(installationOf);
  }

  async putInstallations(installations: readonly Installation[]): Promise<void> {
    await this.#put('collected_installations', INSTALLATION_COLUMNS, ['id'], installations.map(installationRow));
  }

  async repositories(): Promise<readonly CollectedRepository[]> {
    const rows = await this.#database.handle.selectFrom('collected_repositories').select(REPOSITORY_COLUMNS).orderBy('full_name').orderBy('id').execute();
    return rows.map(repositoryOf);
  }

  async putRepositories(repositories: readonly CollectedRepository[]): Promise<void> {
    await this.#put('collected_repositories', REPOSITORY_COLUMNS, ['id'], repositories.map(repositoryRow));
  }

  async progress(kind: string): Promise<readonly CollectionProgress[]> {
    const rows = await this.#database.handle.selectFrom('collection_progress').select(PROGRESS_COLUMNS).where('kind', '=', kind).orderBy('repository_id').execute();
    return rows.map(progressOf);
  }

  async putProgress(progress: CollectionProgress): Promise<void> {
    const { swept_until_at: sweptUntilAt, ...rest } = progressRow(progress);
    await this.#database.transact(async (transaction) => {
      await transaction
        .insertInto('collection_progress')
        .values({ ...rest, swept_until_at: sweptUntilAt })
        .onConflict((conflict) => conflict.columns(['kind', 'repository_id']).doUpdateSet(rest))
        .execute();
      if (sweptUntilAt !== null) await moveSwept(this.#database, transaction, rest.kind, [rest.repository_id], sweptUntilAt);
    });
  }

  async putSwept(kind: string, repositoryIds: readonly string[], sweptUntilAt: number): Promise<void> {
    if (repositoryIds.length === 0) return;
    await this.#database.transact((transaction) => moveSwept(this.#database, transaction, kind, repositoryIds, sweptUntilAt));
  }

  async seen(kind: string, ids: readonly string[]): Promise<readonly SeenThing[]> {
    if (ids.length === 0) return [];
    const rows = await this.#database.handle
      .selectFrom('seen_things')
      .select(SEEN_COLUMNS)
      .where('kind', '=', kind)
      .where(this.#database.dialect.isOneOf('id', ids))
      .orderBy('id')
      .execute();
    return rows.map(seenOf);
  }

  async putSeen(things: readonly SeenThing[]): Promise<void> {
    await this.#put('seen_things', SEEN_COLUMNS, ['kind', 'id'], things.map(seenRow));
  }

  async unfinished(kind: string, repositoryIds: readonly string[], checkedBeforeAt: number, limit: number): Promise<readonly SeenThing[]> {
    if (repositoryIds.length === 0) return [];
    const rows = await this.#database.handle
      .selectFrom('seen_things')
      .select(SEEN_COLUMNS)
      .where('kind', '=', kind)
      .where('is_unfinished', '=', 1)
      .where('checked_at', '<', checkedBeforeAt)
      .where(this.#database.dialect.isOneOf('repository_id', repositoryIds))
      .orderBy('checked_at')
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(seenOf);
  }

  /** Rows of one key are written once, the last of them: PostgreSQL replaces no row twice in one statement. */
  async #put<R extends object>(
    table: 'collected_installations' | 'collected_repositories' | 'seen_things',
    columns: readonly (keyof R & string)[],
    key: readonly (keyof R & string)[],
    rows: readonly R[],
  ): Promise<void> {
    if (rows.length === 0) return;
    const byKey = new Map(rows.map((row) => [JSON.stringify(key.map((column) => row[column])), row]));
    const inOrder = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
    await this.#database.transact(async (transaction) => {
      await insertRows(this.#database, transaction, { table, columns, onConflict: { key, then: 'replace' } }, inOrder);
    });
  }
}

/** Swept further than before, or it stays. */
async function moveSwept({ dialect }: Database, transaction: Handle, kind: string, repositoryIds: readonly string[], sweptUntilAt: number): Promise<void> {
  await transaction
    .updateTable('collection_progress')
    .set({ swept_until_at: sweptUntilAt })
    .where('kind', '=', kind)
    .where(dialect.isOneOf('repository_id', repositoryIds))
    .where((where) => where.or([where('swept_until_at', 'is', null), where('swept_until_at', '<', sweptUntilAt)]))
    .execute();
}

function installationRow({ id, account, accountType, state, stateAt, permissions, events }: Installation): CollectedInstallationTable {
  return { id, account, account_type: accountType, state, state_at: stateAt, permissions: JSON.stringify(permissions), events: JSON.stringify(events) };
}

function installationOf(row: CollectedInstallationTable): Installation {
  return {
    id: row.id,
    account: row.account,
    accountType: row.account_type,
    state: row.state,
    stateAt: row.state_at,
    permissions: textsByName(JSON.parse(row.permissions)),
    events: texts(JSON.parse(row.events)),
  };
}

function textsByName(value: unknown): Record<string, string> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(entries.flatMap(([name, level]) => (typeof level === 'string' ? [[name, level]] : [])));
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((text) => typeof text === 'string') : [];
}

function repositoryRow({ id, nodeId, fullName, installationId, state, stateAt }: CollectedRepository): CollectedRepositoryTable {
  return { id, node_id: nodeId, full_name: fullName, installation_id: installationId, state, state_at: stateAt };
}

function repositoryOf(row: CollectedRepositoryTable): CollectedRepository {
  return { id: row.id, nodeId: row.node_id, fullName: row.full_name, installationId: row.installation_id, state: row.state, stateAt: row.state_at };
}

function progressRow(progress: CollectionProgress): CollectionProgressTable {
  return {
    kind: progress.kind,
    repository_id: progress.repositoryId,
    cursor: progress.cursor,
    done: progress.done,
    total: progress.total,
    collected_from_at: progress.collectedFromAt,
    wanted_from_at: progress.wantedFromAt,
    is_done: progress.isDone ? 1 : 0,
    swept_until_at: progress.sweptUntilAt,
  };
}

function progressOf(row: CollectionProgressTable): CollectionProgress {
  return {
    kind: row.kind,
    repositoryId: row.repository_id,
    cursor: row.cursor,
    done: row.done,
    total: row.total,
    collectedFromAt: row.collected_from_at,
    wantedFromAt: row.wanted_from_at,
    isDone: row.is_done === 1,
    sweptUntilAt: row.swept_until_at,
  };
}

function seenRow({ kind, id, repositoryId, version, takenAt, checkedAt, isUnfinished }: SeenThing): SeenThingTable {
  return { kind, id, repository_id: repositoryId ?? '', version, taken_at: takenAt, checked_at: checkedAt, is_unfinished: isUnfinished ? 1 : 0 };
}

function seenOf(row: SeenThingTable): SeenThing {
  return {
    kind: row.kind,
    id: row.id,
    repositoryId: row.repository_id === '' ? null : row.repository_id,
    version: row.version,
    takenAt: row.taken_at,
    checkedAt: row.checked_at,
    isUnfinished: row.is_unfinished === 1,
  };
}
