import type { Clock } from '#src/core/clock.ts';
import { NarrowsError } from '#src/core/errors.ts';
import { compareText } from '#src/core/text.ts';
import type { Database } from '../database.ts';
import type { Handle } from '../dialect.ts';
import { inboxStep } from './0001-inbox.ts';
import { factsStep } from './0002-facts.ts';
import { waitsStep } from './0003-waits.ts';
import { outboxStep } from './0004-outbox.ts';
import { collectionStep } from './0005-collection.ts';
import { dirtyCountersStep } from './0006-dirty-counters.ts';
import { completenessStep } from './0007-completeness.ts';
import { teamListingsStep } from './0008-team-listings.ts';
import { waitIndicesStep } from './0009-wait-indices.ts';
import type { MigrationStep, Part } from './step.ts';

/** Every step of the schema, in order. */
export const MIGRATION_STEPS: readonly MigrationStep[] = [inboxStep, factsStep, waitsStep, outboxStep, collectionStep, dirtyCountersStep, completenessStep, teamListingsStep, waitIndicesStep];

/**
 * Brings a database to this program's schema, in one transaction that only one process runs at a
 * time. A database that a newer program has changed is used as long as none of its further steps is
 * breaking; else `NarrowsError('schema-newer')`, and nothing is touched.
 */
export async function migrate(
  database: Database,
  parts: readonly Part[],
  clock: Clock,
  steps: readonly MigrationStep[] = MIGRATION_STEPS,
): Promise<void> {
  const wanted = steps.filter((step) => parts.includes(step.part)).sort((a, b) => compareText(a.name, b.name));
  await database.transact(async (transaction) => {
    await database.dialect.lock(transaction, 'migrate');
    const applied = await appliedSteps(transaction);
    refuseNewer(applied, wanted);
    for (const step of wanted) {
      if (applied.has(step.name)) continue;
      await step.apply(transaction, database.dialect);
      await transaction
        .insertInto('schema_steps')
        .values({ name: step.name, breaking: step.breaking ? 1 : 0, applied_at: clock.now() })
        .execute();
    }
  });
}

/** The steps applied, by name, with whether each is breaking. */
async function appliedSteps(transaction: Handle): Promise<Map<string, boolean>> {
  await transaction.schema
    .createTable('schema_steps')
    .ifNotExists()
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('breaking', 'bigint', (column) => column.notNull())
    .addColumn('applied_at', 'bigint', (column) => column.notNull())
    .execute();
  const rows = await transaction.selectFrom('schema_steps').select(['name', 'breaking']).execute();
  return new Map(rows.map(({ name, breaking }) => [name, breaking === 1]));
}

function refuseNewer(applied: ReadonlyMap<string, boolean>, steps: readonly MigrationStep[]): void {
  const known = new Set(steps.map(({ name }) => name));
  const newer = [...applied].filter(([name, breaking]) => breaking && !known.has(name)).map(([name]) => name);
  if (newer.length === 0) return;
  throw new NarrowsError(
    'schema-newer',
    `The database was changed by a newer version of Narrows (${newer.sort(compareText).join(', ')}). Start that version or a later one, or restore a backup from before it.`,
  );
}
