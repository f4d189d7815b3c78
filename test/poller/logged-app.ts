import { NarrowsError } from '#src/core/errors.ts';
import type { DeliveryLogPage, GitHubApp, LoggedDelivery } from '#src/github/github.ts';
import type { Clock } from '#src/core/clock.ts';

const THREE_DAYS = 3 * 86_400_000;

/** An attempt that the log shows, and what it keeps of it. */
interface Attempt extends LoggedDelivery {
  /** Null: it keeps no payload. An error: asking for it fails. */
  readonly payload: string | NarrowsError | null;
}

/** The App's deliveries log, held in memory: newest first, in pages, three days deep. */
export class LoggedApp implements Pick<GitHubApp, 'deliveryLog' | 'deliveredPayload' | 'redeliver'> {
  /** Every call, in order. */
  readonly calls: string[] = [];
  /** What becomes of a redelivery: by default nothing arrives. */
  onRedeliver: (attempt: LoggedDelivery) => Promise<void> = () => Promise.resolve();
  readonly #attempts: Attempt[] = [];
  readonly #clock: Clock;
  readonly #pageSize: number;

  constructor(clock: Clock, pageSize = 3) {
    this.#clock = clock;
    this.#pageSize = pageSize;
  }

  /** Adds attempts; what is not said of one is usual. */
  add(...attempts: readonly (Pick<LoggedDelivery, 'guid' | 'deliveredAt'> & Partial<Attempt>)[]): void {
    for (const attempt of attempts) {
      const id = String(this.#attempts.length + 1);
      this.#attempts.push({ id, event: 'pull_request', action: 'opened', isRedelivery: false, isAccepted: true, repositoryId: '7', installationId: '1', payload: `{"guid":"${attempt.guid}"}`, ...attempt });
    }
  }

  deliveryLog(cursor: string | null): Promise<DeliveryLogPage> {
    this.calls.push(`log ${cursor ?? ''}`.trim());
    const kept = this.#attempts.filter(({ deliveredAt }) => deliveredAt >= this.#clock.now() - THREE_DAYS).sort((a, b) => b.deliveredAt - a.deliveredAt || Number(b.id) - Number(a.id));
    const start = cursor === null ? 0 : kept.findIndex(({ id }) => id === cursor) + 1;
    const page = kept.slice(start, start + this.#pageSize);
    const last = page.at(-1);
    return Promise.resolve({ deliveries: page, next: last === undefined || last.id === kept.at(-1)?.id ? null : last.id });
  }

  deliveredPayload(id: string): Promise<string | null> {
    this.calls.push(`payload ${id}`);
    const attempt = this.#attempts.find((one) => one.id === id);
    if (attempt === undefined || attempt.deliveredAt < this.#clock.now() - THREE_DAYS) return Promise.reject(new NarrowsError('github-not-found', `There is no delivery ${id}.`));
    if (attempt.payload instanceof NarrowsError) return Promise.reject(attempt.payload);
    return Promise.resolve(attempt.payload);
  }

  async redeliver(id: string): Promise<void> {
    this.calls.push(`redeliver ${id}`);
    const attempt = this.#attempts.find((one) => one.id === id);
    if (attempt === undefined) throw new NarrowsError('github-not-found', `There is no delivery ${id}.`);
    await this.onRedeliver(attempt);
  }
}
