import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { outcomesIn, storedDeliveries, untilRead } from '#test/support/exported-state.ts';
import { aPullRequestEvent } from '#test/support/github-payloads.ts';
import { endServices, startService } from '#test/support/running-service.ts';
import { isAcknowledged, webhookOf, WebhookSender, type Webhook, type WebhookAnswer } from '#test/support/signed-webhooks.ts';

/** A disk so small that a few hundred deliveries fill it, and what stands on it until room is made, bytes. */
const DISK_BYTES = 40_000_000;
const BALLAST_BYTES = 16_000_000;

/** Mounts a small disk in memory; null where this process may not. */
function smallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'narrows-disk-'));
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${String(DISK_BYTES)}`, 'tmpfs', folder]).status === 0) return folder;
  rmSync(folder, { recursive: true });
  return null;
}

const disk = smallDisk();
const whereMounted = disk === null ? test.skip : test;

afterEach(async () => {
  await endServices();
  if (disk === null) return;
  spawnSync('umount', ['-l', disk]);
  rmSync(disk, { recursive: true, force: true });
});

/** Pull requests of their own, each of hundreds of kilobytes that nothing makes smaller. */
function largeWebhook(number: number): Webhook {
  const payload = aPullRequestEvent('opened', { number, body: randomBytes(300_000).toString('base64') });
  return webhookOf(`disk-${String(number)}`, 'pull_request', JSON.stringify(payload));
}

describe('a service whose disk is full', () => {
  whereMounted('answers 503, takes deliveries again once there is room, and has lost none it acknowledged (skipped where no disk can be mounted)', async () => {
    const dataDir = join(disk ?? '', 'data');
    mkdirSync(dataDir);
    writeFileSync(join(disk ?? '', 'ballast'), Buffer.alloc(BALLAST_BYTES, 1));
    const service = await startService({ dataDir });
    const sender = new WebhookSender(8);
    const acknowledged: string[] = [];
    let number = 0;
    const sendSome = async (count: number): Promise<(WebhookAnswer | null)[]> => {
      const webhooks = Array.from({ length: count }, () => largeWebhook((number += 1)));
      const answers = await sender.sendAll(service.port, webhooks);
      acknowledged.push(...webhooks.filter((_, index) => isAcknowledged(answers[index] ?? null)).map(({ guid }) => guid));
      return answers;
    };

    /** Sends until one is refused. Many at once are one transaction, so that where they have no room one alone may have. */
    const fill = async (atOnce: number): Promise<(WebhookAnswer | null)[]> => {
      let answers = await sendSome(atOnce);
      while (answers.every(isAcknowledged) && number < 1_000) answers = await sendSome(atOnce);
      return answers;
    };

    const refusedAmongMany = await fill(8);
    const refused = await fill(1);
    const health = await fetch(`${service.url}/healthz`);
    rmSync(join(disk ?? '', 'ballast'));
    const again = await sendSome(1);
    const healthAgain = await fetch(`${service.url}/healthz`);
    await untilRead({ NARROWS_DATA_DIR: dataDir }, acknowledged.length);
    sender.close();

    expect(refusedAmongMany).toContainEqual({ status: 503, retryAfter: '30' });
    expect(refused).toEqual([{ status: 503, retryAfter: '30' }]);
    expect(health.status).toBe(503);
    expect(again).toEqual([{ status: 202, retryAfter: null }]);
    expect(healthAgain.status).toBe(200);
    expect(service.process.exitCode).toBeNull();
    const stored = await storedDeliveries({ NARROWS_DATA_DIR: dataDir }, acknowledged);
    expect(stored.map(({ guid }) => guid)).toEqual(expect.arrayContaining(acknowledged));
    const read = outcomesIn(dataDir);
    expect(acknowledged.filter((guid) => read.get(guid)?.outcome !== 'facts')).toEqual([]);
  }, 120_000);
});
