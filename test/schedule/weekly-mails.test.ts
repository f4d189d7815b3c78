import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { standingClock } from '#src/core/clock.ts';
import { createLog } from '#src/core/log.ts';
import { parsePolicy, type Policy } from '#src/config/policy.ts';
import type { Store } from '#src/domain/store.ts';
import { runUnderLease, startSchedule } from '#src/schedule/scheduler.ts';
import { queueDueMails, type WeeklyMailsOptions } from '#src/schedule/weekly-mails.ts';
import { openStore } from '#src/store/store.ts';

const at = (text: string): number => Date.parse(text);
const START = at('2025-11-19T12:00:00Z');
const clock = standingClock(START);
const folders: string[] = [];
let store: Store;
let composed: string[];

beforeEach(async () => {
  clock.set(START);
  composed = [];
  const folder = mkdtempSync(join(tmpdir(), 'narrows-schedule-'));
  folders.push(folder);
  store = await openStore({ dataDir: folder, databaseUrl: null, clock });
});
afterEach(async () => {
  await store.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const POLICY = `
teams:
  payments:
    recipients:
      - {mail: lead@example.com, day: monday, hour: 8, zone: Europe/Berlin}
      - {mail: ops@example.com, day: tuesday, hour: 9, zone: America/New_York}
`;

function optionsWith(rest: Partial<WeeklyMailsOptions> = {}, text = POLICY): WeeklyMailsOptions {
  const policy: Policy = parsePolicy(text, 'policy');
  return {
    policy,
    figures: { zone: () => 'Europe/Berlin', heardAt: () => Promise.resolve(clock.now() - 1000) },
    viewer: { sees: 'everything' },
    outbox: store.outbox,
    marks: store.scheduleMarks,
    clock,
    log: createLog({ level: 'silent' }),
    compose(team, recipient, week, isLate) {
      composed.push(`${recipient.mail} ${week.id}${isLate ? ' late' : ''}`);
      return Promise.resolve({ team, recipient: recipient.mail, week: week.id, messageId: '<a@example.com>', sender: 'n@example.com', message: Buffer.from('mail') });
    },
    deliver: () => Promise.resolve(),
    ...rest,
  };
}

async function runAt(instant: string, options = optionsWith()): Promise<void> {
  clock.set(at(instant));
  await queueDueMails(options);
}

describe('weekly mails', () => {
  test('are queued for each recipient at that one’s hour, once', async () => {
    await runAt('2025-11-20T00:00:00Z');
    await runAt('2025-11-24T06:59:00Z');
    const before = [...composed];
    for (const minute of ['00', '01', '02']) await runAt(`2025-11-24T07:${minute}:00Z`);
    const first = [...composed];
    await runAt('2025-11-25T14:00:00Z');
    await runAt('2025-12-01T07:00:00Z');

    expect([before, first]).toEqual([[], ['lead@example.com 2025-W47']]);
    expect(composed).toEqual(['lead@example.com 2025-W47', 'ops@example.com 2025-W47', 'lead@example.com 2025-W48']);
  });

  test('are made up for after a standstill, and say that they are late', async () => {
    await runAt('2025-11-20T00:00:00Z');
    await runAt('2025-12-02T20:00:00Z');

    expect(composed).toEqual(['lead@example.com 2025-W47 late', 'lead@example.com 2025-W48 late', 'ops@example.com 2025-W47 late', 'ops@example.com 2025-W48 late']);
  });

  test('begin with the first hour after an installation has data, for a week that it has seen', async () => {
    const empty = optionsWith({ figures: { zone: () => 'Europe/Berlin', heardAt: () => Promise.resolve(null) } });
    await runAt('2025-11-20T00:00:00Z', empty);
    await runAt('2025-11-24T06:00:00Z', empty);
    await runAt('2025-11-24T07:30:00Z');
    await runAt('2025-12-01T07:00:00Z');

    expect(composed).toEqual(['lead@example.com 2025-W48']);
  });

  test('go to a new recipient from the next hour on, not for the weeks before', async () => {
    await runAt('2025-11-20T00:00:00Z');
    await runAt('2025-11-26T14:00:00Z');
    composed.length = 0;
    await runAt('2025-11-27T00:00:00Z', optionsWith({}, `${POLICY}      - {mail: new@example.com}\n`));
    await runAt('2025-12-01T09:00:00Z', optionsWith({}, `${POLICY}      - {mail: new@example.com, zone: Europe/Berlin}\n`));

    expect(composed.filter((line) => line.startsWith('new'))).toEqual(['new@example.com 2025-W48 late']);
  });

  test('are not sent a second time when a recipient’s day changes within the week', async () => {
    await runAt('2025-11-20T00:00:00Z');
    await runAt('2025-11-24T07:00:00Z');
    await runAt('2025-11-28T09:00:00Z', optionsWith({}, POLICY.replace('monday', 'friday')));

    expect(composed.filter((line) => line.startsWith('lead'))).toEqual(['lead@example.com 2025-W47']);
  });

  test('do not hold each other up when one cannot be put together, and that one is tried again', async () => {
    const { compose } = optionsWith();
    const failing = optionsWith({ compose: (team, recipient, week, isLate) => (recipient.mail.startsWith('lead') ? Promise.reject(new Error('no figures')) : compose(team, recipient, week, isLate)) });
    await runAt('2025-11-20T00:00:00Z');
    await runAt('2025-11-25T14:00:00Z', failing);
    await runAt('2025-11-25T14:01:00Z');

    expect(composed).toEqual(['ops@example.com 2025-W47', 'lead@example.com 2025-W47 late']);
  });
});

describe('a scheduled task', () => {
  test('runs for one holder at a time, and for the next when it is done', async () => {
    let running = 0;
    let most = 0;
    const task = {
      name: 'task',
      async run() {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 30));
        running -= 1;
      },
    };

    const ran = await Promise.all(['a', 'b', 'c'].map((holder) => runUnderLease(task, store.leases, holder)));
    const after = await runUnderLease(task, store.leases, 'c');

    expect([ran.filter(Boolean).length, most, after]).toEqual([1, 1, true]);
  });

  test('gives its lease back when it fails', async () => {
    const failing = { name: 'task', run: () => Promise.reject(new Error('broken')) };

    await expect(runUnderLease(failing, store.leases, 'a')).rejects.toThrow('broken');

    expect(await runUnderLease({ name: 'task', run: () => Promise.resolve() }, store.leases, 'b')).toBe(true);
  });

  test('runs at the start of a schedule, and is waited for at its end', async () => {
    const done: string[] = [];
    const task = {
      name: 'task',
      async run() {
        await new Promise((resolve) => setTimeout(resolve, 20));
        done.push('done');
      },
    };

    const schedule = startSchedule({ tasks: [task], leases: store.leases, holder: 'a', log: createLog({ level: 'silent' }) });
    await schedule.stop();

    expect(done).toEqual(['done']);
  });
});
