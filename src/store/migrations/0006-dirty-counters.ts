import type { MigrationStep } from './step.ts';

/** Marks of dirty subjects are numbered in one sequence, no longer each for itself: those that stand come before its first number. */
export const dirtyCountersStep: MigrationStep = {
  name: '0006-dirty-counters',
  part: 'facts',
  breaking: false,
  async apply(transaction) {
    await transaction.updateTable('dirty_subjects').set({ counter: 0 }).execute();
  },
};
