import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { z } from 'zod';
import type { flowAnswer, stay } from '#src/api/contract/flow-shapes.ts';
import type { waitFigure } from '#src/api/contract/shapes.ts';
import type { wait } from '#src/api/contract/wait-shapes.ts';
import { flowJson, metricJson } from '#src/commands/printing/figure-json.ts';
import phases from '#src/exports/phases.ts';
import type { Dataset } from '#src/exports/rendering/dataset.ts';
import { exportText } from '#src/exports/rendering/write-rows.ts';
import waits from '#src/exports/waits.ts';
import { openReadingSite, recordedImport, type ReadingSite } from '#test/support/reading-site.ts';

type Flow = z.output<typeof flowAnswer>;
type Stay = z.output<typeof stay>;
type Wait = z.output<typeof wait>;
type Within = z.output<typeof waitFigure>['within'][number];

let site: ReadingSite;
let server: Server;

beforeAll(async () => {
  site = await openReadingSite([await recordedImport()], 'names: true\nteams: { gui: { name: GUI, repositories: [bitcoin-core/gui] } }');
  server = await site.serve();
});

afterAll(() => site.close());

/** The lines of an export, without its header, sorted. */
async function exported(dataset: Dataset): Promise<string[]> {
  let text = '';
  const sources = await site.app.exportSources();
  for await (const piece of exportText(dataset, dataset.rows(sources, { viewer: site.app.operator }), 'csv')) text += piece;
  return linesOf(text);
}

function linesOf(csv: string): string[] {
  return csv.split('\r\n').slice(1, -1).sort();
}

/** Follows `Link: rel="next"` from an address to the end; the answers' texts. */
async function followed(address: string, accept: string): Promise<string[]> {
  const pages: string[] = [];
  for (let next: string | undefined = address; next !== undefined; ) {
    const answer: request.Response = await request(server).get(next).set('accept', accept).expect(200);
    pages.push(answer.text);
    next = /^<([^>]+)>; rel="next"$/.exec(answer.get('link') ?? '')?.[1];
  }
  return pages;
}

describe('the API beside the exports', () => {
  test('lists every wait of `narrows export waits`, page by page, as CSV to the letter', async () => {
    const pages = await followed('/api/v1/waits?from=2000-01-01&limit=300', 'text/csv');

    const rows = pages.flatMap(linesOf).sort();
    expect(pages.length).toBeGreaterThan(2);
    expect(rows.length).toBeGreaterThan(900);
    expect(rows).toEqual(await exported(waits));
  });

  test('lists every stay of `narrows export phases`, page by page, as CSV to the letter', async () => {
    const pages = await followed('/api/v1/stays?from=2000-01-01&limit=300', 'text/csv');

    const rows = pages.flatMap(linesOf).sort();
    expect(pages.length).toBeGreaterThan(1);
    expect(rows.length).toBeGreaterThan(500);
    expect(rows).toEqual(await exported(phases));
  });

  test('says the same in JSON and in CSV', async () => {
    const json = await request(server).get('/api/v1/waits?stage=review.first_response&weeks=52&limit=1000').expect(200);

    const csv = await request(server).get('/api/v1/waits?stage=review.first_response&weeks=52&limit=1000').set('accept', 'text/csv').expect(200);

    const columns = csv.text.split('\r\n', 1)[0]!.split(',');
    const rows = json.body.waits.map((wait: Readonly<Record<string, string | number | null>>) => columns.map((column) => wait[column] ?? '').join(','));
    expect(rows.length).toBeGreaterThan(100);
    expect(linesOf(csv.text)).toEqual(rows.sort());
  });
});

describe('the API beside the figures', () => {
  test('gives the figures as they are, durations in seconds and null for what is missing', async () => {
    const window = site.figures.lastWeeks({ kind: 'team', slug: 'gui' }, 52, site.clock.now());
    const figure = await site.figures.metric('review.first_response', { viewer: site.app.operator, scope: { kind: 'team', slug: 'gui' }, window });

    const { body } = await request(server).get('/api/v1/metrics/review.first_response?scope=team:gui&weeks=52').expect(200);

    expect(body).toMatchObject({
      scope: 'team:gui',
      window: { from: '2025-11-17T00:00:00Z', to: '2026-11-16T00:00:00Z' },
      figure: {
        n: figure!.figure.n,
        still_waiting: figure!.figure.stillWaiting,
        oldest_seconds: figure!.figure.oldestSeconds,
        within: figure!.figure.within.map(({ ageSeconds, share }) => ({ age_seconds: ageSeconds, share: { value: share.value } })),
        change: null,
      },
      finished_only: { p50_seconds: figure!.finishedOnly.p50 },
      explanation: { contributing: figure!.figure.n },
    });
    expect(body.figure.n).toBeGreaterThan(100);
    expect(body.weeks).toHaveLength(52);
  });

  test('lists behind every stock the stays that add up to it', async () => {
    const flow: Flow = (await request(server).get('/api/v1/phases?weeks=26').expect(200)).body;
    const windowSeconds = (Date.parse(flow.window.to) - Date.parse(flow.window.from)) / 1000;
    const stocks = [...flow.phases.map((one) => [one.phase, one.standing.value] as const), ...flow.beside.map((one) => [one.what, one.standing.value] as const)];

    for (const [stock, standing] of stocks) {
      const pages = await followed(`/api/v1/stays?weeks=26&limit=100&stock=${stock}`, 'application/json');

      const stays = pages.flatMap((page): Stay[] => JSON.parse(page).stays);
      const counted = stays.reduce((sum, stay) => sum + stay.counted_seconds, 0);
      expect([stock, counted / windowSeconds]).toEqual([stock, expect.closeTo(standing, 9)]);
    }
    expect(stocks.filter(([, standing]) => standing > 0.1).length).toBeGreaterThan(4);
  });
});

