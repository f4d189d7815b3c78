import { Worker } from 'node:worker_threads';
import type { Clock } from '#src/core/clock.ts';
import { NarrowsError } from '#src/core/errors.ts';
import { unpackError } from '#src/core/packed-error.ts';
import type { Delivery, StoredDelivery } from '#src/domain/delivery.ts';
import type { Inbox } from '#src/domain/store.ts';
import { GroupedInbox } from './grouped-inbox.ts';
import { packDeliveries, type InboxReply, type InboxRequest, type PackedDeliveries } from './inbox-protocol.ts';
import { openDatabaseInbox, type StoreOptions } from './store.ts';

/** Threads are started from what was built; run from the sources there are none. */
const IS_BUILT = import.meta.url.endsWith('.js');

/**
 * Opens the inbox for a process that must not wait for the disk. On SQLite, whose commits are
 * synchronous, it runs in a thread of its own; on PostgreSQL, and when run from the sources, in this
 * one. Either way calls made in one turn of the event loop are one transaction.
 */
export async function openInbox(options: StoreOptions): Promise<Inbox> {
  if (options.databaseUrl !== null || !IS_BUILT) return new GroupedInbox(await openDatabaseInbox(options));
  const inbox = new ThreadInbox(options.dataDir, options.clock);
  await inbox.ready();
  return inbox;
}

/**
 * How many requests to store are with the thread at once: one being written and one that waits for it. Calls made
 * meanwhile gather for the next, so that the slower the disk the fewer and larger the commits.
 */
const REQUESTS_AT_ONCE = 2;

/** The room of a tray, bytes: about a hundred deliveries of the usual size. What does not fit travels in a buffer of its own. */
const TRAY_BYTES = 2 ** 21;

/** A call of `store` that waits for the turn to end, or for its answer. */
interface Call {
  readonly deliveries: readonly Delivery[];
  readonly resolve: (count: number) => void;
  readonly reject: (error: NarrowsError) => void;
}

/** What one request is answered with, or refused. */
interface Asked {
  readonly answer: (reply: InboxReply) => void;
  readonly refuse: (error: NarrowsError) => void;
}

/** An inbox whose transactions are written by a thread. A thread that ends is replaced when the next call comes. */
class ThreadInbox implements Inbox {
  readonly #dataDir: string;
  readonly #clock: Clock;
  readonly #asked = new Map<number, Asked>();
  /** Memory both threads see, in which bodies are carried over: a buffer made and dropped for each request costs as much as storing it. */
  readonly #trays = Array.from({ length: REQUESTS_AT_ONCE }, () => new SharedArrayBuffer(TRAY_BYTES));
  #calls: Call[] = [];
  #lastId = 0;
  #underWay = 0;
  #isDue = false;
  #thread: Thread | null = null;

  constructor(dataDir: string, clock: Clock) {
    this.#dataDir = dataDir;
    this.#clock = clock;
  }

  /** Resolves once the thread has opened the database; rejects with what kept it from that. */
  async ready(): Promise<void> {
    await this.#running().ready;
  }

