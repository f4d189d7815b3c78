import type { Delivery, StoredDelivery } from '#src/domain/delivery.ts';
import type { Inbox } from '#src/domain/store.ts';
import type { DatabaseInbox } from './inbox.ts';

/** A call that waits for its group. */
interface Waiting {
  readonly deliveries: readonly Delivery[];
  readonly resolve: (count: number) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Stores calls in groups: those made in one turn of the event loop, and those made while a group is
 * being written, are one transaction. Many senders so share what a commit costs.
 */
export class GroupedInbox implements Inbox {
  readonly #inbox: DatabaseInbox;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | null = null;

  constructor(inbox: DatabaseInbox) {
    this.#inbox = inbox;
  }

  store(deliveries: readonly Delivery[]): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ deliveries, resolve, reject });
      this.#writing ??= this.#writeGroups();
    });
  }

  async #writeGroups(): Promise<void> {
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      await this.#write(group);
    }
    this.#writing = null;
  }

  async #write(group: readonly Waiting[]): Promise<void> {
    try {
      const counts = await this.#inbox.storeAll(group.map(({ deliveries }) => deliveries));
      group.forEach(({ resolve }, index) => {
        resolve(counts[index] ?? 0);
      });
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }

  byGuid(guids: readonly string[]): Promise<StoredDelivery[]> {
    return this.#inbox.byGuid(guids);
  }

  /** Waits for what is being stored, then closes the inbox. */
  async close(): Promise<void> {
    await this.#writing;
    await this.#inbox.close();
  }
}
