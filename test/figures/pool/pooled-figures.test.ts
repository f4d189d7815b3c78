import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import SqliteFile from 'better-sqlite3';
import { openApp, type App } from '#src/app.ts';
import { standingClock } from '#src/core/clock.ts';
import type { Figures, Question } from '#src/domain/figures.ts';
import type { Viewer } from '#src/domain/viewer.ts';
import { loadMetrics } from '#src/figures/load-metrics.ts';
import type { PooledFigures, PooledFiguresOptions } from '#src/figures/pool/pooled-figures.ts';
import { READ_AT, recordedImport } from '#test/support/reading-site.ts';
import { startPostgres, type TestPostgres } from '#test/support/postgres.ts';

/** The built module: only from it there are threads. `npm test` builds before it tests. */
const built: { readonly PooledFigures: new (options: PooledFiguresOptions) => PooledFigures } = await import(new URL('../../../dist/src/figures/pool/pooled-figures.js', import.meta.url).href);

const POLICY = `
teams:
  gui: { repositories: ["bitcoin-core/*"] }
calendars:
  office: { zone: Europe/Berlin, hours: { weekdays: "09:00-17:00" } }
calendar: office
`;

/** An installation in a folder of its own, with the recording or without. */
async function installed(withRecording: boolean, databaseUrl: string | null = null): Promise<App> {
  const folder = mkdtempSync(join(tmpdir(), 'narrows-pool-'));
  writeFileSync(join(folder, 'policy.yaml'), POLICY);
  const env = { NARROWS_DATA_DIR: join(folder, 'data'), NARROWS_POLICY: join(folder, 'policy.yaml'), ...(databaseUrl === null ? {} : { NARROWS_DATABASE_URL: databaseUrl }) };
  const app = await openApp(env, standingClock(READ_AT));
  if (withRecording) {
    const { lines, repository, takenAt } = await recordedImport();
    writeFileSync(join(folder, 'lines.ndjson'), lines.join('\n'));
    await app.importFile(join(folder, 'lines.ndjson'), { repository, takenAt });
  }
  await app.recomputeAll();
  return app;
}

async function pooled({ options, policy, clock }: App, more: Partial<PooledFiguresOptions> = {}): Promise<PooledFigures> {
  return new built.PooledFigures({ ...options, policy, clock, metrics: await loadMetrics(), readers: 2, ...more });
}

async function remove(app: App): Promise<void> {
  await app.close();
  rmSync(join(app.options.dataDir, '..'), { recursive: true });
}

/** Every question there is, asked of both. */
function questions(viewer: Viewer, window: Question['window']): Readonly<Record<string, (figures: Figures) => unknown>> {
  const scope = { kind: 'team', slug: 'gui' } as const;
  const question = { viewer, scope, window };
  const repository = { kind: 'repository', fullName: 'bitcoin-core/gui' } as const;
  return {
    'the catalogue': (figures) => figures.metrics(),
    'a metric of one wait a pull request': (figures) => figures.metric('review.first_response', question),
    'a metric of several': (figures) => figures.metric('review.request_response', { ...question, scope: repository }),
    'a metric that does not exist': (figures) => figures.metric('review.nothing', question),
    'repositories beside each other': (figures) => figures.byRepository('review.approval', question),
    'the flow': (figures) => figures.flow(question),
    'the flow of a team that does not exist': (figures) => figures.flow({ ...question, scope: { kind: 'team', slug: 'nobody' } }),
    'what waits': (figures) => figures.waiting(question, 5),
    'a page of waits': (figures) => figures.waits({ ...question, stage: null, cursor: null, limit: 40 }),
    'a page of stays': (figures) => figures.stays({ ...question, stock: 'awaiting_review', cursor: null, limit: 40 }),
    'a pull request': (figures) => figures.subject(viewer, 'bitcoin-core/gui', 4),
    'a pull request that does not exist': (figures) => figures.subject(viewer, 'bitcoin-core/gui', 999_999),
    'what is stored of the truth': (figures) => figures.certificate(question),
    'how far a first collection has come': (figures) => figures.collecting(viewer),
    'the scopes': (figures) => figures.scopes(viewer),
    'a zone': (figures) => figures.zone(scope),
    'the last weeks': (figures) => figures.lastWeeks(scope, 12, READ_AT),
    'when GitHub was heard': (figures) => figures.heardAt(viewer),
  };
}

const OPERATOR: Viewer = { sees: 'everything' };
const NOBODY: Viewer = { sees: 'repositories', repositoryIds: [] };
const NAMES = Object.keys(questions(OPERATOR, { fromAt: 0, toAt: 1 }));

describe.each(['SQLite', 'PostgreSQL'])('figures by threads on %s', (engine) => {
  let postgres: TestPostgres | null = null;
  let app: App;
  let direct: Figures;
  let figures: PooledFigures;

  beforeAll(async () => {
    if (engine === 'PostgreSQL') postgres = await startPostgres();
    app = await installed(true, (await postgres?.freshDatabase()) ?? null);
    direct = await app.figures();
    figures = await pooled(app);
  }, 120_000);
  afterAll(async () => {
    await figures.close();
    await remove(app);
    await postgres?.stop();
  });

  test.each(NAMES)('are those of one thread: %s', async (name) => {
    const window = figures.lastWeeks({ kind: 'organization' }, 12, READ_AT);
    for (const viewer of [OPERATOR, NOBODY]) {
      const ask = questions(viewer, window)[name];

      expect(await ask?.(figures)).toEqual(await ask?.(direct));
    }
  });

  test('show something to who sees everything and nothing to who sees nothing', async () => {
    const window = figures.lastWeeks({ kind: 'organization' }, 12, READ_AT);
    const organization = { kind: 'organization' } as const;

    const [all, none] = await Promise.all([OPERATOR, NOBODY].map((viewer) => figures.metric('review.first_response', { viewer, scope: organization, window })));

    expect(all?.figure.n).toBeGreaterThan(10);
    expect(none?.figure.n).toBe(0);
  });
});

describe('figures by threads', () => {
  test('tell who asks what keeps them from the store', async () => {
    const app = await installed(false);
    const figures = await pooled(app, { dataDir: join(app.options.dataDir, 'inbox.sqlite') });

    await expect(figures.heardAt(OPERATOR)).rejects.toMatchObject({ code: 'storage-failed', message: expect.stringContaining('inbox.sqlite') });

    await figures.close();
    await remove(app);
  });

  test("pass the store's own errors on with their codes, and answer what they can", async () => {
    const app = await installed(false);
    const figures = await pooled(app);
    await figures.scopes(OPERATOR);
    const file = new SqliteFile(join(app.options.dataDir, 'facts.sqlite'));
    file.exec('drop table pull_request_lives').close();

    const flow = figures.flow({ viewer: OPERATOR, scope: { kind: 'organization' }, window: { fromAt: 0, toAt: READ_AT } });

    await expect(flow).rejects.toMatchObject({ code: 'storage-failed', message: expect.stringContaining('pull_request_lives') });
    await expect(figures.scopes(OPERATOR)).resolves.toHaveLength(2);
    await figures.close();
    await remove(app);
  });
});
