import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { standingClock } from '#src/core/clock.ts';
import { createLog } from '#src/core/log.ts';
import type { Store } from '#src/domain/store.ts';
import { completenessTasks, type CompletenessTasks } from '#src/poller/completeness/completeness-tasks.ts';
import { openStore } from '#src/store/store.ts';
import { LoggedApp } from './logged-app.ts';

const NOW = Date.UTC(2025, 10, 19, 12);
const MINUTE = 60_000;
const NEVER = new AbortController().signal;

let folder: string;
let clock: ReturnType<typeof standingClock>;
let store: Store;
let app: LoggedApp;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'narrows-tasks-'));
  clock = standingClock(NOW);
  store = await openStore({ dataDir: folder, databaseUrl: null, clock });
  app = new LoggedApp(clock);
  app.add({ guid: 'lost', deliveredAt: NOW - MINUTE });
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

function tasksOf(holder: string): CompletenessTasks {
  return completenessTasks({
    collection: store.collection,
    inbox: store.inbox,
    completeness: store.completenessWriter,
    leases: store.leases,
    healing: store.healing,
    audit: store.completenessAudit,
    holder,
    collects: () => true,
    clock,
    log: createLog({ level: 'silent' }),
    sleep: () => Promise.resolve(),
    random: () => 0.5,
  });
}

describe('healing, asked for every minute', () => {
  test('compares the log every ten minutes, whichever process did it last', async () => {
    const [one, other] = [tasksOf('one'), tasksOf('other')];

    for (let minute = 0; minute <= 20; minute += 1) {
      clock.set(NOW + minute * MINUTE);
      await one.heal(app, NEVER);
      await other.heal(app, NEVER);
    }

    expect(app.calls).toEqual(['log', 'payload 1', 'log', 'log']);
    expect(await store.inbox.byGuid(['lost'])).toHaveLength(1);
  });

  test('leaves it to the process that holds the lease', async () => {
    await store.leases.acquire('deliveries-log', 'other', 60);

    await tasksOf('one').heal(app, NEVER);

    expect(app.calls).toEqual([]);
  });

  test('does nothing where a token stands for the App: it has no log', async () => {
    await tasksOf('one').heal(null, NEVER);

    expect(await store.healing.checkedUntil()).toBeNull();
  });
});

describe('certifying, asked for every minute', () => {
  test('holds listings against the facts at once when they are due', async () => {
    await store.completenessWriter.expectParts([{ repositoryId: '7', number: 1, takenAt: NOW - 60 * MINUTE, createdAt: NOW - 90 * MINUTE, weeks: [{ kind: 'reviews', weekFromAt: Date.UTC(2025, 10, 17), count: 2 }], lacking: {} }]);

    await tasksOf('one').certify([], NEVER);

    expect(await store.completenessAudit.openGaps('7', 'reviews')).toMatchObject([{ id: 'reviews:7#1', missing: 2 }]);
  });
});
