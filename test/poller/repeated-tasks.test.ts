import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { NarrowsError } from '#src/core/errors.ts';
import { repeatTasks, type RepeatedTask } from '#src/poller/repeated-tasks.ts';
import { movingClock, type MovingClock } from '#test/support/moving-clock.ts';
import { openRig, START, type Rig } from './poller-rig.ts';

const MINUTE = 60_000;

let rig: Rig;
let clock: MovingClock;
beforeEach(async () => {
  rig = await openRig();
  clock = movingClock(START);
});
afterEach(() => rig.close());

/** A task that notes when it ran. */
function noting(ranAt: number[], rest: Partial<RepeatedTask> = {}): RepeatedTask {
  return {
    name: 'noting',
    everyMs: 5 * MINUTE,
    isAlone: true,
    run: () => {
      ranAt.push(clock.now() - START);
      return Promise.resolve();
    },
    ...rest,
  };
}

/** Runs tasks for so long of the clock's time. */
async function runFor(milliseconds: number, tasks: readonly RepeatedTask[], random = (): number => 0.5, holder = 'one'): Promise<void> {
  const running = repeatTasks({ ...rig.parts, holder, clock, sleep: (ms, signal) => clock.wait(ms, signal), random }, tasks);
  await clock.runUntil(clock.wait(milliseconds, new AbortController().signal));
  await running.stop();
}

describe('tasks of collecting', () => {
  test('run at once and then again and again, at moments that chance moves by a tenth', async () => {
    const [usual, early, late] = [new Array<number>(), new Array<number>(), new Array<number>()];

    await runFor(12 * MINUTE, [noting(usual)]);
    await runFor(12 * MINUTE, [noting(early)], () => 0);
    await runFor(12 * MINUTE, [noting(late)], () => 0.999_999);

    expect(usual).toEqual([0, 5 * MINUTE, 10 * MINUTE]);
    expect(early.map((at) => at - 12 * MINUTE)).toEqual([0, 4.5 * MINUTE, 9 * MINUTE]);
    expect(Math.round(((late[1] ?? 0) - (late[0] ?? 0)) / 1000)).toBe(330);
  });

  test('leave a task to the process that holds its lease', async () => {
    await rig.store.leases.acquire('collect noting', 'another', 3_600);
    const [alone, anyway] = [new Array<number>(), new Array<number>()];

    await runFor(MINUTE, [noting(alone), noting(anyway, { name: 'other', isAlone: false })]);

    expect([alone, anyway]).toEqual([[], [0]]);
  });

  test('a failure that lasts is said once an hour, and its end once', async () => {
    const failing = noting([], {
      run: () => {
        if (clock.now() < START + 70 * MINUTE) return Promise.reject(new NarrowsError('github-failed', 'GitHub does not answer.'));
        return Promise.resolve();
      },
    });

    await runFor(90 * MINUTE, [failing]);

    expect(rig.said.filter((line) => !line.startsWith('debug'))).toEqual(['warn collecting failed and is tried again', 'warn collecting failed and is tried again', 'info collecting goes on after a failure']);
  });

  test('one task that fails does not keep another from running', async () => {
    const ranAt: number[] = [];
    const failing = noting([], { name: 'failing', run: () => Promise.reject(new Error('a mistake')) });

    await runFor(6 * MINUTE, [failing, noting(ranAt)]);

    expect(ranAt).toHaveLength(2);
    expect(rig.said).toContain('error a task of collecting failed; it runs again');
  });

  test('stopped, they end what is under way at once and give back its lease', async () => {
    const endless = noting([], { run: (signal) => clock.wait(3_600_000, signal) });

    await runFor(MINUTE, [endless]);

    expect(await rig.store.leases.acquire('collect noting', 'another', 9)).toBe(true);
    expect(rig.said).toEqual([]);
  });
});
