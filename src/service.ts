import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { httpServer } from './api/server.ts';
import { stopServer } from './api/stop-server.ts';
import type { App } from './app.ts';
import { hasCredential, webhookSecrets, type Options } from './config/options.ts';
import type { Clock } from './core/clock.ts';
import { NarrowsError } from './core/errors.ts';
import type { Delivery } from './domain/delivery.ts';
import type { Inbox } from './domain/store.ts';
import { LiveProgram } from './live-program.ts';
import { SETUP_PATH, startAdvice } from './start-advice.ts';
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

/** Starts receiving, folding and serving. Resolves once deliveries are accepted; rejects with everything ended again. */
export async function startService(app: App): Promise<Service> {
  const ends: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    return { ...(await start(app, (end) => void ends.push(end))), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Starts part by part; `atEnd` takes how each is ended, and the last one started is the first to end. */
async function start(app: App, atEnd: (end: () => Promise<void>) => void): Promise<Omit<Service, 'stop'>> {
  const { options, clock, log } = app;
  const isUnconfigured = !hasCredential(options) && webhookSecrets(options).length === 0;

  const started: { live?: LiveProgram } = {};
  atEnd(async () => started.live?.stopFolding());
  const inbox = await openInbox({ dataDir: options.dataDir, databaseUrl: options.databaseUrl, clock });
  atEnd(() => inbox.close());
  const live = await LiveProgram.start(app, { withSample: isUnconfigured, connectHref: isUnconfigured ? SETUP_PATH : null });
  started.live = live;
  atEnd(() => live.stopCollecting());
  const mailing = options.smtpUrl === null ? null : await (await import('./mailing.ts')).startMailing(app);
  if (mailing !== null) atEnd(() => mailing.stop());
  const setUp = isUnconfigured ? (await import('./connecting.ts')).openConnecting(live) : null;

  const { store, isReady } = watchedInbox(inbox, clock, (deliveries) => live.heard(deliveries));
  const server = httpServer({
    receiver: webhookReceiver({ inbox: { store }, secrets: () => live.secrets, clock, log }),
    isReady,
    isShut: () => live.shut !== null,
    trustProxy: options.trustProxy,
    ungated: setUp === null ? [] : [setUp.router],
    readers: [live.readers],
    log,
  });
  await listen(server, options);
  atEnd(() => stopServer(server));
  const url = addressOf(server.address());
  return { url, advice: startAdvice({ url, publicUrl: options.publicUrl, live, code: setUp?.code ?? null }) };
}

/** An inbox that tells when something was stored, and whether things can be stored now. */
interface WatchedInbox extends Pick<Inbox, 'store'> {
  readonly isReady: () => boolean;
}

function watchedInbox(inbox: Inbox, clock: Clock, onStored: (deliveries: readonly Delivery[]) => void): WatchedInbox {
  let failedAt: number | null = null;
  return {
    isReady: () => failedAt === null || clock.now() - failedAt > UNREADY_MS,
    store: async (deliveries) => {
      try {
        const added = await inbox.store(deliveries);
        failedAt = null;
        onStored(deliveries);
        return added;
      } catch (error) {
        failedAt = clock.now();
        throw error;
      }
    },
  };
}

async function listen(server: Server, { host, port }: Pick<Options, 'host' | 'port'>): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new NarrowsError('bad-option', `Cannot listen on ${host}:${String(port)}: ${messageOf(cause)}. Choose another PORT or HOST.`, { cause });
  }
}

function addressOf(address: AddressInfo | string | null): string {
  if (address === null || typeof address === 'string') return address ?? '';
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${String(address.port)}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
