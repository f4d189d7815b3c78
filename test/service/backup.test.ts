import { existsSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { backUp, restore } from '#src/commands/actions/backup.ts';
import { exportedState, storedDeliveries, undisturbedState, untilRead } from '#test/support/exported-state.ts';
import { recordFigure, size } from '#test/support/figures.ts';
import { recordedWebhooks } from '#test/support/recorded-webhooks.ts';
import { endServices, freshFolder, startService } from '#test/support/running-service.ts';
import { isAcknowledged, WebhookSender } from '#test/support/signed-webhooks.ts';

const CONNECTIONS = 10;

/** Between two deliveries of one connection: the backup is to be taken before all have come. */
const PAUSE_MS = 10;

const now = Date.UTC(2026, 5, 1);

const kept = { withCredentials: false, now };

function place(dataDir: string): { readonly dataDir: string; readonly databaseUrl: null } {
  return { dataDir, databaseUrl: null };
}

/** A data folder in which a small installation has stopped. */
async function stoppedInstallation(): Promise<string> {
  const dataDir = freshFolder();
  await undisturbedState(dataDir, await storedDeliveries({ NARROWS_DATA_DIR: dataDir }, []));
  return dataDir;
}

afterEach(endServices);

describe('a backup', () => {
  test('taken while deliveries come holds all that was acknowledged before, and once the rest has come the facts and waits of an undisturbed installation', async () => {
    const dataDir = freshFolder();
    const service = await startService({ dataDir });
    const webhooks = recordedWebhooks(size(40, 300));
    const sender = new WebhookSender(CONNECTIONS);
    const acknowledged = new Set<string>();
    let next = 0;
    const lane = async (): Promise<void> => {
      for (let webhook = webhooks[next++]; webhook !== undefined; webhook = webhooks[next++]) {
        if (isAcknowledged(await sender.send(service.port, webhook))) acknowledged.add(webhook.guid);
        await sleep(PAUSE_MS);
      }
    };

    const lanes = Array.from({ length: CONNECTIONS }, lane);
    await untilRead({ NARROWS_DATA_DIR: dataDir }, 1);
    const before = [...acknowledged];
    const folder = join(freshFolder(), 'backup');
    const label = await backUp(place(dataDir), folder, kept);
    const atEnd = acknowledged.size;
    await Promise.all(lanes);
    await service.terminate();
    const restored = freshFolder();
    await restore(place(restored), folder);
    const held = await storedDeliveries({ NARROWS_DATA_DIR: restored }, webhooks.map(({ guid }) => guid));
    const again = await startService({ dataDir: restored });
    await sender.sendAll(again.port, webhooks);
    await untilRead({ NARROWS_DATA_DIR: restored }, webhooks.length);
    await again.terminate();
    sender.close();

    const stored = await storedDeliveries({ NARROWS_DATA_DIR: dataDir }, webhooks.map(({ guid }) => guid));
    const undisturbed = await undisturbedState(freshFolder(), stored);
    const state = await exportedState({ NARROWS_DATA_DIR: restored });
    const missing = before.filter((guid) => !held.some((delivery) => delivery.guid === guid));
    recordFigure('Backup under load', `acknowledged before the backup and not in it, of ${String(before.length)}`, missing.length, '0');
    expect(atEnd).toBeLessThan(webhooks.length);
    expect(label.deliveries).toBe(held.length);
    expect(missing).toEqual([]);
    expect(state).toEqual(undisturbed);
  }, 300_000);

  test('is for its owner alone, and copies the credentials only when told to', async () => {
    const dataDir = await stoppedInstallation();
    writeFileSync(join(dataDir, 'credentials.json'), '{}', { mode: 0o600 });
    const [without, beside] = [join(freshFolder(), 'without'), join(freshFolder(), 'with')];

    await backUp(place(dataDir), without, kept);
    await backUp(place(dataDir), beside, { ...kept, withCredentials: true });

    expect(readdirSync(without).sort()).toEqual(['backup.json', 'facts.sqlite', 'inbox.sqlite']);
    expect(readdirSync(beside).sort()).toEqual(['backup.json', 'credentials.json', 'facts.sqlite', 'inbox.sqlite']);
    expect(statSync(beside).mode & 0o777).toBe(0o700);
    expect(readdirSync(beside).map((file) => statSync(join(beside, file)).mode & 0o777)).toEqual([0o600, 0o600, 0o600, 0o600]);
  });

  test('is refused where something stands already, where there are no data, and for PostgreSQL', async () => {
    const dataDir = await stoppedInstallation();
    const taken = freshFolder();

    await expect(backUp(place(dataDir), taken, kept)).rejects.toThrow(`${taken} is there already`);
    await expect(backUp(place(freshFolder()), join(taken, 'x'), kept)).rejects.toThrow('There is nothing to back up');
    await expect(backUp({ dataDir, databaseUrl: 'postgres://localhost/narrows' }, join(taken, 'x'), kept)).rejects.toThrow('pg_dump');
    expect(readdirSync(taken)).toEqual([]);
  });
});

describe('a restore', () => {
  test('changes nothing in a data folder that is in use, and nothing from what is no backup', async () => {
    const dataDir = await stoppedInstallation();
    const folder = join(freshFolder(), 'backup');
    await backUp(place(dataDir), folder, kept);

    await expect(restore(place(dataDir), folder)).rejects.toThrow('holds data already');
    await expect(restore(place(freshFolder()), freshFolder())).rejects.toThrow('is no backup of Narrows');
  });

  test('of a damaged backup is refused and leaves nothing behind', async () => {
    const dataDir = await stoppedInstallation();
    const folder = join(freshFolder(), 'backup');
    await backUp(place(dataDir), folder, kept);
    truncateSync(join(folder, 'facts.sqlite'), statSync(join(folder, 'facts.sqlite')).size / 2);
    const target = freshFolder();

    await expect(restore(place(target), folder)).rejects.toMatchObject({ code: 'storage-failed' });

    expect(existsSync(join(target, 'facts.sqlite'))).toBe(false);
  });
});
