import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { outcomesIn, untilRead, type ReadDelivery } from '#test/support/exported-state.ts';
import { recordFigure } from '#test/support/figures.ts';
import { hostileWebhooks, type HostileWebhook } from '#test/support/hostile-webhooks.ts';
import { endServices, freshFolder, runNarrows, startService, type RunningService } from '#test/support/running-service.ts';
import { WebhookSender } from '#test/support/signed-webhooks.ts';

/** The longest that nothing in a body may hold up the loop that answers GitHub, ms. */
const MOST_HELD_UP_MS = 200;

interface Sent extends Omit<HostileWebhook, 'webhook'> {
  readonly guid: string;
  readonly status: number | null;
  readonly heldUpMs: number;
}

const dataDir = freshFolder();
const sent: Sent[] = [];
let service: RunningService;
let read: ReadonlyMap<string, ReadDelivery>;

/** How long the service's loop was held up at most since this was last asked, ms. */
async function heldUpMs(): Promise<number> {
  const reply = once(service.process, 'message');
  service.process.send('held up');
  const [{ heldUpMs: longest }] = (await reply) as [{ heldUpMs: number }];
  return longest;
}

beforeAll(async () => {
  service = await startService({ dataDir, preload: [new URL('../support/loop-delay.mjs', import.meta.url)] });
  const sender = new WebhookSender(4);
  await heldUpMs();
  for (const { what, webhook, outcome, reason } of hostileWebhooks()) {
    const answer = await sender.send(service.port, webhook);
    sent.push({ what, guid: webhook.guid, outcome, reason, status: answer?.status ?? null, heldUpMs: await heldUpMs() });
  }
  sender.close();
  await untilRead({ NARROWS_DATA_DIR: dataDir }, sent.length);
  const [last] = sent.splice(-1);
  if (last !== undefined) sent.push({ ...last, heldUpMs: Math.max(last.heldUpMs, await heldUpMs()) });
  read = outcomesIn(dataDir);
}, 120_000);

afterAll(endServices);

describe('bodies that mean harm, signed', () => {
  test('are each answered 202 by one and the same process', () => {
    expect(sent.filter(({ status }) => status !== 202)).toEqual([]);
    expect(service.process.exitCode).toBeNull();
    expect(service.said()).not.toMatch(/"level":"(error|fatal)"/);
  });

  test('each come to the end that is theirs, dead letters with a reason', () => {
    const ends = sent.map(({ what, guid }) => [what, read.get(guid)?.outcome]);

    expect(ends).toEqual(sent.map(({ what, outcome }) => [what, outcome]));
    for (const { guid, reason } of sent) if (reason !== null) expect(read.get(guid)?.reason).toMatch(reason);
    recordFigure('Hostile bodies', 'bodies that are lost or read as something else', ends.filter(([, outcome], index) => outcome !== sent[index]?.outcome).length, `0 of ${String(sent.length)}`);
  });

  test('never hold up the loop that answers GitHub', () => {
    const slow = sent.filter(({ heldUpMs: longest }) => longest > MOST_HELD_UP_MS);

    expect(slow).toEqual([]);
    recordFigure('Hostile bodies', `bodies that held up the receiver for more than ${String(MOST_HELD_UP_MS)} ms`, slow.length, `0 of ${String(sent.length)}`);
  });

  test('are told by the doctor, with what is wrong with them', async () => {
    const dead = sent.filter(({ outcome }) => outcome === 'dead');

    const { code, out } = await runNarrows(['doctor'], { dataDir });

    expect(code).toBe(1);
    expect(out).toContain(`${String(dead.length)} could not be read and are kept as dead letters`);
    expect(out).toMatch(/hostile-\d+: the body is not JSON: /);
  });
});
