import type { MigrationStep } from './step.ts';

/**
 * Mails on their way, leases, and what schedules remember. They live with the inbox, whose commits survive a
 * power cut: a mail whose mark was undone would be sent twice.
 */
export const outboxStep: MigrationStep = {
  name: '0004-outbox',
  part: 'inbox',
  breaking: false,
  async apply({ schema }, { columns }) {
    await schema
      .createTable('outbox')
      .ifNotExists()
      .addColumn('team', 'text', (column) => column.notNull())
      .addColumn('recipient', 'text', (column) => column.notNull())
      .addColumn('week', 'text', (column) => column.notNull())
      .addColumn('message_id', 'text', (column) => column.notNull())
      .addColumn('sender', 'text', (column) => column.notNull())
      .addColumn('message', columns.bytes)
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('attempts', 'bigint', (column) => column.notNull())
      .addColumn('due_at', 'bigint')
      .addColumn('held_until', 'bigint')
      .addColumn('queued_at', 'bigint', (column) => column.notNull())
      .addColumn('changed_at', 'bigint', (column) => column.notNull())
      .addColumn('reason', 'text')
      .addPrimaryKeyConstraint('outbox_key', ['team', 'recipient', 'week'])
      .execute();
    await schema.createIndex('outbox_by_state').ifNotExists().on('outbox').columns(['state', 'due_at']).execute();
    await schema
      .createTable('leases')
      .ifNotExists()
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('holder', 'text', (column) => column.notNull())
      .addColumn('until_at', 'bigint', (column) => column.notNull())
      .execute();
    await schema
      .createTable('schedule_marks')
      .ifNotExists()
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('value', 'bigint', (column) => column.notNull())
      .execute();
  },
};