describe('the API beside `narrows show --json`', () => {
  test('gives the same figures', async () => {
    const question = { viewer: site.app.operator, scope: { kind: 'organization' } as const, window: site.figures.lastWeeks({ kind: 'organization' }, 26, site.clock.now()) };
    const shown = flowJson((await site.figures.flow(question))!);

    const flow: Flow = (await request(server).get('/api/v1/phases?weeks=26').expect(200)).body;

    const standing = ({ phase, standing: { value, interval }, share }: Flow['phases'][number]) => ({ phase, value, low: interval?.low ?? null, share });
    expect(shown).toMatchObject({ scope: flow.scope, from: flow.window.from, to: flow.window.to, bottleneck: flow.bottleneck, standing: flow.standing, phases: flow.phases.map(standing) });
    for (const { id } of site.figures.metrics()) {
      const printed = metricJson((await site.figures.metric(id, question))!);
      const { figure, finished_only: finished } = (await request(server).get(`/api/v1/metrics/${id}?weeks=26`).expect(200)).body;
      expect(printed).toMatchObject({ id, n: figure.n, finished: figure.finished, still_waiting: figure.still_waiting, oldest_seconds: figure.oldest_seconds, withheld: figure.withheld });
      expect(printed['within']).toMatchObject(figure.within.map((one: Within) => ({ age_seconds: one.age_seconds, value: one.share.value })));
      expect(printed['finished_only']).toEqual({ n: finished.n, p50: finished.p50_seconds, p75: finished.p75_seconds, p90: finished.p90_seconds });
    }
  });
});

describe('a list', () => {
  test('is the same whatever the size of its pages, the oldest first', async () => {
    const [whole] = await followed('/api/v1/waits?weeks=52&stage=review.approval&limit=1000', 'application/json');

    const pages = await followed('/api/v1/waits?weeks=52&stage=review.approval&limit=7', 'application/json');

    const items = pages.flatMap((page): Wait[] => JSON.parse(page).waits);
    expect(pages.length).toBeGreaterThan(5);
    expect(items).toEqual(JSON.parse(whole!).waits);
    expect(items.map(({ started_at: at }) => at)).toEqual(items.map(({ started_at: at }) => at).sort());
    expect(JSON.parse(pages.at(-1)!).next).toBeNull();
  });

  test('leads on by an address of its own, never by the name in the Host header', async () => {
    const answer = await request(server).get('/api/v1/waits?weeks=52&limit=1&scope=repository%3Abitcoin-core%2Fgui').set('host', 'localhost:99').expect(200);

    expect(answer.get('link')).toBe(`</api/v1/waits?weeks=52&limit=1&scope=repository%3Abitcoin-core%2Fgui&cursor=${answer.body.next}>; rel="next"`);
  });
});

describe('an answer', () => {
  test.each(['/api/v1/metrics/review.approval', '/api/v1/phases', '/api/v1/waits?weeks=4', '/api/v1/openapi.json'])('of %s is not sent again to whoever has it', async (address) => {
    const first = await request(server).get(address).expect(200);

    const again = await request(server).get(address).set('if-none-match', first.get('etag')!);

    expect([again.status, again.text]).toEqual([304, '']);
    expect(first.get('cache-control')).toBe('private, no-cache');
    expect(first.get('vary')).toMatch(/^Authorization, Cookie/);
  });

  test('is sent again once the facts say something else', async () => {
    const first = await request(server).get('/api/v1/waits?weeks=4').expect(200);

    const other = await request(server).get('/api/v1/waits?weeks=5').set('if-none-match', first.get('etag')!);

    expect(other.status).toBe(200);
  });

  test('differs in its ETag by its form', async () => {
    const json = await request(server).get('/api/v1/phases').expect('vary', /Accept/);

    const csv = await request(server).get('/api/v1/phases').set('accept', 'text/csv').set('if-none-match', json.get('etag')!);

    expect(csv.status).toBe(200);
    expect(csv.get('vary')).toMatch(/Accept/);
  });

  test('is JSON for a browser and for whoever takes anything', async () => {
    const browser = await request(server).get('/api/v1/phases').set('accept', 'text/html,application/xhtml+xml,*/*;q=0.8');

    expect([browser.status, browser.type]).toEqual([200, 'application/json']);
  });

  test('to HEAD has the headers and nothing else', async () => {
    const get = await request(server).get('/api/v1/phases').expect(200);

    const head = await request(server).head('/api/v1/phases').expect(200);

    expect(head.text).toBeUndefined();
    expect(head.get('etag')).toBe(get.get('etag'));
    expect(head.get('content-length')).toBe(get.get('content-length'));
  });

  test('runs nowhere and stands in no page of others', async () => {
    const answer = await request(server).get('/api/v1/waits');

    expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; frame-ancestors 'none'", 'cross-origin-resource-policy': 'same-origin' });
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  });
});
