import type { AccountRef } from './account.ts';
import type { TimeSource } from './event-kind.ts';

/** One push to a branch, as the `push` webhook tells it. */
export interface Push {
  readonly repositoryId: string;
  /** The branch's name, without `refs/heads/`. */
  readonly branch: string;
  readonly before: string;
  readonly after: string;
  readonly forced: boolean;
  readonly actor: AccountRef | null;
  readonly at: number;
  readonly atFrom: TimeSource;
  /** The commits the push names; GitHub lists at most 2,048. */
  readonly commits: readonly string[];
  readonly knownAt: number;
  readonly knownBy: string;
}
