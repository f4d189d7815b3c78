import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NEVER, type CollectingRig } from '#test/support/collecting-rig.ts';
import type { DeliveryRecord } from '#test/support/fake-github/delivery-record.ts';
import { HookSender, type SendingResult } from '#test/support/fake-github/webhook-sender.ts';
import { planDeliveries, type DeliveryFaults, type PlannedDelivery } from '#test/support/fake-github/webhooks/delivery-plan.ts';
import { worldWebhooks } from '#test/support/fake-github/webhooks/world-webhooks.ts';
import { webhookReceiver } from '#webhooks/receiver.ts';

const SECRETS = ['the secret of faulty webhooks, thirty-two'];

/** GitHub's log keeps three days: it is compared more often than that. */
const HEALED_EVERY_MS = 2 * 86_400_000;

/**
 * Tells an installation everything that happens in its world by signed webhooks over HTTP, which get lost, doubled and
 * out of order on the way, and lets it compare the deliveries log all along.
 */
export async function tellWithFaults(rig: CollectingRig, record: DeliveryRecord, faults: DeliveryFaults): Promise<SendingResult> {
  const { clock, store } = rig;
  const { completeness, app, parts } = rig.open();
  const receiver = webhookReceiver({ inbox: store.inbox, secrets: () => SECRETS, clock, log: parts.log });
  const server = createServer((request, response) => receiver(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo;
  const sender = new HookSender({ url: `http://127.0.0.1:${String(port)}/webhooks/github`, secret: SECRETS[0] ?? '', record, clock: { now: () => clock.now(), set: (at) => clock.advance(at - clock.now()) } });
  const sums = { webhooks: 0, attempts: 0, accepted: 0, missing: 0 };

  const heal = (): Promise<void> => clock.runUntil(completeness.heal(app, NEVER));
  const send = async (deliveries: readonly PlannedDelivery[]): Promise<void> => {
    const result = await sender.send(deliveries);
    for (const name of ['webhooks', 'attempts', 'accepted', 'missing'] as const) sums[name] += result[name];
  };
  let waiting: PlannedDelivery[] = [];
  let healAt = clock.now() + HEALED_EVERY_MS;
  for (const planned of planDeliveries(worldWebhooks(rig.world), faults)) {
    if (planned.sendAt >= healAt) {
      await send(waiting);
      waiting = [];
      while (planned.sendAt >= healAt) {
        clock.advance(healAt - clock.now());
        await heal();
        healAt += HEALED_EVERY_MS;
      }
    }
    waiting.push(planned);
  }
  await send(waiting);
  clock.advance(HEALED_EVERY_MS);
  await heal();
  sender.close();
  server.close();
  return sums;
}
