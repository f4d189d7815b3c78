import { catalogueIds, loadCatalogue } from './core/catalogue.ts';
import { systemClock, type Clock } from './core/clock.ts';
import { createLog, HiddenTexts, type Log } from './core/log.ts';
import { connectedOptions } from './config/connected-options.ts';
import { readCredentials, secretsOf, writeCredentials, type StoredCredentials } from './config/credentials-file.ts';
import { readOptions, secretValues, type Options } from './config/options.ts';
import { loadPolicy, type Policy } from './config/policy.ts';
import type { Figures } from './domain/figures.ts';
import type { Store } from './domain/store.ts';
import type { Viewer } from './domain/viewer.ts';
import { isDataset, type Dataset, type ExportSources } from './exports/rendering/dataset.ts';
import { loadMetrics } from './figures/load-metrics.ts';
import { CAN_POOL, PooledFigures } from './figures/pool/pooled-figures.ts';
import { StoreFigures } from './figures/store-figures.ts';
import { subjectsAsOf } from './figures/waits-as-of.ts';
import { ingestAll, noCounts, type IngestCounts, type IngestOptions } from './ingest/ingest.ts';
import { importFile, type ImportOptions, type ImportResult } from './ingest/import/import-file.ts';
import { loadSources } from './ingest/load-sources.ts';
import { Recomputer } from './ingest/recompute.ts';
import type { SourcesByEvent } from './ingest/read-delivery.ts';
import { installUrl } from './github/web-addresses.ts';
import { openInbox } from './store/inbox-thread.ts';
import { openStore } from './store/store.ts';

/** The operator of the installation, at its own terminal, sees everything. Nobody else is this viewer. */
const OPERATOR: Viewer = { sees: 'everything' };

/** An import folds so many deliveries together: those of one pull request stand close in a file, and are then joined in memory. */
const IMPORT_BATCH = 4_096;

/** The program put together: what commands work with. The store is opened when first asked for. */
export interface App {
  readonly options: Options;
  /** What in the options works and is unwise, in sentences. */
  readonly warnings: readonly string[];
  /** The App that was connected on the set-up pages and is in use; null without one, and where the environment names another. */
  readonly connectedApp: ConnectedApp | null;
  /** Every secret value in use: what no log may show. */
  readonly secrets: readonly string[];
  readonly policy: Policy;
  readonly clock: Clock;
  readonly log: Log;
  /** The viewer of commands run at the installation's own terminal. */
  readonly operator: Viewer;
  readonly sources: SourcesByEvent;
  readonly datasets: ReadonlyMap<string, Dataset>;
  store(): Promise<Store>;
  /** The one door of every outlet, in this thread: for commands, which do nothing beside. */
  figures(): Promise<Figures>;
  /** The same by threads of their own, for a service that acknowledges deliveries meanwhile; in this thread when run from the sources. */
  pooledFigures(): Promise<Figures>;
  /** Where exports read. */
  exportSources(): Promise<ExportSources>;
  /** Folds whatever waits in the inbox; resolves to what became of it. */
  ingestAll(): Promise<IngestCounts>;
  /** What became of everything this program has folded. */
  ingested(): Readonly<IngestCounts>;
  /** Computes the waits of whatever changed; resolves to how many pull requests that were. */
  recomputeAll(): Promise<number>;
  /** Imports a file, and folds it chunk by chunk. */
  importFile(path: string, about: ImportAbout): Promise<ImportResult>;
  /** Stores the credentials of an App, and resolves to this program with them: it shares everything else, and either one closes both. Throws `storage-failed`. */
  connect(credentials: StoredCredentials): Promise<App>;
  close(): Promise<void>;
}

/** What of a connected App is no secret. */
export interface ConnectedApp extends Pick<StoredCredentials, 'slug' | 'webUrl' | 'clientId' | 'connectedAt'> {
  /** Where it is installed on GitHub. */
  readonly installHref: string;
}

