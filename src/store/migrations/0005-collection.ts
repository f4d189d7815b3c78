import { sql } from 'kysely';
import type { MigrationStep } from './step.ts';

/** What the collector remembers: whom it may ask, how far it has come, and what it saw last. It lives with the inbox, which it must never run ahead of. */
export const collectionStep: MigrationStep = {
  name: '0005-collection',
  part: 'inbox',
  breaking: false,
  async apply({ schema }) {
    await schema
      .createTable('collected_installations')
      .ifNotExists()
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('account', 'text', (column) => column.notNull())
      .addColumn('account_type', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('state_at', 'bigint', (column) => column.notNull())
      .addColumn('permissions', 'text', (column) => column.notNull())
      .addColumn('events', 'text', (column) => column.notNull())
      .execute();
    await schema
      .createTable('collected_repositories')
      .ifNotExists()
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('node_id', 'text', (column) => column.notNull())
      .addColumn('full_name', 'text', (column) => column.notNull())
      .addColumn('installation_id', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('state_at', 'bigint', (column) => column.notNull())
      .execute();
    await schema
      .createTable('collection_progress')
      .ifNotExists()
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('repository_id', 'text', (column) => column.notNull())
      .addColumn('cursor', 'text')
      .addColumn('done', 'bigint', (column) => column.notNull())
      .addColumn('total', 'bigint')
      .addColumn('collected_from_at', 'bigint')
      .addColumn('wanted_from_at', 'bigint')
      .addColumn('is_done', 'bigint', (column) => column.notNull())
      .addColumn('swept_until_at', 'bigint')
      .addPrimaryKeyConstraint('collection_progress_key', ['kind', 'repository_id'])
      .execute();
    await schema
      .createTable('seen_things')
      .ifNotExists()
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('repository_id', 'text', (column) => column.notNull())
      .addColumn('version', 'text')
      .addColumn('taken_at', 'bigint', (column) => column.notNull())
      .addColumn('checked_at', 'bigint', (column) => column.notNull())
      .addColumn('is_unfinished', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('seen_things_key', ['kind', 'id'])
      .execute();
    await schema
      .createIndex('seen_things_unfinished')
      .ifNotExists()
      .on('seen_things')
      .columns(['kind', 'checked_at', 'id'])
      .where(sql<boolean>`is_unfinished = 1`)
      .execute();
  },
};
