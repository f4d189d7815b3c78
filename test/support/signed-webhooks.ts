import { createHmac } from 'node:crypto';
import { Agent, request as httpRequest } from 'node:http';
import { SERVICE_SECRET } from './running-service.ts';

/** A webhook as GitHub would send it. */
export interface Webhook {
  readonly guid: string;
  readonly event: string;
  readonly body: Uint8Array;
  readonly contentType: string;
}

/** The content types that GitHub lets a webhook have. */
export const JSON_TYPE = 'application/json';
export const FORM_TYPE = 'application/x-www-form-urlencoded';

/** A webhook of some bytes, as JSON unless said otherwise. */
export function webhookOf(guid: string, event: string, body: string | Uint8Array, contentType = JSON_TYPE): Webhook {
  return { guid, event, body: typeof body === 'string' ? new TextEncoder().encode(body) : body, contentType };
}

/** What a webhook was answered. */
export interface WebhookAnswer {
  readonly status: number;
  readonly retryAfter: string | null;
}

/** A sender that keeps its connections, as many as it is told at most. */
export class WebhookSender {
  readonly #agent: Agent;

  constructor(connections: number) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** Signs and posts a webhook. Resolves to null when the connection broke: whether it was stored cannot be known then. */
  send(port: number, { guid, event, body, contentType }: Webhook): Promise<WebhookAnswer | null> {
    const headers = {
      'content-type': contentType,
      'content-length': body.byteLength,
      'user-agent': 'GitHub-Hookshot/044aadd',
      'x-github-delivery': guid,
      'x-github-event': event,
      'x-hub-signature-256': `sha256=${createHmac('sha256', SERVICE_SECRET).update(body).digest('hex')}`,
    };
    return new Promise((resolve) => {
      const request = httpRequest({ agent: this.#agent, port, host: '127.0.0.1', path: '/webhooks/github', method: 'POST', headers }, (response) => {
        const answer = { status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] ?? null };
        response.resume().on('error', () => undefined).on('end', () => resolve(answer)).on('close', () => resolve(answer));
      });
      request.on('error', () => resolve(null));
      request.end(body);
    });
  }

  /** Sends all of them, as many at once as there are connections. Resolves to the answers in their order. */
  async sendAll(port: number, webhooks: readonly Webhook[]): Promise<(WebhookAnswer | null)[]> {
    return Promise.all(webhooks.map((webhook) => this.send(port, webhook)));
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** Whether an answer says that a delivery was stored. */
export function isAcknowledged(answer: WebhookAnswer | null): boolean {
  return answer !== null && answer.status >= 200 && answer.status < 300;
}
