import type { CompletenessAudit } from '#src/domain/completeness.ts';
import type { HealingStore } from '#src/domain/healing.ts';
import type { Inbox } from '#src/domain/store.ts';
import type { GitHubApp } from '#src/github/github.ts';
import type { CollectionTarget } from '../collected-installation.ts';
import { healDeliveries } from '../healing/heal-deliveries.ts';
import type { PollerParts } from '../poller-parts.ts';
import { underLease } from '../under-lease.ts';
import { checkPullRequests } from './check-pull-requests.ts';

/** What the tasks of completeness work with. */
export interface CompletenessTaskParts extends PollerParts {
  readonly inbox: Pick<Inbox, 'store' | 'byGuid'>;
  readonly healing: HealingStore;
  readonly audit: CompletenessAudit;
}

/** How often the deliveries log is compared, ms. At twenty thousand deliveries a day that is four requests each time. */
const HEALED_EVERY_MS = 10 * 60_000;

/** How often totals are held against the facts, ms: one request for fifty repositories. */
const CHECKED_EVERY_MS = 3_600_000;

/** Steps of the audit in one run, so that others get a turn. */
const AUDIT_STEPS = 50;

/** What is done again and again so that it is known what is missing, and heals. */
export interface CompletenessTasks {
  /**
   * Compares GitHub's deliveries log with the inbox and heals; does nothing when that was done in the last ten minutes
   * or another process does it. `app` is null where a token stands for the App: it has no log.
   */
  heal(app: Pick<GitHubApp, 'deliveryLog' | 'deliveredPayload' | 'redeliver'> | null, signal: AbortSignal): Promise<void>;
  /** Holds facts against listings, and once an hour the totals of repositories against the facts. */
  certify(targets: readonly CollectionTarget[], signal: AbortSignal): Promise<void>;
}

/** The tasks, to be called every minute or so. */
export function completenessTasks(parts: CompletenessTaskParts): CompletenessTasks {
  const { clock, log, healing, audit } = parts;
  let certifiedAt = -Infinity;
  return {
    heal: async (app, signal) => {
      if (app === null || !(await isDue(healing, clock.now()))) return;
      await underLease(parts, 'deliveries-log', async () => {
        if (!(await isDue(healing, clock.now()))) return;
        const result = await healDeliveries({ ...parts, app }, signal);
        if (result.healed + result.missing > 0) log.info({ ...result }, 'lost deliveries were looked for in the log of GitHub');
      });
    },
    certify: async (targets, signal) => {
      await underLease(parts, 'completeness', async () => {
        for (let step = 0; step < AUDIT_STEPS && !signal.aborted; step += 1) if (!(await audit.auditParts(clock.now()))) break;
        if (clock.now() - certifiedAt < CHECKED_EVERY_MS) return;
        await checkPullRequests(parts, targets, signal);
        certifiedAt = clock.now();
      });
    },
  };
}

async function isDue(healing: HealingStore, nowAt: number): Promise<boolean> {
  const checkedUntil = await healing.checkedUntil();
  return checkedUntil === null || nowAt - checkedUntil >= HEALED_EVERY_MS;
}
