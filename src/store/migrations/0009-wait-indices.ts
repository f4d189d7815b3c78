import { sql } from 'kysely';
import { lengthClass } from '../length-class.ts';
import type { MigrationStep } from './step.ts';

/**
 * Indices by which the waits and lives that overlap a window are found, whatever came before and after it
 * (`length-class.ts`). That of the waits holds all that an estimate reads. They replace those ordered by ends alone.
 */
export const waitIndicesStep: MigrationStep = {
  name: '0009-wait-indices',
  part: 'facts',
  breaking: false,
  async apply(transaction) {
    await sql`create index if not exists waits_in_time on waits
      (stage, repository_id, ${lengthClass('started_at', 'ended_at')}, ended_at, started_at, number, paused_ms, outcome, pauses)
      where ignored = 0`.execute(transaction);
    await sql`create index if not exists pull_request_lives_in_time on pull_request_lives
      (repository_id, ${lengthClass('opened_at', 'ended_at')}, ended_at, opened_at)
      where ignored_for is null`.execute(transaction);
    await transaction.schema.createIndex('pull_requests_by_update').ifNotExists().on('pull_requests').columns(['repository_id', 'updated_at']).execute();
    await transaction.schema.dropIndex('waits_by_end').ifExists().execute();
    await transaction.schema.dropIndex('pull_request_lives_by_end').ifExists().execute();
  },
};
