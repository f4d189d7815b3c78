import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import request from 'supertest';
import type { Route } from '#src/api/contract/route.ts';
import { loadRoutes } from '#src/api/load-routes.ts';
import { openApiDocument } from '#src/api/openapi-document.ts';
import { openReadingSite, recordedImport, type ReadingSite } from '#test/support/reading-site.ts';

const routes = await loadRoutes();
const document = openApiDocument([...routes.values()], '0.0.0');

/** Addresses whose answers differ as much as answers of a route can: full and empty, with parts and without. */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  '/api/v1/metrics': ['/api/v1/metrics'],
  '/api/v1/metrics/{id}': [
    '/api/v1/metrics/review.first_response?weeks=52&by=repository',
    '/api/v1/metrics/review.request_response',
    '/api/v1/metrics/review.rework?scope=team:gui&weeks=26',
    '/api/v1/metrics/change.merge_queue',
    '/api/v1/metrics/change.lead?from=2026-01-05&to=2026-01-06T12:00:00%2B02:00',
    '/api/v1/metrics/change.coding?scope=repository:bitcoin-core/gui&from=2019-01-01',
  ],
  '/api/v1/waits': ['/api/v1/waits?limit=1000&weeks=52', '/api/v1/waits?stage=review.request_response&weeks=52', '/api/v1/waits?stage=change.merge_queue', '/api/v1/waits?from=2015-01-01&to=2015-02-01'],
  '/api/v1/phases': ['/api/v1/phases', '/api/v1/phases?weeks=52&scope=team:gui', '/api/v1/phases?from=2015-01-01&to=2015-02-01'],
  '/api/v1/stays': ['/api/v1/stays?limit=1000&weeks=52', '/api/v1/stays?stock=standing-still&weeks=52', '/api/v1/stays?stock=merge_queue'],
  '/api/v1/completeness': ['/api/v1/completeness', '/api/v1/completeness?weeks=52&scope=team:gui', '/api/v1/completeness?from=2015-01-01&to=2015-02-01'],
  '/api/v1/openapi.json': ['/api/v1/openapi.json'],
};

let site: ReadingSite;
let server: Server;

beforeAll(async () => {
  site = await openReadingSite([await recordedImport()], 'teams: { gui: { repositories: [bitcoin-core/gui] } }');
  server = await site.serve();
});

afterAll(() => site.close());

describe('the OpenAPI document', () => {
  test('is one by the schema of OpenAPI 3.1', async () => {
    const validator = new Validator();

    const result = await validator.validate(structuredClone(document) as never);

    expect(result.errors).toBeUndefined();
    expect(result.valid).toBe(true);
    expect(validator.version).toBe('3.1');
  });

  test('is what /api/v1/openapi.json answers', async () => {
    const answer = await request(server).get('/api/v1/openapi.json').expect(200);

    expect(answer.body).toEqual(JSON.parse(JSON.stringify(document)));
  });

  test('says of every parameter what it is, and how it is written where it is no plain text', () => {
    const parameters = [...routes.values()].flatMap(({ path }) => operationOf(path).parameters);

    expect(parameters.length).toBeGreaterThan(20);
    expect(parameters.filter(({ description }) => typeof description !== 'string' || description.length < 20)).toEqual([]);
    expect(parameters.find(({ name }) => name === 'weeks')).toMatchObject({ in: 'query', required: false, schema: { type: 'integer', minimum: 1, maximum: 520, default: 12 } });
    expect(parameters.find(({ name }) => name === 'id')).toMatchObject({ in: 'path', required: true, schema: { type: 'string' } });
    expect(parameters.find(({ name }) => name === 'scope')?.['schema']).toEqual({ type: 'string', default: 'organization', examples: ['team:payments', 'repository:acme/api'] });
  });
});

describe.each([...routes])('the route %s', (_id, route) => {
  test('says what it is', () => {
    expect(route.summary).toMatch(/^[A-Z].{10,70}[^.]$/);
    expect(route.description).toMatch(/^[A-Z].{40,}\.$/s);
    expect(route.path).toMatch(/^\/api\/v1\/[a-z.]+(?:\/\{[a-z]+\})?$/);
  });

  test('is asked below in ways enough', () => {
    expect(ASKED[route.path]?.length).toBeGreaterThan(0);
  });

  test.each(ASKED[route.path] ?? [])('answers %s with what the document promises', async (address) => {
    const promised = promiseOf(route);

    const answer = await request(server).get(address).expect(200).expect('content-type', 'application/json; charset=utf-8');

    expect(promised(answer.body) ? [] : promised.errors).toEqual([]);
  });

  if (route.path === '/api/v1/metrics/{id}') {
    test.each([4, 12, 26])('answers for every metric over %i weeks, and for each repository, with what the document promises', async (weeks) => {
      const promised = promiseOf(route);

      for (const { id } of site.figures.metrics()) {
        const answer = await request(server).get(`/api/v1/metrics/${id}?weeks=${String(weeks)}&by=repository`);
        expect([id, answer.status, promised(answer.body) ? [] : promised.errors]).toEqual([id, 200, []]);
      }
    });
  }

  test('would be caught answering anything else', async () => {
    const promised = promiseOf(route);
    const answer = await request(server).get(ASKED[route.path]![0]!).expect(200);
    const [first] = Object.keys(answer.body as object);

    expect(promised(answer.body)).toBe(true);
    expect(promised({ ...answer.body, surprise: 1 })).toBe(false);
    expect(promised({ ...answer.body, [first!]: 17 })).toBe(false);
  });

  test('serves its CSV with the columns that it names', async () => {
    expect(Object.keys(operationOf(route.path).responses['200']!.content)).toEqual(route.csvColumns === null ? ['application/json'] : ['application/json', 'text/csv']);
    const asked = request(server).get(ASKED[route.path]![0]!).set('accept', 'text/csv');

    const answer = await asked;

    expect([answer.status, answer.type]).toEqual(route.csvColumns === null ? [406, 'application/problem+json'] : [200, 'text/csv']);
    if (route.csvColumns !== null) expect(answer.text.split('\r\n', 1)).toEqual([route.csvColumns.join(',')]);
  });
});

/** What is read of an operation. */
interface Operation {
  readonly parameters: readonly Readonly<Record<string, unknown>>[];
  readonly responses: Readonly<Record<string, { readonly content: Readonly<Record<string, unknown>> }>>;
}

function operationOf(path: string): Operation {
  return document.paths[path]!['get'] as Operation;
}

/** The document's schema of a route's answer. */
function promiseOf(route: Route): ValidateFunction {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'https://narrows.test/openapi', ...JSON.parse(JSON.stringify(document)) });
  const path = route.path.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D');
  const promised = ajv.getSchema(`https://narrows.test/openapi#/paths/${path}/get/responses/200/content/application~1json/schema`);
  if (promised === undefined) throw new Error(`The document promises no answer of ${route.path}.`);
  return promised;
}
