import { sql } from 'kysely';
import type { Handle } from '../dialect.ts';
import type { MigrationStep } from './step.ts';

/** The facts, and what became of each delivery. */
export const factsStep: MigrationStep = {
  name: '0002-facts',
  part: 'facts',
  breaking: false,
  async apply(transaction) {
    await createOutcomes(transaction);
    await createAccounts(transaction);
    await createRepositories(transaction);
    await createPullRequests(transaction);
    await createPushes(transaction);
    await createTeams(transaction);
  },
};

async function createOutcomes({ schema }: Handle): Promise<void> {
  await schema
    .createTable('fact_marks')
    .ifNotExists()
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('delivery_outcomes')
    .ifNotExists()
    .addColumn('delivery_id', 'bigint', (column) => column.primaryKey())
    .addColumn('event', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('folded_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createIndex('delivery_outcomes_dead')
    .ifNotExists()
    .on('delivery_outcomes')
    .column('delivery_id')
    .where(sql<boolean>`outcome = 'dead'`)
    .execute();
}

async function createAccounts({ schema }: Handle): Promise<void> {
  await schema
    .createTable('account_sightings')
    .ifNotExists()
    .addColumn('account_id', 'text', (column) => column.notNull())
    .addColumn('login', 'text', (column) => column.notNull())
    .addColumn('login_key', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('seen_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('account_sightings_key', ['account_id', 'login', 'type'])
    .execute();
  await schema.createIndex('account_sightings_login').ifNotExists().on('account_sightings').column('login_key').execute();
}

async function createRepositories({ schema }: Handle): Promise<void> {
  await schema
    .createTable('repository_names')
    .ifNotExists()
    .addColumn('repository_id', 'text', (column) => column.notNull())
    .addColumn('full_name', 'text', (column) => column.notNull())
    .addColumn('name_key', 'text', (column) => column.notNull())
    .addColumn('first_seen_at', 'bigint')
    .addColumn('last_seen_at', 'bigint')
    .addColumn('deleted_at', 'bigint')
    .addPrimaryKeyConstraint('repository_names_key', ['repository_id', 'full_name'])
    .execute();
  await schema.createIndex('repository_names_name').ifNotExists().on('repository_names').column('name_key').execute();
  await schema
    .createTable('name_owners')
    .ifNotExists()
    .addColumn('name_key', 'text', (column) => column.primaryKey())
    .addColumn('repository_id', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('name_owners_repository').ifNotExists().on('name_owners').column('repository_id').execute();
  await schema
    .createTable('repositories')
    .ifNotExists()
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('full_name', 'text', (column) => column.notNull())
    .addColumn('name_key', 'text', (column) => column.notNull())
    .addColumn('deleted_at', 'bigint')
    .execute();
  await schema.createIndex('repositories_name').ifNotExists().on('repositories').column('name_key').execute();
}

async function createPullRequests({ schema }: Handle): Promise<void> {
  await schema
    .createTable('pull_requests')
    .ifNotExists()
    .addColumn('repository_id', 'text', (column) => column.notNull())
    .addColumn('number', 'bigint', (column) => column.notNull())
    .addColumn('author', 'text')
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('draft', 'bigint')
    .addColumn('title', 'text')
    .addColumn('created_at', 'bigint')
    .addColumn('closed_at', 'bigint')
    .addColumn('merged_at', 'bigint')
    .addColumn('updated_at', 'bigint')
    .addColumn('additions', 'bigint')
    .addColumn('deletions', 'bigint')
    .addColumn('changed_files', 'bigint')
    .addColumn('commits', 'bigint')
    .addColumn('base_ref', 'text')
    .addColumn('head_ref', 'text')
    .addColumn('head_sha', 'text')
    .addColumn('head_repository_id', 'text')
    .addColumn('attributes', 'text', (column) => column.notNull())
    .addColumn('timeline', 'text', (column) => column.notNull())
    .addColumn('parts', 'text')
    .addPrimaryKeyConstraint('pull_requests_key', ['repository_id', 'number'])
    .execute();
}

async function createPushes({ schema }: Handle): Promise<void> {
  await schema
    .createTable('pushes')
    .ifNotExists()
    .addColumn('repository_id', 'text', (column) => column.notNull())
    .addColumn('branch', 'text', (column) => column.notNull())
    .addColumn('before_sha', 'text', (column) => column.notNull())
    .addColumn('after_sha', 'text', (column) => column.notNull())
    .addColumn('pushed_second', 'bigint', (column) => column.notNull())
    .addColumn('pushed_at', 'bigint', (column) => column.notNull())
    .addColumn('at_from', 'text', (column) => column.notNull())
    .addColumn('forced', 'bigint', (column) => column.notNull())
    .addColumn('actor', 'text')
    .addColumn('commits', 'text', (column) => column.notNull())
    .addColumn('known_at', 'bigint', (column) => column.notNull())
    .addColumn('known_by', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('pushes_key', ['repository_id', 'branch', 'before_sha', 'after_sha', 'pushed_second'])
    .execute();
}

async function createTeams({ schema }: Handle): Promise<void> {
  await schema
    .createTable('teams')
    .ifNotExists()
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('organization', 'text', (column) => column.notNull())
    .addColumn('slug', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('parent_id', 'text')
    .addColumn('seen_at', 'bigint', (column) => column.notNull())
    .addColumn('deleted_at', 'bigint')
    .execute();
  await schema
    .createTable('team_memberships')
    .ifNotExists()
    .addColumn('team_id', 'text', (column) => column.notNull())
    .addColumn('account', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'bigint', (column) => column.notNull())
    .addColumn('is_member', 'bigint', (column) => column.notNull())
    .addColumn('at_from', 'text', (column) => column.notNull())
    .addColumn('known_at', 'bigint', (column) => column.notNull())
    .addColumn('known_by', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('team_memberships_key', ['team_id', 'account', 'changed_at', 'is_member'])
    .execute();
  await schema
    .createTable('team_repositories')
    .ifNotExists()
    .addColumn('team_id', 'text', (column) => column.notNull())
    .addColumn('repository_id', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'bigint', (column) => column.notNull())
    .addColumn('has_access', 'bigint', (column) => column.notNull())
    .addColumn('permission', 'text')
    .addColumn('at_from', 'text', (column) => column.notNull())
    .addColumn('known_at', 'bigint', (column) => column.notNull())
    .addColumn('known_by', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('team_repositories_key', ['team_id', 'repository_id', 'changed_at', 'has_access'])
    .execute();
  await schema
    .createTable('collaborators')
    .ifNotExists()
    .addColumn('repository_id', 'text', (column) => column.notNull())
    .addColumn('account', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'bigint', (column) => column.notNull())
    .addColumn('is_collaborator', 'bigint', (column) => column.notNull())
    .addColumn('permission', 'text')
    .addColumn('at_from', 'text', (column) => column.notNull())
    .addColumn('known_at', 'bigint', (column) => column.notNull())
    .addColumn('known_by', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('collaborators_key', ['repository_id', 'account', 'changed_at', 'is_collaborator'])
    .execute();
}
