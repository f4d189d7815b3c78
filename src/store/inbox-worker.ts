import { parentPort, receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads';
import { standingClock, type Clock } from '#src/core/clock.ts';
import { packError } from '#src/core/packed-error.ts';
import { unpackDeliveries, type InboxReply, type InboxRequest } from './inbox-protocol.ts';
import type { DatabaseInbox } from './inbox.ts';
import { openDatabaseInbox } from './store.ts';

/** The program of the inbox's thread: whatever asks to be stored while a transaction is written shares the next one. */
class InboxThread {
  readonly #port: MessagePort;
  readonly #inbox: DatabaseInbox;
  readonly #clock: Clock & { set(at: number): void };
  #queue: InboxRequest[] = [];
  #isBusy = false;

  constructor(port: MessagePort, inbox: DatabaseInbox, clock: Clock & { set(at: number): void }) {
    this.#port = port;
    this.#inbox = inbox;
    this.#clock = clock;
  }

  async receive(request: InboxRequest): Promise<void> {
    this.#queue.push(request);
    if (this.#isBusy) return;
    this.#isBusy = true;
    while (this.#takeQueued()) await this.#serve();
    this.#isBusy = false;
  }

  /** Takes what has arrived since, without going through the event loop for each message. */
  #takeQueued(): boolean {
    for (let next = receiveMessageOnPort(this.#port); next !== undefined; next = receiveMessageOnPort(this.#port)) {
      // eslint-disable-next-line no-restricted-syntax -- what crosses threads was typed on the other side
      this.#queue.push(next.message as InboxRequest);
    }
    return this.#queue.length > 0;
  }

  async #serve(): Promise<void> {
    const queue = this.#queue;
    this.#queue = [];
    await this.#store(queue.filter((request) => request.ask === 'store'));
    for (const request of queue) {
      if (request.ask === 'byGuid') await this.#find(request);
      if (request.ask === 'close') await this.#close();
    }
  }

  async #store(requests: readonly Extract<InboxRequest, { ask: 'store' }>[]): Promise<void> {
    const last = requests.at(-1);
    if (last === undefined) return;
    const ids = requests.map(({ id }) => id);
    this.#clock.set(last.storedAt);
    try {
      const batches = requests.map(({ packed, sizes }) => cut(unpackDeliveries(packed), sizes));
      const counts = await this.#inbox.storeAll(batches.flat());
      this.#answer({ reply: 'stored', ids, counts: cut(counts, requests.map(({ sizes }) => sizes.length)) });
    } catch (error) {
      this.#answer({ reply: 'refused', ids, error: packError(error) });
    }
  }

  async #find({ id, guids }: Extract<InboxRequest, { ask: 'byGuid' }>): Promise<void> {
    try {
      this.#answer({ reply: 'found', id, deliveries: await this.#inbox.byGuid(guids) });
    } catch (error) {
      this.#answer({ reply: 'refused', ids: [id], error: packError(error) });
    }
  }

  async #close(): Promise<void> {
    await this.#inbox.close();
    this.#port.close();
  }

  #answer(reply: InboxReply): void {
    this.#port.postMessage(reply);
  }
}

/** Cuts a list into pieces of these sizes. */
function cut<T>(items: readonly T[], sizes: readonly number[]): T[][] {
  let start = 0;
  return sizes.map((size) => items.slice(start, (start += size)));
}

if (parentPort !== null) {
  const port = parentPort;
  const clock = standingClock(0);
  // eslint-disable-next-line no-restricted-syntax -- what crosses threads was typed on the other side
  const { dataDir, now } = workerData as { readonly dataDir: string; readonly now: number };
  clock.set(now);
  try {
    const thread = new InboxThread(port, await openDatabaseInbox({ dataDir, databaseUrl: null, clock }), clock);
    port.on('message', (request: InboxRequest) => void thread.receive(request));
    port.postMessage({ reply: 'ready' } satisfies InboxReply);
  } catch (error) {
    port.postMessage({ reply: 'failed', error: packError(error) } satisfies InboxReply);
  }
}
