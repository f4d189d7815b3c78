import { createHmac } from 'node:crypto';
import { Agent, request as httpRequest } from 'node:http';
import type { Clock } from '#src/core/clock.ts';
import type { Delivery } from '#src/domain/delivery.ts';
import { DeliveryRecord, type DeliveryAttempt } from './delivery-record.ts';
import type { PlannedDelivery } from './webhooks/delivery-plan.ts';
import type { GitHubWebhook } from './webhooks/github-webhook.ts';
import { chance } from './webhooks/seeded.ts';

/** Where webhooks go, and what is remembered of it. */
export interface WebhookSenderOptions {
  /** Of the receiver: `http://127.0.0.1:3000/webhooks/github`. */
  readonly url: string;
  readonly secret: string;
  /** What the log says it was when something was sent; with `set`, it is moved to each planned instant. */
  readonly clock: Clock & { readonly set?: (at: number) => void };
  /** Every attempt is written there, and redeliveries that are asked for there are made. */
  readonly record?: DeliveryRecord;
  /** Of the App, for the headers. */
  readonly appId?: string;
  /** Webhooks under way at one time [8]; 1 keeps the planned order to the last. */
  readonly connections?: number;
  /** Share of which the log keeps no payload [0]. */
  readonly payloadsLost?: number;
  readonly seed?: number;
}

/** What came of sending. */
export interface SendingResult {
  /** Webhooks, each counted once. */
  readonly webhooks: number;
  /** Attempts that were really made. */
  readonly attempts: number;
  /** Those of them that the receiver answered with 2xx. */
  readonly accepted: number;
  /** Webhooks that never arrived, whatever the log says. */
  readonly missing: number;
}

/** GitHub's side of webhooks: it signs, sends, writes down what came of it, and sends again when it is asked to. */
export class HookSender {
  readonly #options: WebhookSenderOptions;
  readonly #agent: Agent;
  readonly #webhooks = new Map<string, GitHubWebhook>();
  readonly #record: DeliveryRecord;

  constructor(options: WebhookSenderOptions) {
    this.#options = options;
    this.#agent = new Agent({ keepAlive: true, maxSockets: options.connections ?? 8 });
    this.#record = options.record ?? new DeliveryRecord();
    this.#record.resendBy(async (guid) => {
      const webhook = this.#webhooks.get(guid);
      if (webhook === undefined) throw new Error(`The webhook ${guid} was never sent, so it cannot be sent again.`);
      await this.#deliver(webhook, true);
    });
  }

  /** Of the receiver. */
  get url(): string {
    return this.#options.url;
  }

  get record(): DeliveryRecord {
    return this.#record;
  }

  /** Sends planned deliveries, some at a time, and resolves when all are answered. */
  async send(deliveries: Iterable<PlannedDelivery>): Promise<SendingResult> {
    const result = { webhooks: 0, attempts: 0, accepted: 0, missing: 0 };
    const queue = deliveries[Symbol.iterator]();
    const work = async (): Promise<void> => {
      for (let next = queue.next(); next.done !== true; next = queue.next()) {
        const planned = next.value;
        if (!planned.isDuplicate) result.webhooks += 1;
        this.#options.clock.set?.(Math.max(planned.sendAt, this.#options.clock.now()));
        if (planned.fate === 'sent') {
          result.attempts += 1;
          const attempt = await this.#deliver(planned.webhook, planned.isDuplicate);
          if (isAccepted(attempt)) result.accepted += 1;
        } else {
          result.missing += 1;
          this.#pretend(planned);
        }
      }
    };
    await Promise.all(Array.from({ length: this.#options.connections ?? 8 }, work));
    return result;
  }

  /** Hangs up. */
  close(): void {
    this.#agent.destroy();
  }

  async #deliver(webhook: GitHubWebhook, isRedelivery: boolean): Promise<DeliveryAttempt> {
    this.#webhooks.set(webhook.guid, webhook);
    const headers = this.#headersOf(webhook);
    const deliveredAt = this.#options.clock.now();
    const answer = await this.#post(headers, webhook.body);
    return this.#record.add({
      ...this.#partsOf(webhook, headers, deliveredAt),
      isRedelivery,
      status: answer === null ? 'failed to connect to host' : answer.status >= 200 && answer.status < 300 ? 'OK' : `Invalid HTTP Response: ${String(answer.status)}`,
      statusCode: answer?.status ?? 0,
      response: answer === null ? null : { headers: answer.headers, body: answer.body },
    });
  }

  /** Writes down a delivery that was never made, as its fate wants it. */
  #pretend({ webhook, fate }: PlannedDelivery): void {
    if (fate === 'unlogged') return;
    this.#webhooks.set(webhook.guid, webhook);
    const isSwallowed = fate === 'swallowed';
    this.#record.add({
      ...this.#partsOf(webhook, this.#headersOf(webhook), this.#options.clock.now()),
      isRedelivery: false,
      status: isSwallowed ? 'OK' : 'timed out',
      statusCode: isSwallowed ? 202 : 0,
      response: isSwallowed ? { headers: {}, body: '' } : null,
    });
  }

  #partsOf(webhook: GitHubWebhook, headers: Readonly<Record<string, string>>, deliveredAt: number): Pick<DeliveryAttempt, 'guid' | 'event' | 'action' | 'deliveredAt' | 'durationSeconds' | 'installationId' | 'repositoryId' | 'throttledAt' | 'url' | 'request'> {
    const { guid, event, action, installationId, repositoryId, body } = webhook;
    const isLost = chance(this.#options.seed ?? 0, 'payload', guid) < (this.#options.payloadsLost ?? 0);
    return { guid, event, action, deliveredAt, durationSeconds: 0.05, installationId, repositoryId, throttledAt: null, url: this.#options.url, request: { headers, payload: isLost ? null : body } };
  }

  #headersOf({ guid, event, body }: GitHubWebhook): Record<string, string> {
    const { secret, appId = '4711' } = this.#options;
    return {
      'Accept': '*/*',
      'Content-Type': 'application/json',
      'User-Agent': 'GitHub-Hookshot/044aadd',
      'X-GitHub-Delivery': guid,
      'X-GitHub-Event': event,
      'X-GitHub-Hook-ID': '497000001',
      'X-GitHub-Hook-Installation-Target-ID': appId,
      'X-GitHub-Hook-Installation-Target-Type': 'integration',
      'X-Hub-Signature': `sha1=${createHmac('sha1', secret).update(body).digest('hex')}`,
      'X-Hub-Signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    };
  }

  #post(headers: Readonly<Record<string, string>>, body: string): Promise<{ readonly status: number; readonly headers: Record<string, string>; readonly body: string } | null> {
    return new Promise((resolve) => {
      const request = httpRequest(this.#options.url, { agent: this.#agent, method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) } }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', () => resolve(null));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)])), body: Buffer.concat(chunks).toString('utf8') }));
      });
      request.on('error', () => resolve(null));
      request.end(body);
    });
  }
}

/** The delivery that a receiver would have stored of a webhook that arrived at this instant (epoch ms): for tests without HTTP. */
export function asDelivery({ guid, event, body }: GitHubWebhook, deliveredAt: number): Delivery {
  return { guid, channel: 'webhook', event, deliveredAt, takenAt: null, format: 'json', body: new TextEncoder().encode(body) };
}

/** Whether the receiver has it, by its own answer. */
export function isAccepted({ statusCode }: Pick<DeliveryAttempt, 'statusCode'>): boolean {
  return statusCode >= 200 && statusCode < 300;
}
