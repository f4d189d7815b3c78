import { Router, type Request, type Response } from 'express';
import type { Clock } from '#src/core/clock.ts';
import { csvText } from '#src/core/csv.ts';
import { NarrowsError } from '#src/core/errors.ts';
import { readQuery, type Query } from '#src/core/query.ts';
import type { Policy } from '#src/config/policy.ts';
import type { Figures } from '#src/domain/figures.ts';
import type { Viewer } from '#src/domain/viewer.ts';
import type { Answer, ApiContext, Route } from './contract/route.ts';
import { openApiDocument } from './openapi-document.ts';

/** What the API is made of. */
export interface ApiOptions {
  readonly figures: Figures;
  readonly policy: Pick<Policy, 'names'>;
  readonly clock: Clock;
  readonly version: string;
  readonly routes: ReadonlyMap<string, Route>;
  /** Who asks, and so what may be read. Throws `NarrowsError('forbidden')` for nobody. */
  readonly viewerOf: (request: Request) => Viewer;
}

/** Answers belong to their reader, are asked for again each time, and run nowhere. */
const HEADERS = {
  'cache-control': 'private, no-cache',
  vary: 'Authorization, Cookie',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
} as const;

/** The API `/api/v1`: it answers for everything below that path, and lets errors go on to the server, which makes problems of them. */
export function apiRouter({ figures, policy, clock, version, routes, viewerOf }: ApiOptions): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const document = openApiDocument([...routes.values()], version);
  const context: ApiContext = { figures, clock, names: policy.names, document: () => document };
  router.use('/api', (_request, response, next) => {
    response.set(HEADERS);
    next();
  });
  for (const route of routes.values()) {
    const path = route.path.replaceAll(/\{(\w+)\}/g, ':$1');
    router.get(path, async (request, response) => {
      const form = formFor(request, route);
      const query = readQuery(request.url, Object.keys(route.query.shape));
      const answer = await route.answer({ query, params: namedParts(request), viewer: viewerOf(request) }, context);
      if (answer === null) throw new NarrowsError('not-found', `There is nothing at ${request.path} for these parameters, or nothing that you may see.`);
      send(request, response, answer, route, form);
    });
    router.all(path, (request, response) => {
      response.set('allow', 'GET, HEAD');
      throw new NarrowsError('method-not-allowed', `${request.method} is not served at ${request.path}: there are GET and HEAD.`);
    });
  }
  router.use('/api', (request) => {
    throw new NarrowsError('not-found', `There is nothing at ${request.baseUrl}${request.path}. All addresses stand in /api/v1/openapi.json.`);
  });
  return router;
}

function namedParts({ params }: Request): Query {
  return Object.fromEntries(Object.entries(params).filter((part): part is [string, string] => typeof part[1] === 'string'));
}

type Form = 'json' | 'csv';

function formFor(request: Request, route: Route): Form {
  const forms: Form[] = route.csvColumns === null ? ['json'] : ['json', 'csv'];
  const form = forms.find((one) => one === request.accepts(forms));
  if (form !== undefined) return form;
  throw new NarrowsError('not-acceptable', `${request.path} is served as ${forms.map((one) => MEDIA_TYPES[one]).join(' and ')}, not as what Accept asks for.`);
}

const MEDIA_TYPES: Readonly<Record<Form, string>> = { json: 'application/json', csv: 'text/csv' };

/** Writes an answer; Express gives it an ETag and answers 304 where the reader has it. */
function send(request: Request, response: Response, { body, rows }: Answer, route: Route, form: Form): void {
  if (route.csvColumns !== null) response.vary('Accept');
  const next = body['next'];
  if (typeof next === 'string') response.set('link', `<${nextPage(request, next)}>; rel="next"`);
  if (form === 'json' || rows === null || route.csvColumns === null) response.type('application/json').send(`${JSON.stringify(body)}\n`);
  else response.type('text/csv').set('content-disposition', 'attachment').send(csvText(route.csvColumns, rows()));
}

/** The same address with another cursor; from its root, so that no Host header finds its way into it. */
function nextPage({ baseUrl, path, url }: Request, cursor: string): string {
  const parameters = new URLSearchParams(/\?([^#]*)/.exec(url)?.[1] ?? '');
  parameters.set('cursor', cursor);
  return `${baseUrl}${path}?${parameters.toString()}`;
}
