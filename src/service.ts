import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Router } from 'express';
import { apiRouter } from './api/api-router.ts';
import { loadRoutes } from './api/load-routes.ts';
import { shutBecause } from './api/reader-gate.ts';
import { httpServer } from './api/server.ts';
import type { App } from './app.ts';
import { secretValues, webhookSecrets } from './config/options.ts';
import { NarrowsError } from './core/errors.ts';
import { programVersion } from './core/program-version.ts';
import { dashboardRouter } from './dashboard/dashboard-router.ts';
import type { Delivery } from './domain/delivery.ts';
import type { Inbox } from './domain/store.ts';
import { startIngestThread } from './ingest/ingest-thread.ts';
import { startMailing, weeklyMailOf } from './mailing.ts';
import { openSample, type Sample } from './sample.ts';
import { openInbox } from './store/inbox-thread.ts';
import { PREVIEW_PATH, reportPreviewRouter } from '#reports/preview-router.ts';
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

/** Starts receiving, folding and serving. Resolves once deliveries are accepted. */
export async function startService(app: App): Promise<Service> {
  const { options, log, clock } = app;
  const secrets = webhookSecrets(options);
  const place = { dataDir: options.dataDir, databaseUrl: options.databaseUrl };
  const inbox = await openInbox({ ...place, clock });
  const ingest = startIngestThread({ ...place, logLevel: options.logLevel, secrets: secretValues(options), policy: app.policy, viewer: app.operator, retentionMs: options.retentionDays * DAY_MS }, log);
  const shut = shutBecause(options);
  const sample = secrets.length === 0 && shut === null && (await isEmpty(app)) ? await openSample(app) : null;
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
    isShut: () => shut !== null,
    trustProxy: options.trustProxy,
    readers: shut === null ? await readers(sample?.app ?? app, sample) : [],
    log,
  });
  server.listen(options.port, options.host);
  await Promise.race([
    once(server, 'listening'),
    once(server, 'error').then(([error]: unknown[]) => {
      throw new NarrowsError('bad-option', `Cannot listen on ${options.host}:${String(options.port)}: ${messageOf(error)}. Choose another PORT or HOST.`, { cause: error });
    }),
  ]);

  const mailing = await startMailing(app);
  const url = addressOf(server.address());
  return {
    url,
    advice: advice({ url, shut, sample, hasSecret: secrets.length > 0 }),
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      await closed;
      await mailing?.stop();
      await inbox.close();
      await ingest.stop();
      await sample?.app.close();
    },
  };
}

/** Whether nothing was ever delivered or imported. */
async function isEmpty(app: App): Promise<boolean> {
  const { reader } = await app.store();
  return (await reader.outcomeCounts(app.operator)).length === 0;
}

/** What is served to whoever sits at this machine. Until readers can be told apart, that is the operator. */
async function readers(app: App, sample: Sample | null): Promise<Router[]> {
  const { policy, clock, log } = app;
  const figures = await app.figures();
  const version = programVersion();
  const viewerOf = (): App['operator'] => app.operator;
  const preview = reportPreviewRouter({ mail: await weeklyMailOf(app), defaultTeam: policy.teams[0]?.slug ?? null });
  return [
    preview,
    apiRouter({ figures, policy, clock, version, routes: await loadRoutes(), viewerOf }),
    dashboardRouter({
      figures,
      policy,
      clock,
      log,
      version,
      viewerOf,
      organization: null,
      sample: sample === null ? null : { recordedFrom: sample.recordedFrom, connectHref: null },
      githubUrl: sample === null ? 'https://github.com' : null,
    }),
  ];
}

interface Situation {
  readonly url: string;
  readonly shut: string | null;
  readonly sample: Sample | null;
  readonly hasSecret: boolean;
}

function advice({ url, shut, sample, hasSecret }: Situation): string[] {
  const lines: string[] = [];
  if (sample !== null) lines.push(`Nothing is connected yet: ${url}/ shows recorded data of ${sample.recordedFrom}, moved to this week.`, `A weekly mail: ${url}${PREVIEW_PATH}`);
  else if (shut === null) lines.push(`Pages: ${url}/   API: ${url}/api/v1/metrics`);
  else lines.push(`Pages and API are shut, because ${shut}: readers cannot be told apart yet. Here, narrows show and narrows explain print the figures.`);
  if (!hasSecret) lines.push('No webhook secret is set: deliveries are refused until NARROWS_WEBHOOK_SECRET is.');
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
