/** Deliveries can be seen and sent again for so long, seconds. */
export const LOG_SECONDS = 3 * 86_400;

/** The first id of an attempt: its numbers pass 2^53 at once, as GitHub's own do one day. */
const FIRST_ID = 9_007_199_254_740_990n;

/** One attempt to deliver a webhook. */
export interface DeliveryAttempt {
  /** Digits; a number beyond 2^53. Later attempts have larger ones. */
  readonly id: string;
  /** The same for every attempt to deliver one webhook. */
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  /** Epoch ms. */
  readonly deliveredAt: number;
  readonly isRedelivery: boolean;
  readonly durationSeconds: number;
  /** `OK`, or what went wrong in GitHub's words. */
  readonly status: string;
  /** 0 where no answer came. */
  readonly statusCode: number;
  readonly installationId: string | null;
  readonly repositoryId: number | null;
  /** When GitHub held it back because too many came; null for most. */
  readonly throttledAt: number | null;
  readonly url: string;
  readonly request: {
    readonly headers: Readonly<Record<string, string>>;
    /** JSON; null where GitHub has kept none. */
    readonly payload: string | null;
  };
  /** Null where no answer came. */
  readonly response: { readonly headers: Readonly<Record<string, string>>; readonly body: string } | null;
}

/** How a webhook is sent once more; resolves when the attempt is in the log. */
export type Resend = (guid: string) => Promise<void>;

/** All that was ever delivered, failed attempts included. The log that GitHub shows is its last three days. */
export class DeliveryRecord {
  readonly #attempts: DeliveryAttempt[] = [];
  readonly #underWay = new Set<Promise<void>>();
  #resend: Resend | null = null;

  add(attempt: Omit<DeliveryAttempt, 'id'>): DeliveryAttempt {
    const added = { ...attempt, id: String(FIRST_ID + BigInt(this.#attempts.length)) };
    this.#attempts.push(added);
    return added;
  }

  /** Every attempt, oldest first. */
  get all(): readonly DeliveryAttempt[] {
    return this.#attempts;
  }

  /** Attempts at `at` (epoch ms) or later, oldest first. */
  since(at: number): readonly DeliveryAttempt[] {
    return this.#attempts.filter(({ deliveredAt }) => deliveredAt >= at);
  }

  /** Says how to send once more; whoever sends webhooks does it. */
  resendBy(resend: Resend): void {
    this.#resend = resend;
  }

  /** Begins to send a webhook once more: GitHub answers before it has. */
  redeliver(guid: string): void {
    if (this.#resend === null) throw new Error('A redelivery was asked for, but no sender of webhooks is there.');
    const attempt = this.#resend(guid).finally(() => this.#underWay.delete(attempt));
    this.#underWay.add(attempt);
  }

  /** Resolves once no redelivery is under way any more; rejects if one failed of itself. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }
}
