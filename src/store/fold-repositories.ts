import { compareText } from '#src/core/text.ts';
import { repositoryByName, repositoryKey, type RepositoryRef } from '#src/domain/repository.ts';
import type { FactChanges } from '#src/domain/source.ts';
import type { Database } from './database.ts';
import type { Handle } from './dialect.ts';
import { isNameOnly, nameKey, namesTold, ownerOf, REPOSITORY_NAMES, repositoryRow, storableRef } from './repository-names.ts';
import { insertRows, joinRows } from './rows.ts';
import type { RepositoryNameTable, RepositoryTable } from './schema.ts';

/** A name that went from one repository to another, with what was told under it. */
export interface NameMove {
  /** The key under which it was told: `name:owner/name`. */
  readonly toldKey: string;
  readonly from: string;
  readonly to: string;
}

/** Where facts belong, as of this fold. */
export interface RepositoryOwners {
  /** The row that facts told under a reference belong to. */
  canonical(ref: RepositoryRef): string;
  readonly moves: readonly NameMove[];
}

const ROW_COLUMNS = ['id', 'full_name', 'name_key', 'deleted_at'] as const;

/** Joins the repositories that changes tell of, and finds which names have found, or changed, their owner. */
export async function foldRepositories(database: Database, transaction: Handle, changes: FactChanges): Promise<RepositoryOwners> {
  const told = namesTold(changes);
  if (told.length === 0) return { canonical: repositoryKey, moves: [] };
  await joinRows(database, transaction, REPOSITORY_NAMES, told);
  const nameKeys = [...new Set(told.map((row) => row.name_key))].sort(compareText);
  const before = await ownersOf(database, transaction, nameKeys);
  const after = new Map(before);
  const byName = groupBy(await namesWhere(database, transaction, 'name_key', nameKeys), (row) => row.name_key);
  const moves: NameMove[] = [];
  for (const name of nameKeys) {
    const owner = ownerOf(byName.get(name) ?? []);
    if (owner === null || owner === before.get(name)) continue;
    const toldKey = repositoryByName(name);
    moves.push({ toldKey, from: before.get(name) ?? toldKey, to: owner });
    after.set(name, owner);
  }
  const owned = moves.map(({ toldKey, to }) => ({ name_key: toldKey.slice('name:'.length), repository_id: to }));
  const intoOwners = { table: 'name_owners', columns: ['name_key', 'repository_id'], onConflict: { key: ['name_key'], then: 'replace' } } as const;
  await insertRows(database, transaction, intoOwners, owned);
  await nameRepositories(database, transaction, new Set(told.map((row) => row.repository_id)), after, moves);
  return {
    canonical: (ref) => (ref.id === null ? (after.get(nameKey(storableRef(ref).fullName)) ?? repositoryKey(storableRef(ref))) : storableRef(ref).id ?? ''),
    moves,
  };
}

async function ownersOf({ dialect }: Database, transaction: Handle, nameKeys: readonly string[]): Promise<Map<string, string>> {
  const rows = await transaction
    .selectFrom('name_owners')
    .select(['name_key', 'repository_id'])
    .where(dialect.isOneOf('name_key', nameKeys))
    .execute();
  return new Map(rows.map((row) => [row.name_key, row.repository_id]));
}

async function namesWhere(
  { dialect }: Database,
  transaction: Handle,
  column: 'name_key' | 'repository_id',
  values: readonly string[],
): Promise<RepositoryNameTable[]> {
  return transaction
    .selectFrom('repository_names')
    .select(['repository_id', 'full_name', 'name_key', 'first_seen_at', 'last_seen_at', 'deleted_at'])
    .where(dialect.isOneOf(column, values))
    .execute();
}

/** Brings the repositories' own rows up to date: one an id, and one a name that belongs to none. */
async function nameRepositories(
  database: Database,
  transaction: Handle,
  ids: ReadonlySet<string>,
  owners: ReadonlyMap<string, string>,
  moves: readonly NameMove[],
): Promise<void> {
  const isOwned = (id: string): boolean => isNameOnly(id) && owners.has(id.slice('name:'.length));
  const standing = [...ids].filter((id) => !isOwned(id)).sort(compareText);
  const byId = groupBy(await namesWhere(database, transaction, 'repository_id', standing), (row) => row.repository_id);
  const known = new Map((await repositoriesOf(database, transaction, standing)).map((row) => [row.id, row]));
  const changed = standing
    .map((id) => repositoryRow(id, byId.get(id) ?? []))
    .filter((row) => row !== null)
    .filter((row) => ROW_COLUMNS.some((column) => known.get(row.id)?.[column] !== row[column]));
  const into = { table: 'repositories', columns: ROW_COLUMNS, onConflict: { key: ['id'], then: 'replace' } } as const;
  await insertRows(database, transaction, into, changed);
  const absorbed = moves.map(({ from }) => from).filter(isNameOnly);
  if (absorbed.length > 0) await transaction.deleteFrom('repositories').where(database.dialect.isOneOf('id', absorbed)).execute();
}

async function repositoriesOf({ dialect }: Database, transaction: Handle, ids: readonly string[]): Promise<RepositoryTable[]> {
  return transaction.selectFrom('repositories').select(ROW_COLUMNS).where(dialect.isOneOf('id', ids)).execute();
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
