import type { Clock } from '#src/core/clock.ts';
import type { Log } from '#src/core/log.ts';
import type { CollectionStore } from '#src/domain/collection.ts';
import type { CompletenessWriter } from '#src/domain/completeness.ts';
import type { Leases } from '#src/domain/lease.ts';
import type { Inbox } from '#src/domain/store.ts';

/** What every part of the poller works with. */
export interface PollerParts {
  readonly collection: CollectionStore;
  readonly inbox: Pick<Inbox, 'store'>;
  readonly completeness: CompletenessWriter;
  readonly leases: Leases;
  /** This process, told apart from every other that shares the store. */
  readonly holder: string;
  /** Whether a repository (`owner/name`) is to be collected: the policy's word. */
  readonly collects: (fullName: string) => boolean;
  readonly clock: Clock;
  readonly log: Log;
  /** Resolves after so long; rejects with the signal's reason when that is aborted before. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** From 0 to below 1. */
  readonly random: () => number;
}
