import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Delivery } from './domain/delivery.ts';
import type { Inbox } from './domain/store.ts';
import { httpServer } from './api/server.ts';
import type { App } from './app.ts';
import { secretValues, webhookSecrets } from './config/options.ts';
import { NarrowsError } from './core/errors.ts';
import { startIngestThread } from './ingest/ingest-thread.ts';
import { openInbox } from './store/inbox-thread.ts';
import { webhookReceiver } from '#webhooks/receiver.ts';

/** After a delivery could not be stored the service calls itself unready for so long, or until one was, ms. */
const UNREADY_MS = 30_000;

/** A running installation. */
export interface Service {
  /** Where it listens, `http://127.0.0.1:3000`. */
  readonly url: string;
  /** What whoever started it should know, a sentence a line. */
  readonly advice: readonly string[];
  /** Takes no more requests, ends those at hand and what waits to be stored, and stops. */
  stop(): Promise<void>;
}

/** Starts receiving, folding and serving. Resolves once deliveries are accepted. */
export async function startService(app: App): Promise<Service> {
  const { options, log, clock } = app;
  const secrets = webhookSecrets(options);
  const place = { dataDir: options.dataDir, databaseUrl: options.databaseUrl };
  const inbox = await openInbox({ ...place, clock });
  const ingest = startIngestThread({ ...place, logLevel: options.logLevel, secrets: secretValues(options), policy: app.policy, viewer: app.operator }, log);
  let failedAt: number | null = null;

  const noticing: Pick<Inbox, 'store'> = {
    async store(deliveries: readonly Delivery[]) {
      try {
        const added = await inbox.store(deliveries);
        failedAt = null;
        ingest.notify();
        return added;
      } catch (error) {
        failedAt = clock.now();
        throw error;
      }
    },
  };
  const server = httpServer({
    receiver: webhookReceiver({ inbox: noticing, secrets, clock, log }),
    isReady: () => failedAt === null || clock.now() - failedAt > UNREADY_MS,
    isShut: () => false,
    trustProxy: options.trustProxy,
    readers: [],
    log,
  });
  server.listen(options.port, options.host);
  await Promise.race([
    once(server, 'listening'),
    once(server, 'error').then(([error]: unknown[]) => {
      throw new NarrowsError('bad-option', `Cannot listen on ${options.host}:${String(options.port)}: ${messageOf(error)}. Choose another PORT or HOST.`, { cause: error });
    }),
  ]);

  return {
    url: addressOf(server.address() as AddressInfo),
    advice: secrets.length === 0 ? ['No webhook secret is set: deliveries are refused until NARROWS_WEBHOOK_SECRET is.'] : [],
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      await closed;
      await inbox.close();
      await ingest.stop();
    },
  };
}

function addressOf({ address, family, port }: AddressInfo): string {
  const host = family === 'IPv6' ? `[${address}]` : address;
  return `http://${host}:${String(port)}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
