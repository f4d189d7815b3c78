import { sql, type RawBuilder } from 'kysely';
import type { Viewer } from '#src/domain/viewer.ts';
import type { Dialect } from './dialect.ts';

/** The condition that a column names a repository which the viewer may see. */
export function visibleRepositories(dialect: Dialect, viewer: Viewer, column: string): RawBuilder<boolean> {
  if (viewer.sees === 'everything') return sql<boolean>`1 = 1`;
  return dialect.isOneOf(column, viewer.repositoryIds);
}
