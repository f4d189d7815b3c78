import { compareIds, compareText, storableText } from '#src/core/text.ts';
import { repositoryKey, type RepositoryRef, type RepositorySighting } from '#src/domain/repository.ts';
import type { FactChanges } from '#src/domain/source.ts';
import type { JoinedTable } from './rows.ts';
import type { RepositoryNameTable, RepositoryTable } from './schema.ts';

/** The names under which repositories were told of. A name mentioned at no known time is older than any that was seen. */
export const REPOSITORY_NAMES: JoinedTable<RepositoryNameTable> = {
  table: 'repository_names',
  columns: ['repository_id', 'full_name', 'name_key', 'first_seen_at', 'last_seen_at', 'deleted_at'],
  key: ['repository_id', 'full_name'],
  join: (a, b) => ({
    ...a,
    first_seen_at: known(Math.min, a.first_seen_at, b.first_seen_at),
    last_seen_at: known(Math.max, a.last_seen_at, b.last_seen_at),
    deleted_at: known(Math.min, a.deleted_at, b.deleted_at),
  }),
};

function known(choose: (a: number, b: number) => number, a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : choose(a, b);
}

/** A reference whose texts both engines hold alike. */
export function storableRef(ref: RepositoryRef): RepositoryRef {
  return { id: ref.id === null ? null : storableText(ref.id), fullName: storableText(ref.fullName) };
}

/** Names compare without case, as GitHub compares them. */
export function nameKey(fullName: string): string {
  return fullName.toLowerCase();
}

/** Every name that changes tell of: the sightings, and each name that a fact is told under. */
export function namesTold(changes: FactChanges): RepositoryNameTable[] {
  const mentioned = [
    ...(changes.pullRequests ?? []),
    ...(changes.pushes ?? []),
    ...(changes.teamRepositories ?? []),
    ...(changes.collaborators ?? []),
    ...(changes.teamRepositoryListings ?? []).flatMap(({ repositories }) => repositories),
  ];
  return [
    ...(changes.repositories ?? []).map((sighting) => nameRow(sighting, sighting)),
    ...mentioned.map(({ repository }) => nameRow(repository, null)),
  ];
}

function nameRow(ref: RepositoryRef, seen: Pick<RepositorySighting, 'seenAt' | 'deletedAt'> | null): RepositoryNameTable {
  const { id, fullName } = storableRef(ref);
  const seenAt = seen?.seenAt ?? null;
  return {
    repository_id: repositoryKey({ id, fullName }),
    full_name: fullName,
    name_key: nameKey(fullName),
    first_seen_at: seenAt,
    last_seen_at: seenAt,
    deleted_at: seen?.deletedAt ?? null,
  };
}

/** Whether a repository is known by its name alone. */
export function isNameOnly(repositoryId: string): boolean {
  return repositoryId.startsWith('name:');
}

/** The id that a name belongs to: the one seen with it last; null while only names were told. */
export function ownerOf(rows: readonly RepositoryNameTable[]): string | null {
  const owners = rows.filter((row) => !isNameOnly(row.repository_id));
  const last = owners.sort((a, b) => newestFirst(a, b) || compareIds(b.repository_id, a.repository_id))[0];
  return last?.repository_id ?? null;
}

/** A repository as its names tell of it: the newest is its name. */
export function repositoryRow(id: string, rows: readonly RepositoryNameTable[]): RepositoryTable | null {
  const newest = [...rows].sort((a, b) => newestFirst(a, b) || compareText(b.full_name, a.full_name))[0];
  if (newest === undefined) return null;
  const deletedAt = rows.map((row) => row.deleted_at).reduce((a, b) => known(Math.min, a, b), null);
  return { id, full_name: newest.full_name, name_key: newest.name_key, deleted_at: deletedAt };
}

function newestFirst(a: RepositoryNameTable, b: RepositoryNameTable): number {
  return (b.last_seen_at ?? -Infinity) - (a.last_seen_at ?? -Infinity) || 0;
}
