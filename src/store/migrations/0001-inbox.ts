import type { MigrationStep } from './step.ts';

/** Deliveries, those to be read again, and how far upkeep has come. */
export const inboxStep: MigrationStep = {
  name: '0001-inbox',
  part: 'inbox',
  breaking: false,
  async apply(transaction, { columns }) {
    const { schema } = transaction;
    await schema
      .createTable('deliveries')
      .ifNotExists()
      .addColumn('id', columns.sequence)
      .addColumn('guid', 'text', (column) => column.notNull().unique())
      .addColumn('channel', 'text', (column) => column.notNull())
      .addColumn('event', 'text', (column) => column.notNull())
      .addColumn('delivered_at', 'bigint', (column) => column.notNull())
      .addColumn('taken_at', 'bigint')
      .addColumn('format', 'text', (column) => column.notNull())
      .addColumn('encoding', 'text', (column) => column.notNull())
      .addColumn('stored_at', 'bigint', (column) => column.notNull())
      .addColumn('body', columns.bytes, (column) => column.notNull())
      .execute();
    await schema
      .createTable('rereads')
      .ifNotExists()
      .addColumn('id', columns.sequence)
      .addColumn('delivery_id', 'bigint', (column) => column.notNull())
      .execute();
    await schema.createIndex('rereads_delivery').ifNotExists().on('rereads').column('delivery_id').execute();
    await schema
      .createTable('inbox_marks')
      .ifNotExists()
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('value', 'bigint', (column) => column.notNull())
      .execute();
  },
};
