import { randomBytes } from 'node:crypto';
import type { Router } from 'express';
import { isLoopbackHost } from './api/loopback.ts';
import { isFromThisMachine } from './api/reader-gate.ts';
import { WEBHOOK_PATH } from './api/server.ts';
import type { App } from './app.ts';
import { ensureCredentialsFit } from './config/credentials-file.ts';
import { NarrowsError } from './core/errors.ts';
import { programVersion } from './core/program-version.ts';
import { readStylesheet } from './dashboard/stylesheet.ts';
import { ORGANIZATION } from './domain/scope.ts';
import { convertManifest } from './github/convert-manifest.ts';
import { openGitHub } from './github/open-github.ts';
import { placeOfApi } from './github/web-addresses.ts';
import type { LiveProgram } from './live-program.ts';
import { PULL_REQUESTS } from './poller/pull-request-lister.ts';
import { appAccess, installationGaps, type AppAccess } from './sources/access/app-access.ts';
import type { ConnectedFacts } from '#webhooks/setup/connected-facts.ts';
import { Door } from '#webhooks/setup/door.ts';
import type { ExistingApp } from '#webhooks/setup/existing-app.ts';
import { Setup, type AppCheck } from '#webhooks/setup/setup.ts';
import { setupRouter } from '#webhooks/setup/setup-router.ts';


/** The set-up of a service. */
export interface Connecting {
  readonly router: Router;
  /** The code that opens it, to be printed. */
  readonly code: string;
}

/** The figure of the set-up is of so many weeks: those of every figure that nobody chose a window for. */
const WEEKS = 12;

const METRIC = 'review.first_response';

/** GitHub has so long to say who an App is, ms: whoever asks sits before the page. */
const CHECK_MS = 20_000;

/** Puts the set-up pages of a program together that is connected to nothing yet. */
export function openConnecting(live: LiveProgram): Connecting {
  const { options, clock, log, sources } = live.app;
  const access = appAccess(sources.keys());
  const webhookUrl = deliverableTo(options.publicUrl);
  const setup = new Setup({
    access,
    clock,
    log,
    random: randomBytes,
    convert: (code, apiUrl) => convertManifest(code, { apiUrl, userAgent: `narrows/${programVersion()}`, signal: new AbortController().signal }),
    check: (existing) => checkApp(live.app, existing),
    ensureRoom: () => ensureCredentialsFit(options.dataDir),
    connect: (credentials) => live.connect(credentials),
  });
  const door = new Door({ clock, random: randomBytes });
  const asks = rarely(() => askedByApp(live.app), clock, ASKED_EVERY_MS);
  const router = setupRouter({
    door,
    setup,
    forms: { place: placeOfApi(options.githubApiUrl), canDeliver: webhookUrl !== null },
    webhookUrl,
    access,
    facts: rarely(() => connectedFacts(live, asks, access), clock),
    look: () => live.look(),
    clock,
    log,
    version: programVersion(),
    pagesStyle: readStylesheet().text,
    publicUrl: options.publicUrl,
    isFromThisMachine,
  });
  return { router, code: door.code };
}

/** Where GitHub can deliver, as far as the settings tell: to no address of this machine alone. */
function deliverableTo(publicUrl: string | null): string | null {
  return publicUrl === null || isLoopbackHost(new URL(publicUrl).host) ? null : `${publicUrl}${WEBHOOK_PATH}`;
}

async function checkApp({ log }: App, { id, privateKey, place }: ExistingApp): Promise<AppCheck> {
  const access = openGitHub({ githubAppId: id, githubPrivateKey: privateKey, githubToken: null, githubApiUrl: place.apiUrl }, { random: Math.random, log });
  if (access?.kind !== 'app') return { outcome: 'refused' };
  try {
    return { outcome: 'known', slug: (await access.app.identity(AbortSignal.timeout(CHECK_MS))).slug };
  } catch (error) {
    if (error instanceof NarrowsError && (error.code === 'github-refused' || error.code === 'github-not-found')) return { outcome: 'refused' };
    return { outcome: 'failed', reason: error instanceof NarrowsError ? error.message : `no answer within ${String(CHECK_MS / 1000)} seconds` };
  }
}

/** What the App itself asks for; null where nobody can say. */
async function askedByApp({ options, log }: App): Promise<Readonly<Record<string, string>> | null> {
  const access = openGitHub(options, { random: Math.random, log });
  if (access?.kind !== 'app') return null;
  return access.app.identity(AbortSignal.timeout(CHECK_MS)).then(({ permissions }) => permissions, () => null);
}

async function connectedFacts(live: LiveProgram, asks: () => Promise<ConnectedFacts['asks']>, access: AppAccess): Promise<ConnectedFacts | null> {
  const { app } = live;
  const { connectedApp, clock, operator, options } = app;
  if (connectedApp === null) return null;
  const figures = await app.pooledFigures();
  const nowAt = clock.now();
  const question = { viewer: operator, scope: ORGANIZATION, window: figures.lastWeeks(ORGANIZATION, WEEKS, nowAt) };
  const { collection } = await app.store();
  const progress = await collection.progress(PULL_REQUESTS);
  const collecting = await figures.collecting(operator);
  const seen = live.seen();
  const isLacking = (seen.installations ?? []).some(({ account, permissions, events }) => installationGaps(access, { accountType: account.type, permissions, events }).permissions.length > 0);
  return {
    app: { slug: connectedApp.slug, place: { webUrl: connectedApp.webUrl }, delivers: options.webhookSecret !== null },
    ...seen,
    asks: isLacking ? await asks() : null,
    collecting,
    pullRequests: { done: sum(progress.map(({ done }) => done)), total: sum(progress.map(({ total }) => total ?? 0)) },
    repositories: (await collection.repositories()).filter(({ state }) => state === 'active' || state === 'archived').length,
    weeks: WEEKS,
    firstResponse: (await figures.metric(METRIC, question))?.figure ?? null,
    hasPages: live.shut === null,
    nowAt,
    zone: figures.zone(ORGANIZATION),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** What the App asks for changes when somebody clicks on GitHub, ms. */
const ASKED_EVERY_MS = 10_000;

/** A page that renews itself shows nothing older, ms. */
const MOST_AGE_MS = 30_000;

/** The work's last result while it is young: what takes long is not asked for again and again by a page that renews itself. */
function rarely<T>(work: () => Promise<T>, clock: Pick<App['clock'], 'now'>, leastMs = 0): () => Promise<T> {
  let last: { readonly result: Promise<T>; readonly until: number } | null = null;
  return () => {
    const nowAt = clock.now();
    if (last !== null && nowAt < last.until) return last.result;
    const result = work();
    const asked = { result, until: Infinity };
    last = asked;
    result.then(
      () => {
        if (last === asked) last = { result, until: clock.now() + Math.max(leastMs, Math.min(MOST_AGE_MS, 5 * (clock.now() - nowAt))) };
      },
      () => {
        if (last === asked) last = null;
      },
    );
    return result;
  };
}