/** What is said about a file that is imported. */
export type ImportAbout = Pick<ImportOptions, 'repository' | 'takenAt' | 'onProgress'>;

/** Puts the program together from its environment. Throws `NarrowsError` when an option or the policy is wrong. */
export async function openApp(env: NodeJS.ProcessEnv, clock: Clock = systemClock): Promise<App> {
  const read = readOptions(env);
  const stored = await readCredentials(read.options.dataDir);
  const { options, warnings, usesStored } = stored === null ? { ...read, usesStored: false } : connectedOptions(read, stored, env);
  const secrets = [...secretValues(options), ...(stored === null ? [] : secretsOf(stored))];
  const hidden = new HiddenTexts(secrets);
  const log = createLog({ level: options.logLevel, secrets: hidden, clock });
  for (const warning of warnings) log.warn({ option: warning }, 'an option works and is unwise');
  const policy = loadPolicy(options.policyFile, { sections: await catalogueIds(new URL('../reports/sections/', import.meta.url)) });
  const sources = await loadSources();
  const datasets = await loadCatalogue(new URL('./exports/', import.meta.url), isDataset);
  const metrics = await loadMetrics();
  const total = noCounts();
  let opening: Promise<Store> | null = null;
  let pool: PooledFigures | null = null;

  const store = (): Promise<Store> => (opening ??= openStore({ dataDir: options.dataDir, databaseUrl: options.databaseUrl, clock }));
  const figures = async (): Promise<Figures> => new StoreFigures({ ...(await store()), policy, clock, metrics });
  const ingestWaiting = async (about: Pick<IngestOptions, 'batch' | 'held'> = {}): Promise<IngestCounts> => {
    const counts = await ingestAll({ writer: (await store()).writer, sources, ...about });
    for (const outcome of ['facts', 'ignored', 'unknown', 'dead'] as const) total[outcome] += counts[outcome];
    return counts;
  };

  const app: App = {
    options,
    warnings,
    connectedApp: stored !== null && usesStored ? connectedApp(stored) : null,
    secrets,
    policy,
    clock,
    log,
    operator: OPERATOR,
    sources,
    datasets,
    store,
    figures,
    pooledFigures: async () => (CAN_POOL ? (pool ??= new PooledFigures({ ...options, policy, clock, metrics })) : figures()),
    exportSources: async () => {
      const { reader, waitReader, waitWriter } = await store();
      const teamFacts = await waitWriter.teamFacts();
      return { reader, waitReader, subjectsAsOf: (viewer, at) => subjectsAsOf({ reader, teamFacts, policy }, viewer, at) };
    },
    ingestAll: () => ingestWaiting(),
    ingested: () => total,
    recomputeAll: async () => new Recomputer({ ...(await store()), policy, viewer: OPERATOR }).all(),
    importFile: async (path, about) => {
      await store();
      const fold = async (held: NonNullable<IngestOptions['held']>): Promise<void> => {
        await ingestWaiting({ batch: IMPORT_BATCH, held });
      };
      const inbox = await openInbox({ dataDir: options.dataDir, databaseUrl: options.databaseUrl, clock });
      try {
        return await importFile(path, { ...about, inbox, clock, fold });
      } finally {
        await inbox.close();
      }
    },
    connect: async (credentials) => {
      hidden.add(secretsOf(credentials));
      await writeCredentials(options.dataDir, credentials);
      const now = connectedOptions(read, credentials, env);
      return { ...app, options: now.options, connectedApp: now.usesStored ? connectedApp(credentials) : null, secrets: [...secrets, ...secretsOf(credentials)] };
    },
    close: async () => {
      await pool?.close();
      if (opening !== null) await (await opening).close();
    },
  };
  return app;
}

function connectedApp({ slug, webUrl, clientId, connectedAt }: StoredCredentials): ConnectedApp {
  return { slug, webUrl, clientId, connectedAt, installHref: installUrl({ webUrl }, slug) };
}
