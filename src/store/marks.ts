import { sql } from 'kysely';
import type { Handle } from './dialect.ts';

/** Every delivery up to this one was folded. The mark lives with the facts, in the same transaction, so that both are true or neither. */
export const FOLDED_MARK = 'folded';

/** A mark's value; 0 before it was ever set. */
export async function readMark(handle: Handle, name: string): Promise<number> {
  const row = await handle.selectFrom('fact_marks').select('value').where('name', '=', name).executeTakeFirst();
  return row?.value ?? 0;
}

/** Moves a mark forward; one that is further already stays. */
export async function advanceMark(transaction: Handle, name: string, value: number): Promise<void> {
  await transaction
    .insertInto('fact_marks')
    .values({ name, value })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ value: (set) => set.ref('excluded.value') })
        .whereRef('excluded.value', '>', 'fact_marks.value'),
    )
    .execute();
}

/** Adds one to a mark. Resolves to its value: no other transaction is ever given the same, and whoever gets a lower one has ended by then. */
export async function raiseMark(transaction: Handle, name: string): Promise<number> {
  const { value } = await transaction
    .insertInto('fact_marks')
    .values({ name, value: 1 })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: sql<number>`fact_marks.value + 1` }))
    .returning('value')
    .executeTakeFirstOrThrow();
  return value;
}
