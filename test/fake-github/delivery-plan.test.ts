import { describe, expect, test } from '@jest/globals';
import { planDeliveries, type DeliveryFaults, type PlannedDelivery } from '#test/support/fake-github/webhooks/delivery-plan.ts';
import type { GitHubWebhook } from '#test/support/fake-github/webhooks/github-webhook.ts';

const COUNT = 10_000;
const SECOND = 1_000;

/** One a second, nothing but their GUIDs in them. */
function webhooks(count = COUNT): GitHubWebhook[] {
  return Array.from({ length: count }, (_, index) => ({ guid: `guid-${String(index)}`, event: 'ping', action: null, at: index * SECOND, installationId: null, repositoryId: null, body: '{}' }));
}

function plan(faults: Omit<DeliveryFaults, 'seed'> & { readonly seed?: number }): readonly PlannedDelivery[] {
  return [...planDeliveries(webhooks(), { seed: 1, ...faults })];
}

function numberOf({ webhook }: PlannedDelivery): number {
  return Number(webhook.guid.slice(5));
}

describe('a plan of deliveries', () => {
  test('without faults is every webhook once, in order, when it happened', () => {
    const planned = plan({});

    expect(planned).toHaveLength(COUNT);
    expect(planned.map(numberOf)).toEqual(webhooks().map((_, index) => index));
    expect(planned.every(({ webhook, sendAt, fate, isDuplicate }) => sendAt === webhook.at && fate === 'sent' && !isDuplicate)).toBe(true);
  });

  test('drops the share that is asked for, and the same ones for the same seed', () => {
    const dropped = (seed: number): readonly number[] => plan({ seed, dropped: 0.3 }).filter(({ fate }) => fate === 'failed').map(numberOf);

    expect(dropped(1)).toHaveLength(2_995);
    expect(dropped(1)).toEqual(dropped(1));
    expect(dropped(2)).not.toEqual(dropped(1));
    expect(dropped(2).length / COUNT).toBeCloseTo(0.3, 1);
  });

  test('can drop so that the log knows nothing of it, or believes it arrived', () => {
    const fates = plan({ dropped: 0.3, droppedAs: ['failed', 'swallowed', 'unlogged'] }).map(({ fate }) => fate);
    const count = (wanted: string): number => fates.filter((fate) => fate === wanted).length;

    expect(count('sent')).toBe(COUNT - 2_995);
    for (const fate of ['failed', 'swallowed', 'unlogged']) expect(count(fate) / COUNT).toBeCloseTo(0.1, 1);
  });

  test('sends a share twice, the second time marked as such and not before the first', () => {
    const planned = plan({ duplicated: 0.3, reorderedWithinSeconds: 600 });
    const seen = new Map<string, boolean[]>();
    for (const { webhook, isDuplicate } of planned) seen.set(webhook.guid, [...(seen.get(webhook.guid) ?? []), isDuplicate]);

    expect(planned.length / COUNT).toBeCloseTo(1.3, 1);
    expect(new Set([...seen.values()].map(String))).toEqual(new Set(['false', 'false,true']));
  });

  test('reorders within its horizon, nothing before it happened', () => {
    const planned = plan({ reorderedWithinSeconds: 60 });
    const numbers = planned.map(numberOf);

    expect(numbers).not.toEqual(numbers.toSorted((a, b) => a - b));
    expect(numbers.toSorted((a, b) => a - b)).toEqual(webhooks().map((_, index) => index));
    expect(planned.every(({ webhook, sendAt }) => sendAt >= webhook.at && sendAt <= webhook.at + 60 * SECOND)).toBe(true);
    expect(planned.map(({ sendAt }) => sendAt)).toEqual(planned.map(({ sendAt }) => sendAt).toSorted((a, b) => a - b));
  });

  test('delays a share by what it says', () => {
    const late = plan({ delayed: 0.1, delaySeconds: 3_600 }).filter(({ webhook, sendAt }) => sendAt === webhook.at + 3_600 * SECOND);

    expect(late.length / COUNT).toBeCloseTo(0.1, 1);
  });

  test('holds no more than what waits to be sent', () => {
    let made = 0;
    const endless = (function* (): Generator<GitHubWebhook> {
      for (let index = 0; ; index += 1) {
        made += 1;
        yield { guid: String(index), event: 'ping', action: null, at: index * SECOND, installationId: null, repositoryId: null, body: '{}' };
      }
    })();

    const first = planDeliveries(endless, { seed: 1, reorderedWithinSeconds: 30 }).next();

    expect(first.done).toBe(false);
    expect(made).toBeLessThan(35);
  });
});
