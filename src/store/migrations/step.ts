import type { Dialect, Handle } from '../dialect.ts';

/** Which of the two databases a step belongs to; on PostgreSQL they are one. */
export type Part = 'inbox' | 'facts';

/**
 * One step of the schema. Steps are never changed once released, only added: first what old programs
 * tolerate (expand), and in a later release what they do not (contract).
 */
export interface MigrationStep {
  /** `0001-what-it-does`; steps are applied in this order. */
  readonly name: string;
  readonly part: Part;
  /** Whether a program that does not know this step must not use the database any more. */
  readonly breaking: boolean;
  /** Changes the schema; finds it possibly done already, and then changes nothing. */
  apply(transaction: Handle, dialect: Dialect): Promise<void>;
}