  store(deliveries: readonly Delivery[]): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#calls.push({ deliveries, resolve, reject });
      if (this.#isDue || this.#underWay >= REQUESTS_AT_ONCE) return;
      this.#isDue = true;
      setImmediate(() => {
        this.#isDue = false;
        this.#send();
      });
    });
  }

  #send(): void {
    if (this.#calls.length === 0) return;
    this.#underWay += 1;
    const calls = this.#calls;
    this.#calls = [];
    const packed = packDeliveries(calls.flatMap(({ deliveries }) => deliveries), this.#trays.at(-1) ?? null);
    if (packed.bodies instanceof SharedArrayBuffer) this.#trays.pop();
    const sizes = calls.map(({ deliveries }) => deliveries.length);
    const id = this.#ask({
      answer: (reply) => {
        if (reply.reply !== 'stored') return;
        const counts = reply.counts[reply.ids.indexOf(id)] ?? [];
        for (const [index, call] of calls.entries()) call.resolve(counts[index] ?? 0);
        this.#settle(packed);
      },
      refuse: (error) => {
        for (const call of calls) call.reject(error);
        this.#settle(packed);
      },
    });
    this.#post({ ask: 'store', id, storedAt: this.#clock.now(), sizes, packed }, packed.bodies instanceof ArrayBuffer ? [packed.bodies] : []);
  }

  /** The thread has done with a request: its tray is free again, and what gathered meanwhile goes next. */
  #settle(packed: PackedDeliveries): void {
    if (packed.bodies instanceof SharedArrayBuffer) this.#trays.push(packed.bodies);
    this.#underWay -= 1;
    if (!this.#isDue) this.#send();
  }

  byGuid(guids: readonly string[]): Promise<StoredDelivery[]> {
    return new Promise((resolve, reject) => {
      const answer = (reply: InboxReply): void => {
        if (reply.reply === 'found') resolve([...reply.deliveries]);
      };
      this.#post({ ask: 'byGuid', id: this.#ask({ answer, refuse: reject }), guids }, []);
    });
  }

  #ask(asked: Asked): number {
    this.#lastId += 1;
    this.#asked.set(this.#lastId, asked);
    return this.#lastId;
  }

  #post(request: InboxRequest, handedOver: readonly ArrayBuffer[]): void {
    this.#running().worker.postMessage(request, handedOver);
  }

  #running(): Thread {
    this.#thread ??= startThread(this.#dataDir, this.#clock.now(), {
      reply: (reply) => { this.#receive(reply); },
      end: (error) => { this.#end(error); },
    });
    return this.#thread;
  }

  #receive(reply: InboxReply): void {
    if (reply.reply === 'stored') for (const id of reply.ids) this.#take(id)?.answer(reply);
    if (reply.reply === 'refused') for (const id of reply.ids) this.#take(id)?.refuse(unpackError(reply.error));
    if (reply.reply === 'found') this.#take(reply.id)?.answer(reply);
  }

  #take(id: number): Asked | undefined {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    return asked;
  }

  #end(error: NarrowsError): void {
    this.#thread = null;
    for (const id of [...this.#asked.keys()]) this.#take(id)?.refuse(error);
  }

  /** Waits for what is being stored, then ends the thread. */
  async close(): Promise<void> {
    if (this.#calls.length > 0) this.#send();
    const thread = this.#thread;
    if (thread === null) return;
    thread.worker.postMessage({ ask: 'close' } satisfies InboxRequest);
    await thread.ended;
  }
}

/** A running thread. */
interface Thread {
  readonly worker: Worker;
  readonly ready: Promise<void>;
  readonly ended: Promise<void>;
}

interface ThreadEvents {
  reply(reply: InboxReply): void;
  end(error: NarrowsError): void;
}

/** Room for what is young in the thread, MB: it keeps nothing, and V8's own 48 are paid in memory. */
const YOUNG_GENERATION_MB = 6;

function startThread(dataDir: string, now: number, on: ThreadEvents): Thread {
  const worker = new Worker(new URL('./inbox-worker.js', import.meta.url), { workerData: { dataDir, now }, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB } });
  let reason: NarrowsError = new NarrowsError('storage-failed', 'The thread that writes the inbox has ended; what it had not confirmed is not stored. Send it again.');
  const ended = new Promise<void>((resolve) => {
    worker.on('exit', () => {
      on.end(reason);
      resolve();
    });
  });
  const ready = new Promise<void>((resolve, reject) => {
    worker.on('message', (reply: InboxReply) => {
      if (reply.reply === 'ready') resolve();
      else if (reply.reply === 'failed') reject((reason = unpackError(reply.error)));
      else on.reply(reply);
    });
    worker.on('error', (cause) => {
      reject((reason = new NarrowsError('storage-failed', `The thread that writes the inbox failed (${cause.message}); what it had not confirmed is not stored.`, { cause })));
    });
    void ended.then(() => { reject(reason); });
  });
  // Only the opening waits for readiness; later, calls learn of a failure by being refused.
  ready.catch(() => undefined);
  return { worker, ready, ended };
}
