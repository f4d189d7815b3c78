import type { Handle } from '../dialect.ts';
import type { MigrationStep } from './step.ts';

/** Waits and lives of pull requests, which of them are to be computed again, and the answers they rest on. */
export const waitsStep: MigrationStep = {
  name: '0003-waits',
  part: 'facts',
  breaking: false,
  async apply(transaction) {
    await createDirtySubjects(transaction);
    await createWaits(transaction);
    await createLives(transaction);
    await createAnswers(transaction);
  },
};

async function createDirtySubjects({ schema }: Handle): Promise<void> {
  await schema.createIndex('pull_requests_by_branch').ifNotExists().on('pull_requests').columns(['head_repository_id', 'head_ref']).execute();
  await schema
    .createTable('dirty_subjects')
    .ifNotExists()
    .addColumn('repository_id', 'text', (column) => column.notNull())
    .addColumn('number', 'bigint', (column) => column.notNull())
    .addColumn('counter', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('dirty_subjects_key', ['repository_id', 'number'])
    .execute();
  await schema
    .createTable('team_requests')
    .ifNotExists()
    .addColumn('repository_id', 'text', (column) => column.notNull())
    .addColumn('number', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('team_requests_key', ['repository_id', 'number'])
    .execute();
}

async function createWaits({ schema }: Handle): Promise<void> {
  await schema
    .createTable('waits')
    .ifNotExists()
    .addColumn('stage', 'text', (column) => column.notNull())
    .addColumn('repository_id', 'text', (column) => column.notNull())
    .addColumn('number', 'bigint', (column) => column.notNull())
    .addColumn('waits_on', 'text', (column) => column.notNull())
    .addColumn('round', 'bigint', (column) => column.notNull())
    .addColumn('started_at', 'bigint', (column) => column.notNull())
    .addColumn('started_from', 'text', (column) => column.notNull())
    .addColumn('ended_at', 'bigint')
    .addColumn('ended_from', 'text')
    .addColumn('paused_ms', 'bigint', (column) => column.notNull())
    .addColumn('pauses', 'text')
    .addColumn('outcome', 'text')
    .addColumn('reason', 'text')
    .addColumn('ignored', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('waits_key', ['repository_id', 'number', 'stage', 'waits_on', 'round'])
    .execute();
  await schema.createIndex('waits_by_end').ifNotExists().on('waits').columns(['stage', 'repository_id', 'ended_at', 'started_at']).execute();
}

async function createLives({ schema }: Handle): Promise<void> {
  await schema
    .createTable('pull_request_lives')
    .ifNotExists()
    .addColumn('repository_id', 'text', (column) => column.notNull())
    .addColumn('number', 'bigint', (column) => column.notNull())
    .addColumn('title', 'text')
    .addColumn('author', 'text', (column) => column.notNull())
    .addColumn('is_by_human', 'bigint', (column) => column.notNull())
    .addColumn('ignored_for', 'text')
    .addColumn('opened_at', 'bigint', (column) => column.notNull())
    .addColumn('ended_at', 'bigint')
    .addColumn('ended_by', 'text')
    .addColumn('stays', 'text', (column) => column.notNull())
    .addColumn('moving', 'text', (column) => column.notNull())
    .addColumn('policy_digest', 'text', (column) => column.notNull())
    .addColumn('digest', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('pull_request_lives_key', ['repository_id', 'number'])
    .execute();
  await schema.createIndex('pull_request_lives_by_end').ifNotExists().on('pull_request_lives').columns(['repository_id', 'ended_at', 'opened_at']).execute();
}

async function createAnswers({ schema }: Handle): Promise<void> {
  await schema
    .createTable('account_answers')
    .ifNotExists()
    .addColumn('ref', 'text', (column) => column.primaryKey())
    .addColumn('identity', 'text', (column) => column.notNull())
    .addColumn('is_human', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('computed_policy')
    .ifNotExists()
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('digest', 'text', (column) => column.notNull())
    .execute();
}
