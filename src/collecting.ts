import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { App } from './app.ts';
import { secretValues } from './config/options.ts';
import type { Inbox } from './domain/store.ts';
import { startCollectingThread } from './poller/collecting-thread.ts';
import { openCollector, type OpenCollector } from './poller/open-collector.ts';
import { PULL_REQUESTS } from './poller/pull-request-lister.ts';
import { isServiceRunning } from './poller/service-sign.ts';

/** What collects beside a service. */
export interface Collecting {
  /** What is going on, a sentence a line. */
  readonly advice: readonly string[];
  stop(): Promise<void>;
}

/** Collects from now on, in a thread of its own; `onStored` hears of everything that came. Null without a credential. Throws `bad-policy` as `openCollector` does. */
export async function startCollecting(app: App, onStored: () => void): Promise<Collecting | null> {
  const opened = await collectorOf(app);
  if (opened === null) return null;
  const { options, policy, log } = app;
  const { dataDir, databaseUrl, logLevel, githubAppId, githubPrivateKey, githubToken, githubApiUrl } = options;
  const thread = startCollectingThread({ dataDir, databaseUrl, logLevel, policy, github: { githubAppId, githubPrivateKey, githubToken, githubApiUrl }, secrets: secretValues(options), holder: holder() }, log, onStored);
  return { advice: [await situation(app)], stop: () => thread.stop() };
}

/** What collects, for a command; null without a credential. Deliveries go to `inbox`, by default the store's own. */
export async function collectorOf(app: App, inbox?: Pick<Inbox, 'store' | 'byGuid'>): Promise<OpenCollector | null> {
  const { options, policy, log } = app;
  return openCollector({ github: options, policy, store: await app.store(), holder: holder(), log, ...(inbox === undefined ? {} : { inbox }) });
}

/** Whether a service runs that folds whatever is put into the inbox. */
export async function isFoldedElsewhere(app: App): Promise<boolean> {
  return isServiceRunning({ leases: (await app.store()).leases, holder: holder() });
}

async function situation(app: App): Promise<string> {
  const { options } = app;
  const { collection } = await app.store();
  const [repositories, progress] = [await collection.repositories(), await collection.progress(PULL_REQUESTS)];
  const host = new URL(options.githubApiUrl).host;
  if (repositories.length === 0) return `Collecting from ${host}: what lies back first, the last 90 days before all else. narrows status says how far it is.`;
  const done = progress.filter(({ isDone }) => isDone).length;
  if (done < repositories.length) return `Collecting from ${host}: ${String(done)} of ${String(repositories.length)} repositories are collected; narrows status says more.`;
  return `Collecting from ${host}: ${String(repositories.length)} repositories are collected, and changes are asked for every few minutes.`;
}

/** This process, told apart from every other that shares the store. */
function holder(): string {
  return `${hostname()} ${String(process.pid)} ${randomUUID()}`;
}
