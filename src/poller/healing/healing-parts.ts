import type { Clock } from '#src/core/clock.ts';
import type { Log } from '#src/core/log.ts';
import type { CompletenessWriter } from '#src/domain/completeness.ts';
import type { HealingStore } from '#src/domain/healing.ts';
import type { Inbox } from '#src/domain/store.ts';
import type { GitHubApp } from '#src/github/github.ts';

/** What healing works with. */
export interface HealingParts {
  readonly app: Pick<GitHubApp, 'deliveryLog' | 'deliveredPayload' | 'redeliver'>;
  readonly inbox: Pick<Inbox, 'store' | 'byGuid'>;
  readonly healing: HealingStore;
  readonly completeness: Pick<CompletenessWriter, 'open'>;
  readonly clock: Clock;
  readonly log: Log;
}
