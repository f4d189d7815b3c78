import { NarrowsError } from '#src/core/errors.ts';
import type { Log } from '#src/core/log.ts';
import type { Policy } from '#src/config/policy.ts';
import { policyRules } from '#src/config/policy-rules.ts';
import type { Inbox, Store } from '#src/domain/store.ts';
import type { GitHubApp } from '#src/github/github.ts';
import { openGitHub, type GitHubOptions } from '#src/github/open-github.ts';
import { systemWaitingClock, type WaitingClock } from '#src/github/waiting-clock.ts';
import { Collector } from './collector.ts';
import { completenessTasks, type CompletenessTasks } from './completeness/completeness-tasks.ts';
import type { PollerParts } from './poller-parts.ts';
import { ownersNamed } from './token-owners.ts';

/** What collecting is put together from. */
export interface CollectorOptions {
  readonly github: GitHubOptions;
  readonly policy: Policy;
  readonly store: Store;
  /** Where deliveries go [the store's own inbox]. */
  readonly inbox?: Pick<Inbox, 'store' | 'byGuid'>;
  readonly holder: string;
  readonly log: Log;
  readonly clock?: WaitingClock;
  readonly random?: () => number;
}

/** Everything that collects, put together. */
export interface OpenCollector {
  readonly parts: PollerParts;
  readonly collector: Collector;
  readonly completeness: CompletenessTasks;
  /** Null where a token stands for the App. */
  readonly app: GitHubApp | null;
}

/**
 * Puts together what collects; null where no credential is set. Nothing is asked yet. Throws `bad-policy` where a
 * personal token is set and the policy names no owner.
 */
export function openCollector({ github, policy, store, inbox = store.inbox, holder, log, clock = systemWaitingClock, random = Math.random }: CollectorOptions): OpenCollector | null {
  const access = openGitHub(github, { random, log, clock });
  if (access === null) return null;
  const parts: PollerParts = {
    collection: store.collection,
    inbox,
    completeness: store.completenessWriter,
    leases: store.leases,
    holder,
    collects: policyRules(policy).collects,
    clock,
    log,
    sleep: (ms, signal) => clock.wait(ms, signal),
    random,
  };
  return {
    parts,
    collector: new Collector(parts, access.kind === 'app' ? access : { ...access, owners: ownersOf(policy) }),
    completeness: completenessTasks({ ...parts, inbox, healing: store.healing, audit: store.completenessAudit }),
    app: access.kind === 'app' ? access.app : null,
  };
}

function ownersOf(policy: Policy): readonly string[] {
  const owners = ownersNamed(policy);
  if (owners.length > 0) return owners;
  throw new NarrowsError('bad-policy', 'NARROWS_GITHUB_TOKEN is set, and the policy does not say whose repositories to collect with it: name them there, such as repositories: { include: ["octo-org/*"] }.');
}
