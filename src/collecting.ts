import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { App } from './app.ts';
import type { Inbox } from './domain/store.ts';
import { installationUrl, placeOfApi } from './github/web-addresses.ts';
import { systemWaitingClock } from './github/waiting-clock.ts';
import { startCollectingThread, type CollectingThread } from './poller/collecting-thread.ts';
import { InstallationWatch, type SeenInstallations } from './poller/installation-watch.ts';
import { openCollector, type OpenCollector } from './poller/open-collector.ts';
import { PULL_REQUESTS } from './poller/pull-request-lister.ts';
import { isServiceRunning } from './poller/service-sign.ts';
import { appAccess, installationGaps } from './sources/access/app-access.ts';

/** What collects beside a service. */
export interface Collecting {
  /** What is going on, a sentence a line. */
  readonly advice: readonly string[];
  /** The App's installations as GitHub said last; null where a token stands for the App. */
  seen(): SeenInstallations | null;
  /** Looks for installations and what they give access to now: somebody has said that it changed. */
  look(): void;
  stop(): Promise<void>;
}

/** Several words of the same change come within so long of each other, ms. */
const CHANGES_WITHIN_MS = 1_000;

/**
 * Collects from now on, in a thread of its own; `onStored` hears of everything that came. An App that nobody has installed
 * yet is watched for that, and collecting begins with the first installation. Null without a credential. Throws
 * `bad-policy` as `openCollector` does.
 */
export async function startCollecting(app: App, onStored: () => void): Promise<Collecting | null> {
  const opened = await collectorOf(app);
  if (opened === null) return null;
  const thread = new Restartable(() => openThread(app, onStored));
  if (opened.app === null) {
    thread.start();
    return { advice: [await situation(app)], seen: () => null, look: () => undefined, stop: () => thread.stop() };
  }
  const isInstalled = (await (await app.store()).collection.installations()).some(({ state }) => state !== 'removed');
  if (isInstalled) thread.start();
  let isFirst = true;
  const watch = new InstallationWatch({
    app: opened.app,
    clock: systemWaitingClock,
    log: app.log,
    isExpected: !isInstalled,
    onChange: () => {
      // What a thread that has just begun sees by itself is no reason to begin again.
      if (!(isFirst && isInstalled)) thread.restart();
      isFirst = false;
    },
  });
  return {
    advice: isInstalled ? [await situation(app), ...(await notGranted(app))] : [notInstalled(app)],
    seen: () => watch.seen,
    look: () => {
      watch.look();
      if (thread.isRunning) thread.restart();
    },
    stop: async () => {
      await watch.stop();
      await thread.stop();
    },
  };
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

function openThread({ options, policy, log, secrets }: App, onStored: () => void): CollectingThread {
  const { dataDir, databaseUrl, logLevel, githubAppId, githubPrivateKey, githubToken, githubApiUrl } = options;
  return startCollectingThread({ dataDir, databaseUrl, logLevel, policy, github: { githubAppId, githubPrivateKey, githubToken, githubApiUrl }, secrets, holder: holder() }, log, onStored);
}

/** A thread that is begun anew when what it looks at has changed; it goes on where it was. */
class Restartable {
  readonly #open: () => CollectingThread;
  #thread: CollectingThread | null = null;
  #turn: Promise<void> = Promise.resolve();
  #soon: NodeJS.Timeout | null = null;
  #isEnded = false;

  constructor(open: () => CollectingThread) {
    this.#open = open;
  }

  get isRunning(): boolean {
    return this.#thread !== null;
  }

  start(): void {
    this.#thread ??= this.#open();
  }

  /** Ends what runs and begins anew, once for all that is said within a moment. */
  restart(): void {
    if (this.#thread === null) return this.start();
    if (this.#soon !== null || this.#isEnded) return;
    this.#soon = setTimeout(() => {
      this.#soon = null;
      this.#turn = this.#turn.then(async () => {
        await this.#thread?.stop();
        if (!this.#isEnded) this.#thread = this.#open();
      });
    }, CHANGES_WITHIN_MS);
  }

  async stop(): Promise<void> {
    this.#isEnded = true;
    if (this.#soon !== null) clearTimeout(this.#soon);
    await this.#turn;
    await this.#thread?.stop();
  }
}

function notInstalled({ options, connectedApp }: App): string {
  const host = new URL(options.githubApiUrl).host;
  const where = connectedApp === null ? 'on the page of the App on GitHub' : `at ${connectedApp.installHref}`;
  return `The App is known at ${host}, and no installation of it is known here yet: install it ${where}. It is noticed within seconds, and collecting begins.`;
}

/** What installations have not granted of what this version reads, as far as is remembered of them: a line each, with what stays dark. */
async function notGranted(app: App): Promise<readonly string[]> {
  const { collection } = await app.store();
  const access = appAccess(app.sources.keys());
  const webUrl = app.connectedApp?.webUrl ?? placeOfApi(app.options.githubApiUrl).webUrl;
  return (await collection.installations())
    .filter(({ state }) => state !== 'removed')
    .flatMap((one) => {
      const href = installationUrl({ webUrl }, one);
      if (one.state === 'suspended') return [`${one.account}: the installation is suspended, so nothing is collected there. Lift that at ${href}.`];
      return installationGaps(access, one).permissions.map(({ permission }) => `${one.account} has not granted "${permission.title}: read". ${permission.without} Grant it at ${href}; if GitHub does not offer it there, add it in the settings of the App first.`);
    });
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
