import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { ERRORS, NarrowsError } from '#src/core/errors.ts';
import type { Log } from '#src/core/log.ts';
import { problemAnswer, problemFrom } from '#src/core/problem.ts';
import { isFromThisMachine } from './reader-gate.ts';

/** Where GitHub delivers. */
export const WEBHOOK_PATH = '/webhooks/github';

/** What the HTTP server is made of. */
export interface ServerOptions {
  /** Takes deliveries. It stands before everything else, because it reads the body by itself. */
  readonly receiver: (request: IncomingMessage, response: ServerResponse) => void;
  /** Whether deliveries can be stored. */
  readonly isReady: () => boolean;
  /**
   * Whether everything but the receiver and `/healthz` is shut: until readers can be told apart, nobody may
   * read an installation that GitHub delivers to, or one that more than this machine can reach.
   */
  readonly isShut: () => boolean;
  /** Whose `X-Forwarded-*` headers are believed (Express's `trust proxy`). */
  readonly trustProxy: number | string | readonly string[];
  /** What stands before the gate and has a door of its own: the set-up. */
  readonly ungated?: readonly RequestHandler[];
  /** What is served to readers; none yet answers 404. */
  readonly readers: readonly RequestHandler[];
  readonly log: Log;
}

/** The server: the receiver in front, then Express for all that is read. */
export function httpServer(options: ServerOptions): Server {
  const app = readingApp(options);
  const server = createServer((request, response) => {
    if (isWebhook(request)) options.receiver(request, response);
    else app(request, response);
  });
  server.keepAliveTimeout = 65_000;
  return server;
}

/** What Express throws for a path like `/%E0` is the caller's mistake. */
function readableError(error: unknown): unknown {
  return error instanceof URIError ? new NarrowsError('bad-usage', 'The address has a part that is not UTF-8 in percent encoding.', { cause: error }) : error;
}

function isWebhook(request: IncomingMessage): boolean {
  const url = request.url ?? '';
  return url === WEBHOOK_PATH || url.startsWith(`${WEBHOOK_PATH}?`);
}

function readingApp(options: ServerOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', options.trustProxy);
  app.get('/healthz', (_request, response) => {
    response.set('cache-control', 'no-store');
    if (options.isReady()) response.type('text/plain').send('ok\n');
    else throw new NarrowsError('storage-failed', 'Deliveries cannot be stored now.');
  });
  for (const router of options.ungated ?? []) app.use(router);
  app.use((request, _response, next) => {
    if (!options.isShut() && isFromThisMachine(request.headers)) next();
    else next(new NarrowsError('forbidden', 'This installation shows nothing to readers yet: only this machine may read one that no GitHub App is connected to.'));
  });
  for (const reader of options.readers) app.use(reader);
  app.use((request: Request) => {
    throw new NarrowsError('not-found', `There is nothing at ${request.path}.`);
  });
  app.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const reference = randomUUID();
    const problem = problemFrom(readableError(error), reference);
    if (problem.status >= 500) options.log[ERRORS[problem.code].level]({ err: error, reference, path: request.path }, 'a request failed');
    const answer = problemAnswer(problem);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  return app;
}
