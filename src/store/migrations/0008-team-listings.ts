import type { MigrationStep } from './step.ts';

/** What was listed whole of organisations and teams: the teams, their members, the repositories they reach. */
export const teamListingsStep: MigrationStep = {
  name: '0008-team-listings',
  part: 'facts',
  breaking: false,
  async apply({ schema }) {
    await schema
      .createTable('team_listings')
      .ifNotExists()
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('taken_at', 'bigint', (column) => column.notNull())
      .addColumn('content', 'text', (column) => column.notNull())
      .addColumn('known_by', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('team_listings_key', ['subject', 'kind', 'taken_at'])
      .execute();
  },
};
