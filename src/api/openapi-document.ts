import { z } from 'zod';
import { NAMED_SHAPES } from './contract/named-shapes.ts';
import type { OpenApiDocument } from './contract/open-api.ts';
import type { Route } from './contract/route.ts';

/** What can go wrong on every route, by status. */
const PROBLEMS = {
  400: 'A parameter is not known or has a value that cannot be read; `detail` names it and what is expected.',
  403: 'This installation shows nothing to this reader.',
  404: 'There is nothing, or nothing that you may see.',
  405: 'This method is not served here.',
  406: 'None of the forms that `Accept` names is served here.',
  500: 'An error inside Narrows; its log holds the cause under the reference in `instance`.',
  503: 'This cannot be answered now; `Retry-After` says when to come back.',
} as const;

const PROBLEM_SCHEMA = {
  type: 'object',
  description: 'A problem (RFC 9457).',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string', description: '`urn:narrows:problem:` and the code.' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string', description: 'What happened, to which thing, and what to do.' },
    instance: { type: 'string', description: 'The reference of the log.' },
  },
};

/** The OpenAPI 3.1 document of some routes: parameters and answers are their zod schemas as JSON Schema. */
export function openApiDocument(routes: readonly Route[], version: string): OpenApiDocument {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method]: operation(route) };
  const schemas = { ...shapesOf(routes), Problem: PROBLEM_SCHEMA };
  const responses = Object.fromEntries(Object.entries(PROBLEMS).map(([status, description]) => [responseName(status), problemResponse(description)]));
  return {
    openapi: '3.1.0',
    info: {
      title: 'Narrows',
      version,
      description:
        'How long things wait, and where the flow narrows. Instants are ISO 8601 in UTC, durations seconds, windows half-open; null is not known, never 0. An answer holds only what its reader may see.',
    },
    paths,
    components: { schemas, responses },
  };
}

function operation(route: Route): Record<string, unknown> {
  return {
    summary: route.summary,
    description: route.description,
    operationId: operationId(route.path),
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query')],
    responses: {
      200: {
        description: route.summary,
        headers: { ETag: { description: 'Send it as `If-None-Match`.', schema: { type: 'string' } }, ...linkHeader(route) },
        content: {
          'application/json': { schema: { $ref: schemaUri(answerName(route)) } },
          ...(route.csvColumns === null ? {} : { 'text/csv': { schema: { type: 'string', description: `RFC 4180 with a header line: ${route.csvColumns.join(', ')}.` } } }),
        },
      },
      304: { description: 'Nothing has changed since the answer with this ETag.' },
      ...Object.fromEntries(Object.keys(PROBLEMS).map((status) => [status, { $ref: `#/components/responses/${responseName(status)}` }])),
    },
  };
}

function linkHeader(route: Route): Record<string, unknown> {
  return 'cursor' in route.query.shape ? { Link: { description: 'The next page, `rel="next"`; absent on the last.', schema: { type: 'string' } } } : {};
}

function parameters(schema: z.ZodObject, place: 'path' | 'query'): unknown[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input', override: keepDescription });
  return Object.entries(properties).map(([name, property]) => {
    const { $schema: _dialect, description, ...rest } = typeof property === 'object' ? property : {};
    return { name, in: place, required: required.includes(name), description, schema: rest };
  });
}

/** The shapes that answers are made of, each by its name, and the answers themselves. */
function shapesOf(routes: readonly Route[]): Record<string, unknown> {
  const registry = z.registry<{ readonly id: string }>();
  for (const [id, shape] of Object.entries(NAMED_SHAPES)) registry.add(shape, { id });
  for (const route of routes) if (!registry.has(route.response)) registry.add(route.response, { id: answerName(route) });
  const { schemas } = z.toJSONSchema(registry, { io: 'output', uri: schemaUri, override: withoutPattern });
  return Object.fromEntries(Object.entries(schemas).map(([id, { $schema: _dialect, $id: _uri, ...schema }]) => [id, schema]));
}

function schemaUri(id: string): string {
  return `#/components/schemas/${id}`;
}

/** `/api/v1/metrics/{id}` answers a `MetricsIdAnswer`. */
function answerName({ path }: Route): string {
  const words = operationId(path).split('_');
  return `${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}Answer`;
}

/** The format says it; the pattern that Zod adds is a line of noise. */
function withoutPattern({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
}

/** Zod drops defaults and examples of what is read from text; a reader of the document wants them. */
function keepDescription({ zodSchema, jsonSchema }: { readonly zodSchema: z.core.$ZodTypes; readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  Object.assign(jsonSchema, z.globalRegistry.get(zodSchema));
}

function problemResponse(description: string): Record<string, unknown> {
  return { description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };
}

function responseName(status: string): string {
  return `Problem${status}`;
}

/** `/api/v1/metrics/{id}` as `metrics_id`. */
function operationId(path: string): string {
  return path
    .replace('/api/v1/', '')
    .replace(/\.json$/, '')
    .replaceAll(/[^a-z]+/g, '_')
    .replace(/_$/, '');
}
