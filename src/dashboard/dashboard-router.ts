import { randomUUID } from 'node:crypto';
import { Router, type NextFunction, type Request, type Response } from 'express';
import { createElement, type ReactElement } from 'react';
import { ERRORS, NarrowsError } from '#src/core/errors.ts';
import type { Log } from '#src/core/log.ts';
import { RETRY_AFTER_SECONDS } from '#src/core/problem.ts';
import { ORGANIZATION } from '#src/domain/scope.ts';
import type { Viewer } from '#src/domain/viewer.ts';
import { BadRequestPage, ErrorPage, MissingPage } from './error-page.tsx';
import type { FrameView } from './frame-view.ts';
import { sendPage } from './routes/answer.ts';
import { dataQualityRoute } from './routes/data-quality.ts';
import { flowRoute } from './routes/flow.ts';
import type { PageContext, PageRoute } from './routes/page-route.ts';
import { pullRequestRoute } from './routes/pull-request.ts';
import { reviewsRoute } from './routes/reviews.ts';
import { settingsRoute } from './routes/settings.ts';
import { staysRoute } from './routes/stays.ts';
import { waitsRoute } from './routes/waits.ts';
import { readStylesheet } from './stylesheet.ts';
import { frameView } from './views/frame.ts';
import type { Site } from './views/site.ts';

/** What the dashboard is made of. */
export interface DashboardOptions extends Omit<PageContext, 'site'>, Omit<Site, 'stylesheetHref' | 'without'> {
  readonly log: Log;
  /** Who reads, and so what may be shown. Throws `NarrowsError('forbidden')` for nobody. */
  readonly viewerOf: (request: Request) => Viewer;
}

const PAGES: readonly PageRoute[] = [flowRoute, reviewsRoute, waitsRoute, staysRoute, pullRequestRoute, dataQualityRoute, settingsRoute];

/** A page runs nothing and loads nothing but its own style sheet; it stands in no frame and tells nobody where a reader came from. */
const PAGE_HEADERS = {
  'content-security-policy': "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'private, no-cache',
  vary: 'Authorization, Cookie',
} as const;

/** The dashboard. It answers for every address that nothing before it took, so it stands last. */
export function dashboardRouter(options: DashboardOptions): Router {
  const { figures, policy, clock, log, viewerOf, version, organization, sample, githubUrl, settings } = options;
  const stylesheet = readStylesheet();
  const context: PageContext = { figures, policy, clock, ...(settings === undefined ? {} : { settings }), site: { ...(settings === undefined ? { without: ['settings'] } : {}), version, organization, sample, githubUrl, stylesheetHref: stylesheet.path } };
  const router = Router({ caseSensitive: true, strict: true });
  router.use((_request, response, next) => {
    response.set(PAGE_HEADERS);
    next();
  });
  router.get(stylesheet.path, (_request, response) => {
    response.set('cache-control', 'public, max-age=31536000, immutable').removeHeader('vary');
    response.type('css').send(stylesheet.text);
  });
  for (const page of PAGES) {
    router.get(page.path, (request, response) => page.serve(request, response, viewerOf(request), context));
    router.all(page.path, (request, response) => {
      response.set('allow', 'GET, HEAD');
      throw new NarrowsError('method-not-allowed', `${request.method} is not served at ${request.path}: there are GET and HEAD.`);
    });
  }
  router.use((request) => {
    throw new NarrowsError('not-found', `There is nothing at ${request.path}.`);
  });
  router.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent || isForbidden(error)) next(error);
    else sendError(error, { request, response, log, frame: bareFrame(context) });
  });
  return router;
}

/** The frame of a page that says nothing about anything: the same for every reader. */
function bareFrame({ figures, clock, site }: PageContext): FrameView {
  return frameView(site, { current: null, zone: figures.zone(ORGANIZATION), nowAt: clock.now(), heardAt: null, collecting: null, bar: null });
}

interface Failing {
  readonly request: Request;
  readonly response: Response;
  readonly log: Log;
  readonly frame: FrameView;
}

function sendError(error: unknown, { request, response, log, frame }: Failing): void {
  const { status, page } = errorPage(error, frame, (reference) => log[levelOf(error)]({ err: error, reference, path: request.path }, 'a page could not be made'));
  response.status(status).set('cache-control', 'no-store');
  if (status === 503) response.set('retry-after', String(RETRY_AFTER_SECONDS));
  sendPage(response, page);
}

/** What a reader is shown of an error: what they asked wrongly, that nothing is there, or only a reference. */
function errorPage(error: unknown, frame: FrameView, report: (reference: string) => void): { readonly status: number; readonly page: ReactElement } {
  if (isUnreadablePath(error)) return { status: 400, page: createElement(BadRequestPage, { frame, message: 'The address has a part that is not UTF-8 in percent encoding.' }) };
  const status = error instanceof NarrowsError ? ERRORS[error.code].status : 500;
  if (error instanceof NarrowsError && error.code === 'not-found') return { status, page: createElement(MissingPage, { frame }) };
  if (error instanceof NarrowsError && ERRORS[error.code].actor === 'caller') return { status, page: createElement(BadRequestPage, { frame, message: error.message }) };
  const reference = randomUUID();
  report(reference);
  return { status, page: createElement(ErrorPage, { frame, reference }) };
}

/** How loud the log is about it: that too many asked at once is no error of the program. */
function levelOf(error: unknown): 'error' | 'warn' | 'info' {
  return error instanceof NarrowsError ? ERRORS[error.code].level : 'error';
}

/** Who may not read at all is answered by the server, in one way for every address. */
function isForbidden(error: unknown): boolean {
  return error instanceof NarrowsError && error.code === 'forbidden';
}

/** What Express throws for `/pull-requests/%E0`. */
function isUnreadablePath(error: unknown): boolean {
  return error instanceof URIError;
}
