import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { standingClock } from '#src/core/clock.ts';
import { createLog } from '#src/core/log.ts';
import { xoshiro128 } from '#src/core/statistics/random.ts';
import type { MailState } from '#src/domain/outbox.ts';
import { openStore } from '#src/store/store.ts';
import { deliverDue } from '#reports/delivery/deliver.ts';
import { smtpCarrier } from '#reports/delivery/smtp.ts';
import { recordFigure, size } from '#test/support/figures.ts';
import { SERVER_STEPS, startMailServer, type MailServer, type ServerStep } from './mail-server.ts';
import type { ClientStep, SendingOrder } from './sending-process.ts';

const NOW = Date.parse('2025-11-24T08:00:00+01:00');
const KEY = { team: 'payments', recipient: 'lead@example.com', week: '2025-W47' };
const PROGRAM = fileURLToPath(new URL('./sending-process.ts', import.meta.url));

/** A place to die: at a step that the sender takes, or when the server has come to one. */
type Death = { readonly at: 'sender'; readonly step: ClientStep } | { readonly at: 'server'; readonly step: ServerStep };

/** Everywhere but between the mark of the hand-over and the last line, which has a test of its own. */
const DEATHS: readonly Death[] = [
  ...(['enqueued', 'claimed', 'asked-to-hand-over', 'answered', 'settled'] as const).map((step) => ({ at: 'sender', step }) as const),
  ...SERVER_STEPS.map((step) => ({ at: 'server', step }) as const),
];

const folders: string[] = [];
let servers: MailServer[];

beforeEach(() => {
  servers = [];
});
afterEach(async () => {
  for (const server of servers) await server.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Sends a mail in a process of its own that dies there; resolves to the folder of its store and the server. */
async function sendAndDie(death: Death): Promise<{ readonly dataDir: string; readonly server: MailServer; readonly wasKilled: boolean }> {
  const folder = mkdtempSync(join(tmpdir(), 'narrows-mail-'));
  folders.push(folder);
  const server = await startMailServer();
  servers.push(server);
  const order: SendingOrder = { dataDir: join(folder, 'data'), url: server.url, nowAt: NOW, dieAt: death.at === 'sender' ? death.step : null };
  const child = spawn(process.execPath, ['--conditions=source', '--import', 'tsx', PROGRAM, JSON.stringify(order)], { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'exit');
  server.onStep = async (step) => {
    if (death.at !== 'server' || step !== death.step) return;
    child.kill('SIGKILL');
    await ended;
  };
  const [, signal] = await ended;
  server.onStep = () => undefined;
  await new Promise((resolve) => setTimeout(resolve, 20));
  return { dataDir: order.dataDir, server, wasKilled: signal === 'SIGKILL' };
}

/** What another process does an hour later, and again a day later, with what the first has left. */
async function recover(dataDir: string, server: MailServer): Promise<MailState | null> {
  const clock = standingClock(NOW + 3_600_000);
  const store = await openStore({ dataDir, databaseUrl: null, clock });
  const { outbox } = store;
  const delivery = { outbox, carrier: smtpCarrier({ url: server.url }), clock, log: createLog({ level: 'silent' }) };
  await deliverDue(delivery);
  clock.set(NOW + 86_400_000);
  await deliverDue(delivery);
  const line = await outbox.line(KEY);
  await store.close();
  return line?.state ?? null;
}

/** Deaths in a seeded order, every one as often as the others. */
function seededDeaths(count: number, seed: number): Death[] {
  const random = xoshiro128(seed);
  const deaths: Death[] = [];
  while (deaths.length < count) deaths.push(...DEATHS.map((death) => ({ death, key: random.next() })).sort((a, b) => a.key - b.key).map(({ death }) => death));
  return deaths.slice(0, count);
}

describe('a sender killed with kill -9', () => {
  test(
    'at any step of sending, has its mail arrive exactly once',
    async () => {
      const deaths = seededDeaths(size(10, 100), 47);
      const outcomes: string[] = [];
      for (let index = 0; index < deaths.length; index += 2) {
        const pair = deaths.slice(index, index + 2).map(async (death) => {
          const { dataDir, server, wasKilled } = await sendAndDie(death);
          const state = await recover(dataDir, server);
          return `${death.at} ${death.step}: killed ${String(wasKilled)}, arrived ${String(server.taken.length)}, ended ${String(state === 'sent' || state === 'unconfirmed')}`;
        });
        outcomes.push(...(await Promise.all(pair)));
      }

      expect(outcomes).toEqual(deaths.map(({ at, step }) => `${at} ${step}: killed true, arrived 1, ended true`));
      recordFigure('Weekly mail', 'kills -9 of the sender after which its mail arrived exactly once', deaths.length, `all ${String(deaths.length)}`);
    },
    size(120_000, 900_000),
  );

  test('after the server took the mail and before its answer, leaves it unconfirmed and not sent again', async () => {
    const { dataDir, server } = await sendAndDie({ at: 'server', step: 'accepted' });

    const state = await recover(dataDir, server);

    expect([state, server.taken.length]).toEqual(['unconfirmed', 1]);
  }, 60_000);

  test('between the mark and the last line, leaves it unconfirmed, which the operator is told and can mend', async () => {
    const { dataDir, server } = await sendAndDie({ at: 'sender', step: 'handed-over' });
    const state = await recover(dataDir, server);
    const arrivedByItself = server.taken.length;

    const clock = standingClock(NOW + 90_000_000);
    const store = await openStore({ dataDir, databaseUrl: null, clock });
    const { outbox } = store;
    const wasThere = await outbox.again(KEY);
    await deliverDue({ outbox, carrier: smtpCarrier({ url: server.url }), clock, log: createLog({ level: 'silent' }) });
    const line = await outbox.line(KEY);
    await store.close();

    expect([state, arrivedByItself]).toEqual(['unconfirmed', 0]);
    expect([wasThere, line?.state, server.taken.length]).toEqual([true, 'sent', 1]);
  }, 60_000);
});
