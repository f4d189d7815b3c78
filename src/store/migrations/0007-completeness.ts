import { sql } from 'kysely';
import type { MigrationStep } from './step.ts';

/**
 * What there should be and what is missing, and how far the deliveries log was compared. It lives with the inbox: a
 * healed gap whose delivery a power cut had undone would hide that it is missing.
 */
export const completenessStep: MigrationStep = {
  name: '0007-completeness',
  part: 'inbox',
  breaking: false,
  async apply({ schema }) {
    await schema
      .createTable('expected_counts')
      .ifNotExists()
      .addColumn('repository_id', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('week_from_at', 'bigint', (column) => column.notNull())
      .addColumn('week_to_at', 'bigint', (column) => column.notNull())
      .addColumn('count', 'bigint', (column) => column.notNull())
      .addColumn('said_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('expected_counts_key', ['repository_id', 'kind', 'week_from_at'])
      .execute();
    await schema
      .createTable('listed_parts')
      .ifNotExists()
      .addColumn('repository_id', 'text', (column) => column.notNull())
      .addColumn('number', 'bigint', (column) => column.notNull())
      .addColumn('taken_at', 'bigint', (column) => column.notNull())
      .addColumn('from_at', 'bigint', (column) => column.notNull())
      .addColumn('to_at', 'bigint', (column) => column.notNull())
      .addColumn('weeks', 'text', (column) => column.notNull())
      .addColumn('lacking', 'text', (column) => column.notNull())
      .addColumn('audited_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('listed_parts_key', ['repository_id', 'number'])
      .execute();
    await schema.createIndex('listed_parts_by_audit').ifNotExists().on('listed_parts').columns(['audited_at', 'taken_at']).execute();
    await schema
      .createTable('collection_gaps')
      .ifNotExists()
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('repository_id', 'text')
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('event', 'text')
      .addColumn('from_at', 'bigint', (column) => column.notNull())
      .addColumn('to_at', 'bigint')
      .addColumn('missing', 'bigint')
      .addColumn('expected', 'bigint')
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('found_at', 'bigint', (column) => column.notNull())
      .addColumn('healed_at', 'bigint')
      .execute();
    await schema.createIndex('collection_gaps_by_time').ifNotExists().on('collection_gaps').columns(['from_at', 'to_at']).execute();
    await schema.createIndex('collection_gaps_stretches').ifNotExists().on('collection_gaps').column('from_at').where(sql<boolean>`event is null`).execute();
    await schema.createIndex('collection_gaps_open').ifNotExists().on('collection_gaps').columns(['kind', 'from_at']).where(sql<boolean>`healed_at is null`).execute();
    await schema
      .createTable('collection_histories')
      .ifNotExists()
      .addColumn('repository_id', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('from_at', 'bigint')
      .addPrimaryKeyConstraint('collection_histories_key', ['repository_id', 'kind'])
      .execute();
    await schema
      .createTable('logged_deliveries')
      .ifNotExists()
      .addColumn('guid', 'text', (column) => column.primaryKey())
      .addColumn('delivered_at', 'bigint', (column) => column.notNull())
      .execute();
    await schema
      .createTable('logged_days')
      .ifNotExists()
      .addColumn('repository_id', 'text', (column) => column.notNull())
      .addColumn('day_at', 'bigint', (column) => column.notNull())
      .addColumn('count', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('logged_days_key', ['repository_id', 'day_at'])
      .execute();
    await schema
      .createTable('missing_deliveries')
      .ifNotExists()
      .addColumn('guid', 'text', (column) => column.primaryKey())
      .addColumn('event', 'text', (column) => column.notNull())
      .addColumn('repository_id', 'text')
      .addColumn('delivered_at', 'bigint', (column) => column.notNull())
      .addColumn('is_redelivery', 'bigint', (column) => column.notNull())
      .addColumn('attempt_id', 'text', (column) => column.notNull())
      .addColumn('asked_at', 'bigint')
      .addColumn('asks', 'bigint', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .execute();
  },
};
