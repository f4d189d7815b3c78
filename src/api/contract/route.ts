import type { z } from 'zod';
import type { Clock } from '#src/core/clock.ts';
import { NarrowsError } from '#src/core/errors.ts';
import type { CsvCell } from '#src/core/csv.ts';
import { quoted, type Query } from '#src/core/query.ts';
import type { Figures } from '#src/domain/figures.ts';
import type { Viewer } from '#src/domain/viewer.ts';
import type { OpenApiDocument } from './open-api.ts';

/** What every route of the API works with. */
export interface ApiContext {
  readonly figures: Figures;
  readonly clock: Clock;
  /** Whether persons are named (the policy's `names`). */
  readonly names: boolean;
  /** The OpenAPI document of all routes. */
  readonly document: () => OpenApiDocument;
}

/** A request that was read: what is asked, and who asks. */
export interface Asked<Q, P> extends ApiContext {
  readonly viewer: Viewer;
  readonly query: Q;
  readonly params: P;
}

/** A list that is also served as CSV. */
export interface CsvForm<B> {
  readonly columns: readonly string[];
  rows(body: B): Iterable<readonly CsvCell[]>;
}

/** A route as its file writes it. */
export interface RouteEntry<Q extends z.ZodObject, P extends z.ZodObject, B extends z.ZodObject> {
  readonly method: 'get';
  /** `/api/v1/metrics/{id}`, in the words of OpenAPI. */
  readonly path: `/api/v1/${string}`;
  /** One line. */
  readonly summary: string;
  readonly description: string;
  /** The parameters of the query by name, each optional and read from text. */
  readonly query: Q;
  /** The parts of the path by name. */
  readonly params: P;
  /** What is answered; every answer is held to it before it leaves. */
  readonly response: B;
  readonly csv?: CsvForm<z.output<B>>;
  /** Null where there is nothing, or nothing that the viewer may see. */
  handle(asked: Asked<z.output<Q>, z.output<P>>): Promise<z.input<B> | null>;
}

/** A body that satisfies its route's schema. */
export interface Answer {
  readonly body: Readonly<Record<string, unknown>>;
  /** Rows of the CSV form, on demand; null where there is none. */
  readonly rows: (() => Iterable<readonly CsvCell[]>) | null;
}

/** A route of the catalogue: one file under `routes/`. */
export interface Route extends Pick<RouteEntry<z.ZodObject, z.ZodObject, z.ZodObject>, 'method' | 'path' | 'summary' | 'description' | 'query' | 'params' | 'response'> {
  readonly csvColumns: readonly string[] | null;
  /** Answers a request; null where there is nothing to see. Throws `NarrowsError('bad-usage')` for parameters that cannot be read. */
  answer(request: { readonly query: Query; readonly params: Query; readonly viewer: Viewer }, context: ApiContext): Promise<Answer | null>;
}

/** Makes a route of the catalogue: parameters are read in, the answer is held to its schema on its way out. */
export function route<Q extends z.ZodObject, P extends z.ZodObject, B extends z.ZodObject>(entry: RouteEntry<Q, P, B>): Route {
  const { method, path, summary, description, query, params, response, csv } = entry;
  return {
    method,
    path,
    summary,
    description,
    query,
    params,
    response,
    csvColumns: csv?.columns ?? null,
    async answer(request, context) {
      const asked = { ...context, viewer: request.viewer, query: readParameters(query, request.query), params: readParameters(params, request.params) };
      const body = await entry.handle(asked);
      if (body === null) return null;
      const held = response.parse(body);
      return { body: held, rows: csv === undefined ? null : () => csv.rows(held) };
    },
  };
}

/** Whether a module's default export is a route. */
export function isRoute(entry: unknown): entry is Route {
  return typeof entry === 'object' && entry !== null && 'path' in entry && 'answer' in entry && typeof entry.answer === 'function';
}

/** Reads parameters by their schema. Throws one `NarrowsError('bad-usage')` that names every mistake: parameter, value, expectation. */
function readParameters<S extends z.ZodObject>(schema: S, given: Query): z.output<S> {
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  const mistakes = read.error.issues.map(({ path, message }) => {
    const name = String(path[0]);
    return `The parameter ${name} is ${quoted(given[name] ?? '')}, which is not ${message}.`;
  });
  throw new NarrowsError('bad-usage', mistakes.join(' '));
}
