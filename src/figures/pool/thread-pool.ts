import { Worker, type ResourceLimits } from 'node:worker_threads';
import { NarrowsError } from '#src/core/errors.ts';
import { unpackError, type PackedError } from '#src/core/packed-error.ts';

/** What a pool's thread is asked: a task, or to end. */
export type PoolRequest<Task> = { readonly ask: 'run'; readonly task: Task } | { readonly ask: 'close' };

/** What it answers: the result of the task at hand or its error, or what keeps the thread from working at all. */
export type PoolReply = { readonly reply: 'done'; readonly result: unknown } | { readonly reply: 'refused' | 'failed'; readonly error: PackedError };

/** How a pool works. */
export interface PoolOptions {
  /** The program of each thread. It answers every `run` with one reply, and ends by itself after `close`. */
  readonly program: URL;
  readonly workerData: unknown;
  /** How many threads there are at most. */
  readonly threads: number;
  /** How many tasks may wait for a thread; one more is refused with `too-busy`. */
  readonly mostWaiting: number;
  /** From asking to the answer, ms; then the task is given up with `answer-too-slow`, and its thread with it. */
  readonly timeoutMs: number;
  /** After so long without a task a thread ends, ms. */
  readonly idleMs: number;
  readonly resourceLimits: ResourceLimits;
}

/** A task that waits or is worked on. */
interface Job<Task> {
  readonly task: Task;
  readonly settle: (outcome: { readonly result: unknown } | { readonly error: NarrowsError }) => void;
}

/** A thread that lives. */
interface Thread<Task> {
  readonly worker: Worker;
  readonly gone: Promise<void>;
  job: Job<Task> | null;
  idle: NodeJS.Timeout | undefined;
  /** What is known of why it ends. */
  reason: NarrowsError | null;
}

/** How long a thread that was asked to end may take before it is ended, ms. */
const CLOSE_MS = 2_000;

/**
 * Threads that work on tasks, one each at a time, in the order of asking. They are started when tasks ask for them and
 * leave when there were none for a while. A thread that dies takes only its own task with it: others that wait get a
 * new thread.
 */
export class ThreadPool<Task> {
  readonly #options: PoolOptions;
  readonly #waiting: Job<Task>[] = [];
  readonly #threads = new Set<Thread<Task>>();
  #isClosed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** Resolves to the task's result. Rejects with its own error, or with `too-busy`, `answer-too-slow` or `thread-failed`. */
  run(task: Task): Promise<unknown> {
    const { mostWaiting, timeoutMs, threads } = this.#options;
    if (this.#isClosed) return Promise.reject(new NarrowsError('too-busy', 'Narrows is ending and takes no more questions.'));
    const canStart = this.#threads.size < threads || this.#idle() !== undefined;
    if (!canStart && this.#waiting.length >= mostWaiting) {
      return Promise.reject(new NarrowsError('too-busy', `${String(mostWaiting)} questions wait already. Ask again later, or give NARROWS_READERS more threads.`));
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#giveUp(job);
      }, timeoutMs);
      const job: Job<Task> = {
        task,
        settle: (outcome) => {
          clearTimeout(timer);
          if ('error' in outcome) reject(outcome.error);
          else resolve(outcome.result);
        },
      };
      this.#waiting.push(job);
      this.#assign();
    });
  }

  /** Refuses what waits, ends the threads; resolves when they are gone. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const job of this.#waiting.splice(0)) job.settle({ error: new NarrowsError('too-busy', 'Narrows is ending and takes no more questions.') });
    await Promise.all([...this.#threads].map((thread) => this.#dismiss(thread)));
  }

  #idle(): Thread<Task> | undefined {
    return [...this.#threads].find(({ job, reason }) => job === null && reason === null);
  }

  #assign(): void {
    while (this.#waiting.length > 0) {
      const thread = this.#idle() ?? (this.#threads.size < this.#options.threads ? this.#start() : undefined);
      if (thread === undefined) return;
      const job = this.#waiting.shift() ?? null;
      clearTimeout(thread.idle);
      thread.job = job;
      if (job !== null) thread.worker.postMessage({ ask: 'run', task: job.task } satisfies PoolRequest<Task>);
    }
  }

  #start(): Thread<Task> {
    const { program, workerData, resourceLimits } = this.#options;
    const worker = new Worker(program, { workerData, resourceLimits });
    const gone = new Promise<void>((resolve) => {
      worker.on('exit', () => {
        this.#forget(thread);
        resolve();
      });
    });
    const thread: Thread<Task> = { worker, gone, job: null, idle: undefined, reason: null };
    worker.on('message', (reply: PoolReply) => {
      this.#receive(thread, reply);
    });
    worker.on('error', (cause) => {
      thread.reason = new NarrowsError('thread-failed', `The thread that worked on this failed (${cause.message}). Ask again; should it stay so, the log says more.`, { cause });
    });
    this.#threads.add(thread);
    return thread;
  }

  #receive(thread: Thread<Task>, reply: PoolReply): void {
    if (reply.reply === 'failed') {
      thread.reason = unpackError(reply.error);
      return;
    }
    const { job } = thread;
    thread.job = null;
    thread.idle = setTimeout(() => void this.#dismiss(thread), this.#options.idleMs);
    thread.idle.unref();
    job?.settle(reply.reply === 'done' ? { result: reply.result } : { error: unpackError(reply.error) });
    this.#assign();
  }

  /** A thread has ended, expected or not. */
  #forget(thread: Thread<Task>): void {
    clearTimeout(thread.idle);
    this.#threads.delete(thread);
    thread.job?.settle({ error: thread.reason ?? new NarrowsError('thread-failed', 'The thread that worked on this has ended. Ask again.') });
    thread.job = null;
    this.#assign();
  }

  /** Nobody waits for it any longer: neither does a thread. */
  #giveUp(job: Job<Task>): void {
    const place = this.#waiting.indexOf(job);
    if (place >= 0) this.#waiting.splice(place, 1);
    const thread = [...this.#threads].find((one) => one.job === job);
    const seconds = String(Math.round(this.#options.timeoutMs / 1000));
    job.settle({ error: new NarrowsError('answer-too-slow', `There was no answer within ${seconds} seconds. Ask about less: a shorter window, a smaller scope.`) });
    if (thread === undefined) return;
    thread.job = null;
    thread.reason = new NarrowsError('thread-failed', 'The thread is ended because its task took too long.');
    void thread.worker.terminate();
  }

  async #dismiss(thread: Thread<Task>): Promise<void> {
    thread.reason ??= new NarrowsError('thread-failed', 'The thread was asked to end.');
    thread.worker.postMessage({ ask: 'close' } satisfies PoolRequest<Task>);
    const late = setTimeout(() => void thread.worker.terminate(), CLOSE_MS);
    await thread.gone;
    clearTimeout(late);
  }
}
