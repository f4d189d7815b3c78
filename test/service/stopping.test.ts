import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { storedDeliveries } from '#test/support/exported-state.ts';
import { recordedWebhooks } from '#test/support/recorded-webhooks.ts';
import { endServices, freshFolder, startService } from '#test/support/running-service.ts';
import { isAcknowledged, WebhookSender } from '#test/support/signed-webhooks.ts';

afterEach(endServices);

describe('a service that is asked to end', () => {
  test('ends with code 0 while senders go on, and everything it acknowledged is stored', async () => {
    const dataDir = freshFolder();
    const service = await startService({ dataDir });
    const sender = new WebhookSender(20);
    const webhooks = recordedWebhooks(100);
    const acknowledged: string[] = [];

    /** One connection, until the service takes no more. */
    const lane = async (): Promise<void> => {
      for (let next = webhooks.shift(); next !== undefined; next = webhooks.shift()) {
        const answer = await sender.send(service.port, next);
        if (answer === null) return;
        if (isAcknowledged(answer)) acknowledged.push(next.guid);
      }
    };
    const lanes = Array.from({ length: 20 }, lane);
    while (acknowledged.length < 300) await sleep(1);
    const ending = await service.terminate();
    await Promise.all(lanes);
    sender.close();

    expect(ending).toEqual({ code: 0, signal: null });
    expect(webhooks.length).toBeGreaterThan(0);
    const stored = new Set((await storedDeliveries({ NARROWS_DATA_DIR: dataDir }, acknowledged)).map(({ guid }) => guid));
    expect(acknowledged.filter((guid) => !stored.has(guid))).toEqual([]);
    expect(service.said()).not.toMatch(/"level":"(error|fatal)"/);
  });

  test('waits neither for a connection that says nothing nor for one that does not end what it says', async () => {
    const service = await startService({ dataDir: freshFolder() });
    const silent = connect(service.port, '127.0.0.1');
    const halting = connect(service.port, '127.0.0.1');
    for (const socket of [silent, halting]) socket.on('error', () => undefined);
    halting.write('POST /webhooks/github HTTP/1.1\r\nHost: narrows\r\nContent-Length: 100\r\nX-Hub-Signature-256: sha256=');
    await sleep(100);

    const ending = await service.terminate();

    expect(ending).toEqual({ code: 0, signal: null });
    silent.destroy();
    halting.destroy();
  });

  test('asked twice it ends at once', async () => {
    const service = await startService({ dataDir: freshFolder() });
    const halting = connect(service.port, '127.0.0.1').on('error', () => undefined);
    halting.write('POST /webhooks/github HTTP/1.1\r\nHost: narrows\r\n');
    await sleep(200);

    service.process.kill('SIGTERM');
    await sleep(200);
    const ending = await service.terminate();

    expect(ending).toEqual({ code: 1, signal: null });
    halting.destroy();
  });
});
