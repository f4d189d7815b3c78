import { describe, expect, test } from '@jest/globals';
import { accountDirectory, type AccountSighting } from '#src/domain/account.ts';
import { isSharedKind } from '#src/domain/event-kind.ts';
import type { PullRequest } from '#src/domain/timeline/event.ts';
import { joinEvidence, NO_EVIDENCE, type PullRequestEvidence } from '#src/domain/timeline/evidence.ts';
import { resolveTimeline } from '#src/domain/timeline/resolve.ts';
import { loadSources } from '#src/ingest/load-sources.ts';
import { readDelivery } from '#src/ingest/read-delivery.ts';
import { pullRequestWaits } from '#src/waits/pull-request-waits.ts';
import { guiWorld } from '#test/support/fake-github/gui-world.ts';
import { asDelivery } from '#test/support/fake-github/webhook-sender.ts';
import { planDeliveries } from '#test/support/fake-github/webhooks/delivery-plan.ts';
import { worldWebhooks } from '#test/support/fake-github/webhooks/world-webhooks.ts';
import { recordedPullRequests } from '#test/support/recorded-pull-requests.ts';

/** Shared kinds that no webhook to this repository tells: the branches of its pull requests lie in forks. */
const ONLY_LISTED: ReadonlySet<string> = new Set(['committed', 'force_pushed']);

/** What only a list of commits tells, and what reads pushes, which webhooks know better. */
const ONLY_LISTED_STAGES: ReadonlySet<string> = new Set(['change.coding', 'review.rework']);

const recorded = recordedPullRequests();
const told = await pullRequestsToldOf();

/** The pull requests as webhooks alone tell them, sent twice in part and in another order. */
async function pullRequestsToldOf(): Promise<readonly PullRequest[]> {
  const sources = await loadSources();
  const sightings: AccountSighting[] = [];
  const evidence = new Map<number, PullRequestEvidence>();
  for (const { webhook, sendAt } of planDeliveries(worldWebhooks(guiWorld()), { seed: 7, duplicated: 0.3, reorderedWithinSeconds: 3_600 })) {
    const reading = readDelivery(asDelivery(webhook, sendAt), sources);
    if (reading.outcome !== 'facts') throw new Error(`${webhook.event} ${String(webhook.action)} makes no facts.`);
    sightings.push(...(reading.changes.accounts ?? []));
    for (const change of reading.changes.pullRequests ?? []) evidence.set(change.number, joinEvidence(evidence.get(change.number) ?? NO_EVIDENCE, change.evidence));
  }
  const accounts = accountDirectory(sightings);
  return [...evidence].sort(([a], [b]) => a - b).flatMap(([number, one]) => resolveTimeline(one, { repositoryId: '1', number, accounts, pushes: [] }) ?? []);
}

/** Events as text; a dismissal without the state it took away, which its webhook does not name. */
function eventsOf(pullRequests: readonly PullRequest[], nameOf: (account: string) => string): readonly string[] {
  return pullRequests.flatMap(({ number, events }) =>
    events
      .filter(({ kind }) => isSharedKind(kind) && !ONLY_LISTED.has(kind))
      .map(({ kind, at, id, actor, detail }) => {
        const about = [kind === 'review_dismissed' ? undefined : detail.state, detail.target === undefined ? undefined : nameOf(detail.target), detail.reason, detail.draft];
        return [number, new Date(at).toISOString(), kind, id ?? '-', actor ?? '-', ...about.map((part) => part ?? '-')].join(' ');
      }),
  );
}

function waitsOf(pullRequests: readonly PullRequest[], nameOf: (account: string) => string): readonly (readonly [what: string, startedAt: number, endedAt: number | null])[] {
  return pullRequests.flatMap((pullRequest) =>
    pullRequestWaits(pullRequest, recorded.reference)
      .filter(({ stage }) => !ONLY_LISTED_STAGES.has(stage))
      .map(({ stage, round, waitsOn, startedAt, endedAt, outcome }) => [[pullRequest.number, stage, waitsOn === null ? '-' : nameOf(waitsOn), round, outcome ?? 'open'].join(' '), startedAt, endedAt] as const),
  );
}

/** A recording names some people by login alone, a webhook always by id: that of `account-17` is 17. */
const nameless = (account: string): string => account.replace(/^@account-/, '#');

describe('what the webhooks of the recording tell', () => {
  test('is every shared event of it but commits and force pushes, and no other', () => {
    const [expected, found] = [eventsOf(recorded.pullRequests, nameless), eventsOf(told, nameless)];

    expect(told).toHaveLength(519);
    expect(found.length).toBeGreaterThan(9_000);
    expect([...found].sort()).toEqual([...expected].sort());
  });

  test('gives the same waits as the recording, their ends within two seconds, but for those that commits tell', () => {
    const [expected, found] = [waitsOf(recorded.pullRequests, nameless), waitsOf(told, nameless)];

    expect(found.map(([what]) => what)).toEqual(expected.map(([what]) => what));
    expect(found.length).toBeGreaterThan(1_500);
    const apart = found.filter(([, startedAt, endedAt], index) => {
      const [, start, end] = expected[index] ?? ['', 0, 0];
      return Math.abs(startedAt - start) > 2_000 || (endedAt === null) !== (end === null) || Math.abs((endedAt ?? 0) - (end ?? 0)) > 2_000;
    });
    expect(apart).toEqual([]);
  });
});
