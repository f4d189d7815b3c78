import type { RequestHandler } from 'express';
import { shutBecause } from './api/reader-gate.ts';
import type { App } from './app.ts';
import type { Collecting } from './collecting.ts';
import { hasCredential, webhookSecrets } from './config/options.ts';
import type { StoredCredentials } from './config/credentials-file.ts';
import type { Delivery } from './domain/delivery.ts';
import { startIngestThread, type IngestThread } from './ingest/ingest-thread.ts';
import type { SeenInstallations } from './poller/installation-watch.ts';
import type { Sample } from './sample.ts';
import type { Site } from './site.ts';

const DAY_MS = 86_400_000;

/** Webhooks that tell of who has installed the App, and of what it may read there. */
const INSTALLATION_EVENTS = ['installation', 'installation_repositories'];

/** How a program is started. */
export interface LiveProgramOptions {
  /** Whether recorded data are shown while nothing was ever collected or imported. */
  readonly withSample: boolean;
  /** Where sample data lead to for connecting GitHub; null where they lead nowhere. */
  readonly connectHref: string | null;
}

/**
 * The parts of a running program that depend on which App it is connected to: folding, pages, collecting. They change
 * while it receives and serves, when an App is connected; whoever asks gets them as they are now.
 */
export class LiveProgram {
  #app: App;
  #ingest: IngestThread;
  #sample: Sample | null = null;
  #site: Site | null = null;
  #collecting: Collecting | null = null;
  #secrets: readonly string[];
  #connecting: Promise<void> = Promise.resolve();

  private constructor(app: App) {
    this.#app = app;
    this.#secrets = webhookSecrets(app.options);
    this.#ingest = ingestThread(app);
  }

  /** Starts the parts; rejects with everything ended again. */
  static async start(app: App, options: LiveProgramOptions): Promise<LiveProgram> {
    const live = new LiveProgram(app);
    try {
      await live.#open(options);
      return live;
    } catch (error) {
      await live.stopCollecting();
      await live.stopFolding();
      throw error;
    }
  }

  get app(): App {
    return this.#app;
  }

  /** The secrets that a webhook may be signed with; the same object until they change. */
  get secrets(): readonly string[] {
    return this.#secrets;
  }

  /** Why nobody may read over HTTP; null where whoever sits at this machine may. */
  get shut(): string | null {
    return shutBecause(this.#app.options);
  }

  get sample(): Sample | null {
    return this.#sample;
  }

  get site(): Site | null {
    return this.#site;
  }

  /** What is said of collecting; null where nothing is collected. */
  get collecting(): readonly string[] | null {
    return this.#collecting?.advice ?? null;
  }

  /** The App's installations as GitHub said last. */
  seen(): SeenInstallations {
    return this.#collecting?.seen() ?? { installations: null, problem: null };
  }

  /** Looks for installations now. */
  look(): void {
    this.#collecting?.look();
  }

  /** Told of deliveries that were stored. */
  heard(deliveries: readonly Pick<Delivery, 'event'>[]): void {
    this.#ingest.notify();
    if (deliveries.some(({ event }) => INSTALLATION_EVENTS.includes(event))) this.look();
  }

  /** Stores the credentials of an App and works with it from now on. Throws `storage-failed` where nothing was stored. */
  async connect(credentials: StoredCredentials): Promise<void> {
    const before = this.#app;
    this.#app = await before.connect(credentials);
    this.#secrets = webhookSecrets(this.#app.options);
    this.#connecting = this.#reopen();
    await this.#connecting;
  }

  /** Hands a request to the pages as they are now. */
  readonly readers: RequestHandler = (request, response, next) => {
    const routers = this.#site?.readers ?? [];
    const pass = (index: number): ((error?: unknown) => void) => (error) => {
      const router = routers[index];
      if (error !== undefined || router === undefined) next(error);
      else router(request, response, pass(index + 1));
    };
    pass(0)();
  };

  /** Ends what collects and what is shown; folding goes on. */
  async stopCollecting(): Promise<void> {
    await this.#connecting.catch(() => undefined);
    await this.#collecting?.stop();
    await this.#sample?.app.close();
  }

  /** Ends folding, once nothing is stored any more. */
  stopFolding(): Promise<void> {
    return this.#ingest.stop();
  }

  async #open({ withSample, connectHref }: LiveProgramOptions): Promise<void> {
    if (withSample && this.shut === null && (await isEmpty(this.#app))) this.#sample = await (await import('./sample.ts')).openSample(this.#app);
    if (this.shut === null) this.#site = await (await import('./site.ts')).openSite(this.#sample?.app ?? this.#app, this.#sample, connectHref);
    if (hasCredential(this.#app.options)) this.#collecting = await this.#collect();
  }

  /** Everything that knew of no App is opened anew: what it writes hides the new secrets, what it shows is no sample any more. */
  async #reopen(): Promise<void> {
    const { sample } = this;
    await this.#ingest.stop();
    this.#ingest = ingestThread(this.#app);
    this.#site = this.shut === null ? await (await import('./site.ts')).openSite(this.#app, null) : null;
    this.#sample = null;
    await this.#collecting?.stop();
    this.#collecting = await this.#collect();
    await sample?.app.close();
  }

  async #collect(): Promise<Collecting | null> {
    return (await import('./collecting.ts')).startCollecting(this.#app, () => this.#ingest.notify());
  }
}

function ingestThread({ options, policy, operator, secrets, log }: App): IngestThread {
  const { dataDir, databaseUrl, logLevel, retentionDays } = options;
  return startIngestThread({ dataDir, databaseUrl, logLevel, secrets, policy, viewer: operator, retentionMs: retentionDays * DAY_MS }, log);
}

/** Whether nothing was ever delivered or imported. */
async function isEmpty(app: App): Promise<boolean> {
  const { reader } = await app.store();
  return (await reader.outcomeCounts(app.operator)).length === 0;
}
