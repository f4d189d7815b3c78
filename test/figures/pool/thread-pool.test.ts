import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { ThreadPool, type PoolOptions } from '#src/figures/pool/thread-pool.ts';

/** What the thread's program understands. */
type Task = { readonly do: 'say' | 'exit' | 'throw' | 'spin' | 'refuse'; readonly say?: string } | { readonly do: 'sleep'; readonly ms: number };

const pools: ThreadPool<Task>[] = [];

afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.close();
});

function aPool(options: Partial<PoolOptions> = {}): ThreadPool<Task> {
  const pool = new ThreadPool<Task>({
    program: new URL('./task-worker.mjs', import.meta.url),
    workerData: null,
    threads: 1,
    mostWaiting: 10,
    timeoutMs: 20_000,
    idleMs: 20_000,
    resourceLimits: {},
    ...options,
  });
  pools.push(pool);
  return pool;
}

async function threadOf(answer: Promise<unknown>): Promise<unknown> {
  return ((await answer) as { readonly thread: number }).thread;
}

describe('a pool of threads', () => {
  test('gives each task its own answer, in whatever thread', async () => {
    const pool = aPool({ threads: 2 });

    const answers = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((say) => pool.run({ do: 'say', say })));

    expect(answers).toMatchObject(['a', 'b', 'c', 'd', 'e'].map((said) => ({ said })));
  });

  test('works on as many tasks at once as it has threads', async () => {
    const pool = aPool({ threads: 2 });

    const threads = await Promise.all([1, 2, 3, 4].map(() => threadOf(pool.run({ do: 'sleep', ms: 100 }))));

    expect(new Set(threads).size).toBe(2);
  });

  test('refuses the one too many as too-busy, and takes tasks again when one is done', async () => {
    const pool = aPool({ mostWaiting: 2 });
    const taken = [1, 2, 3].map(() => pool.run({ do: 'sleep', ms: 50 }));

    const oneTooMany = pool.run({ do: 'say' });

    await expect(oneTooMany).rejects.toMatchObject({ code: 'too-busy', message: expect.stringContaining('2 questions wait already') });
    await Promise.all(taken);
    await expect(pool.run({ do: 'say', say: 'again' })).resolves.toMatchObject({ said: 'again' });
  });

  test('gives a task up that takes too long, with its thread, and works on with another', async () => {
    const pool = aPool({ timeoutMs: 1_500 });
    const first = await threadOf(pool.run({ do: 'say' }));

    const endless = pool.run({ do: 'spin' });

    await expect(endless).rejects.toMatchObject({ code: 'answer-too-slow' });
    expect(await threadOf(pool.run({ do: 'say' }))).not.toBe(first);
  });

  test('gives up what waits too long for a thread, and does not begin it later', async () => {
    const pool = aPool({ timeoutMs: 1_000 });
    await pool.run({ do: 'say' });
    const endless = pool.run({ do: 'spin' });
    const behind = pool.run({ do: 'exit' });

    const outcomes = await Promise.allSettled([endless, behind]);

    expect(outcomes).toMatchObject([{ reason: { code: 'answer-too-slow' } }, { reason: { code: 'answer-too-slow' } }]);
    await expect(pool.run({ do: 'say', say: 'still here' })).resolves.toMatchObject({ said: 'still here' });
  });

  test.each(['exit', 'throw'] as const)('fails only the task whose thread died (%s); those that wait get a new thread', async (how) => {
    const pool = aPool();

    const outcomes = await Promise.allSettled([pool.run({ do: how }), pool.run({ do: 'say', say: 'behind it' })]);

    expect(outcomes).toMatchObject([{ reason: { code: 'thread-failed' } }, { value: { said: 'behind it' } }]);
  });

  test('passes errors on with their codes, and goes on in the same thread', async () => {
    const pool = aPool();
    const thread = await threadOf(pool.run({ do: 'say' }));

    await expect(pool.run({ do: 'refuse' })).rejects.toMatchObject({ code: 'bad-usage', message: 'Ask otherwise.' });
    expect(await threadOf(pool.run({ do: 'say' }))).toBe(thread);
  });

  test('says what keeps a thread from working at all, to each who asks', async () => {
    const pool = aPool({ workerData: 'cannot open' });

    for (let times = 0; times < 2; times += 1) {
      await expect(pool.run({ do: 'say' })).rejects.toMatchObject({ code: 'schema-newer', message: 'The database is too new.' });
    }
  });

  test('lets a thread go that has nothing to do, and starts one when asked again', async () => {
    const pool = aPool({ idleMs: 100 });
    const first = await threadOf(pool.run({ do: 'say' }));

    await sleep(600);

    expect(await threadOf(pool.run({ do: 'say' }))).not.toBe(first);
  });

  test('refuses what waits when it is closed, and everything after', async () => {
    const pool = aPool();
    await pool.run({ do: 'say' });
    const working = pool.run({ do: 'spin' });
    const waiting = pool.run({ do: 'say' });

    const outcomes = Promise.allSettled([working, waiting]);
    await pool.close();

    expect(await outcomes).toMatchObject([{ reason: { code: 'thread-failed' } }, { reason: { code: 'too-busy' } }]);
    await expect(pool.run({ do: 'say' })).rejects.toMatchObject({ code: 'too-busy' });
  });
});
