import { createHmac } from 'node:crypto';
import { createServer, request as httpRequest, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { standingClock } from '#src/core/clock.ts';
import { NarrowsError } from '#src/core/errors.ts';
import type { Delivery, StoredDelivery } from '#src/domain/delivery.ts';
import type { Inbox } from '#src/domain/store.ts';
import { webhookReceiver, type ReceiverOptions } from '#webhooks/receiver.ts';

/** GitHub's published test vector (docs.github.com, "Validating webhook deliveries"). */
export const VECTOR = {
  secret: "It's a Secret to Everybody",
  body: 'Hello, World!',
  signature: 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
};

/** The instant at which every test's clock stands. */
export const NOW = Date.parse('2026-03-02T09:30:00Z');

/** An inbox in memory, as the interface promises: one GUID once, all or nothing, and a disk that can be filled and emptied. */
export class MemoryInbox implements Inbox {
  readonly stored = new Map<string, StoredDelivery>();
  /** What storing fails with, until it is set back to null. */
  failure: Error | null = null;
  /** What storing waits for. */
  gate: Promise<void> = Promise.resolve();

  async store(deliveries: readonly Delivery[]): Promise<number> {
    await this.gate;
    if (this.failure) throw this.failure;
    const fresh = deliveries.filter(({ guid }) => !this.stored.has(guid));
    for (const delivery of fresh) this.stored.set(delivery.guid, { ...delivery, id: this.stored.size + 1 });
    return fresh.length;
  }

  async byGuid(guids: readonly string[]): Promise<StoredDelivery[]> {
    return guids.flatMap((guid) => this.stored.get(guid) ?? []);
  }

  async close(): Promise<void> {}
}

/** An inbox whose disk is full. */
export function diskFull(): NarrowsError {
  return new NarrowsError('storage-full', 'No room left in /var/lib/narrows/inbox.db. Free some space.');
}

/** One line that the receiver wrote. */
interface LogLine {
  readonly level: 'warn' | 'error';
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** A receiver that listens. */
export interface Receiving {
  readonly port: number;
  readonly url: string;
  readonly lines: readonly LogLine[];
  close(): Promise<void>;
}

const SECRETS = [VECTOR.secret];

/** Mounts a receiver in an Express application, as the composition root does, and lets it listen. */
export async function startReceiving(options: Partial<ReceiverOptions> & Pick<ReceiverOptions, 'inbox'>): Promise<Receiving> {
  const lines: LogLine[] = [];
  const log: ReceiverOptions['log'] = {
    warn: (fields, message) => void lines.push({ level: 'warn', fields, message }),
    error: (fields, message) => void lines.push({ level: 'error', fields, message }),
  };
  const app = express();
  app.all('/webhooks/github', webhookReceiver({ secrets: () => SECRETS, clock: standingClock(NOW), log, ...options }));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}/webhooks/github`,
    lines,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** The header GitHub sends for these bytes. */
export function signed(body: string | Uint8Array, secret = VECTOR.secret): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** The headers of a delivery as GitHub writes them, signed for this body; `undefined` leaves one out. */
export function deliveryOf(body: string | Uint8Array, headers: Readonly<Record<string, string | undefined>> = {}): Record<string, string> {
  const all: Record<string, string | undefined> = {
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/044aadd',
    'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
    'x-github-event': 'pull_request',
    'x-github-hook-id': '292430182',
    'x-hub-signature-256': signed(body),
    ...headers,
  };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/**
 * Posts a body piece by piece, waiting whenever the connection is full, so that it need not be in memory. Resolves
 * to the answer even if it comes before the body's end.
 */
export function post(port: number, headers: OutgoingHttpHeaders, pieces: Iterable<Uint8Array | string>, method = 'POST'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let answered = false;
    const request = httpRequest({ port, host: '127.0.0.1', path: '/webhooks/github', method, headers }, (response) => {
      answered = true;
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    request.on('error', (error) => (answered ? undefined : reject(error)));
    const iterator = pieces[Symbol.iterator]();
    const writeOn = (): void => {
      for (let next = iterator.next(); next.done !== true; next = iterator.next()) {
        if (request.destroyed) return;
        if (!request.write(next.value)) return void request.once('drain', writeOn);
      }
      request.end();
    };
    writeOn();
  });
}
