import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { shutBecause } from './api/reader-gate.ts';
import { httpServer } from './api/server.ts';
import { stopServer } from './api/stop-server.ts';
import type { App } from './app.ts';
import { hasCredential, secretValues, webhookSecrets, type Options } from './config/options.ts';
import type { Clock } from './core/clock.ts';
import { NarrowsError } from './core/errors.ts';
import type { Inbox } from './domain/store.ts';
import { startIngestThread } from './ingest/ingest-thread.ts';
import type { Sample } from './sample.ts';
import { openInbox } from './store/inbox-thread.ts';
import { webhookReceiver } from '#webhooks/receiver.ts';

/** After a delivery could not be stored the service calls itself unready for so long, or until one was, ms. */
const UNREADY_MS = 30_000;

const DAY_MS = 86_400_000;

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
  const { options, log, clock } = app;
  const secrets = webhookSecrets(options);
  const place = { dataDir: options.dataDir, databaseUrl: options.databaseUrl };
  const shut = shutBecause(options);

  const inbox = await openInbox({ ...place, clock });
  const ingest = startIngestThread({ ...place, logLevel: options.logLevel, secrets: secretValues(options), policy: app.policy, viewer: app.operator, retentionMs: options.retentionDays * DAY_MS }, log);
  atEnd(() => ingest.stop());
  atEnd(() => inbox.close());
  const sample = secrets.length === 0 && shut === null && !hasCredential(options) && (await isEmpty(app)) ? await (await import('./sample.ts')).openSample(app) : null;
  if (sample !== null) atEnd(() => sample.app.close());
  const site = shut === null ? await (await import('./site.ts')).openSite(sample?.app ?? app, sample) : null;
  const mailing = options.smtpUrl === null ? null : await (await import('./mailing.ts')).startMailing(app);
  if (mailing !== null) atEnd(() => mailing.stop());
  const collecting = hasCredential(options) ? await (await import('./collecting.ts')).startCollecting(app, () => ingest.notify()) : null;
  if (collecting !== null) atEnd(() => collecting.stop());

  const { store, isReady } = watchedInbox(inbox, clock, () => ingest.notify());
  const server = httpServer({
    receiver: webhookReceiver({ inbox: { store }, secrets, clock, log }),
    isReady,
    isShut: () => shut !== null,
    trustProxy: options.trustProxy,
    readers: site?.readers ?? [],
    log,
  });
  await listen(server, options);
  atEnd(() => stopServer(server));
  const url = addressOf(server.address());
  return { url, advice: advice({ url, shut, sample, previewPath: site?.previewPath ?? '/', hasSecret: secrets.length > 0, collecting: collecting?.advice ?? null }) };
}

/** An inbox that tells when something was stored, and whether things can be stored now. */
interface WatchedInbox extends Pick<Inbox, 'store'> {
  readonly isReady: () => boolean;
}

function watchedInbox(inbox: Inbox, clock: Clock, onStored: () => void): WatchedInbox {
  let failedAt: number | null = null;
  return {
    isReady: () => failedAt === null || clock.now() - failedAt > UNREADY_MS,
    store: async (deliveries) => {
      try {
        const added = await inbox.store(deliveries);
        failedAt = null;
        onStored();
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

/** Whether nothing was ever delivered or imported. */
async function isEmpty(app: App): Promise<boolean> {
  const { reader } = await app.store();
  return (await reader.outcomeCounts(app.operator)).length === 0;
}

interface Situation {
  readonly url: string;
  readonly shut: string | null;
  readonly sample: Sample | null;
  readonly previewPath: string;
  readonly hasSecret: boolean;
  /** What is said of collecting; null where nothing is collected. */
  readonly collecting: readonly string[] | null;
}

function advice({ url, shut, sample, previewPath, hasSecret, collecting }: Situation): string[] {
  const lines: string[] = [];
  if (sample !== null) lines.push(`Nothing is connected yet: ${url}/ shows recorded data of ${sample.recordedFrom}, moved to this week.`, `A weekly mail: ${url}${previewPath}`);
  else if (shut === null) lines.push(`Pages: ${url}/   API: ${url}/api/v1/metrics`);
  else lines.push(`Pages and API are shut, because ${shut}: readers cannot be told apart yet. Here, narrows show and narrows explain print the figures.`);
  lines.push(...(collecting ?? []));
  if (!hasSecret && collecting === null) lines.push('No webhook secret is set: deliveries are refused until NARROWS_WEBHOOK_SECRET is.');
  if (!hasSecret && collecting !== null) lines.push('No webhook secret is set: GitHub is only asked, every few minutes, and pushes are not known. Deliveries are refused until NARROWS_WEBHOOK_SECRET is.');
  return lines;
}

function addressOf(address: AddressInfo | string | null): string {
  if (address === null || typeof address === 'string') return address ?? '';
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${String(address.port)}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
