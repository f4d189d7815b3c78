import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Router } from 'express';
import { apiRouter } from '#src/api/api-router.ts';
import { loadRoutes } from '#src/api/load-routes.ts';
import { httpServer } from '#src/api/server.ts';
import { openApp, type App } from '#src/app.ts';
import type { Policy } from '#src/config/policy.ts';
import { standingClock } from '#src/core/clock.ts';
import { createLog, type Log } from '#src/core/log.ts';
import { dashboardRouter } from '#src/dashboard/dashboard-router.ts';
import type { Figures } from '#src/domain/figures.ts';
import type { Viewer } from '#src/domain/viewer.ts';
import { recordedSample } from '#src/simulator/recorded-sample.ts';

/** Wednesday, 18 November 2026, 12:00:30 UTC: when the pages of tests are read. */
export const READ_AT = Date.UTC(2026, 10, 18, 12, 0, 30);

/** An installation with facts in a database of its own, ready to be read over HTTP. */
export interface ReadingSite {
  readonly app: App;
  readonly figures: Figures;
  readonly clock: ReturnType<typeof standingClock>;
  /** The lines of the log so far. */
  readonly logged: string[];
  /** The server of the product over it, as one viewer meets it. */
  serve(as?: Partial<ServedAs>): Promise<Server>;
  close(): Promise<void>;
}

/** How a site is served. */
export interface ServedAs {
  readonly viewer: Viewer;
  readonly policy: Policy;
  readonly figures: Figures;
  readonly isShut: boolean;
  readonly more: readonly Router[];
}

/** What is imported into a site. */
export interface Imported {
  readonly lines: readonly string[];
  readonly repository: string;
  readonly takenAt: number;
}

/** Opens a site with the recordings of some repositories and the text of a policy. */
export async function openReadingSite(imports: readonly Imported[], policy = ''): Promise<ReadingSite> {
  const folder = mkdtempSync(join(tmpdir(), 'narrows-site-'));
  const clock = standingClock(READ_AT);
  writeFileSync(join(folder, 'policy.yaml'), policy);
  const app = await openApp({ NARROWS_DATA_DIR: join(folder, 'data'), NARROWS_POLICY: join(folder, 'policy.yaml') }, clock);
  for (const { lines, repository, takenAt } of imports) {
    writeFileSync(join(folder, 'lines.ndjson'), lines.join('\n'));
    await app.importFile(join(folder, 'lines.ndjson'), { repository, takenAt });
  }
  await app.recomputeAll();
  const figures = await app.figures();
  const routes = await loadRoutes();
  const logged: string[] = [];
  const log = logInto(logged);
  return {
    app,
    figures,
    clock,
    logged,
    serve({ viewer = app.operator, policy: served = app.policy, figures: read = figures, isShut = false, more = [] } = {}) {
      const shared = { figures: read, policy: served, clock, version: '0.0.0', viewerOf: () => viewer };
      const dashboard = dashboardRouter({ ...shared, log, organization: 'acme', sample: null, githubUrl: 'https://github.com' });
      return Promise.resolve(
        httpServer({
          receiver: (_request, response) => response.writeHead(202).end(),
          isReady: () => true,
          isShut: () => isShut,
          trustProxy: 0,
          readers: [...more, apiRouter({ ...shared, routes }), dashboard],
          log,
        }),
      );
    },
    async close() {
      await app.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The bundled recording, moved to the week of `READ_AT`. */
export async function recordedImport(): Promise<Imported> {
  const file = fileURLToPath(new URL('../../data/recordings/bitcoin-core-gui/pulls.ndjson.gz', import.meta.url));
  const { lines, takenAt } = await recordedSample(file, READ_AT);
  return { lines, repository: 'bitcoin-core/gui', takenAt };
}

function logInto(lines: string[]): Log {
  return createLog({ level: 'debug', secrets: [], clock: standingClock(READ_AT), destination: { write: (line) => void lines.push(line) } });
}
