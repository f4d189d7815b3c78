import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import SqliteFile from 'better-sqlite3';
import { openApp, type App } from '#src/app.ts';
import { standingClock } from '#src/core/clock.ts';
import { formatInstant } from '#src/core/instant.ts';
import type { DeliveryOutcome, StoredDelivery } from '#src/domain/delivery.ts';
import { exportText } from '#src/exports/rendering/write-rows.ts';

/** Everything that an installation exports, by the names of the sets. */
export type ExportedState = Readonly<Record<string, string>>;

/** The environment of an installation, as the program reads it. */
export type InstallationEnv = Readonly<Record<string, string>>;

/** When tests export: after everything that was recorded. */
const clock = standingClock(Date.UTC(2026, 5, 1));

/** How long folding may take, ms. */
const FOLD_TIMEOUT_MS = 300_000;

async function inApp<T>(env: InstallationEnv, work: (app: App) => Promise<T>): Promise<T> {
  const app = await openApp({ NARROWS_LOG_LEVEL: 'silent', ...env }, clock);
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

/** The deliveries of an installation by their GUIDs, oldest first. */
export function storedDeliveries(env: InstallationEnv, guids: readonly string[]): Promise<StoredDelivery[]> {
  return inApp(env, async (app) => (await app.store()).inbox.byGuid(guids));
}

/** What became of a delivery. */
export type ReadDelivery = Pick<DeliveryOutcome, 'outcome' | 'reason'>;

/** What became of the deliveries that a SQLite installation has read, by GUID. */
export function outcomesIn(dataDir: string): ReadonlyMap<string, ReadDelivery> {
  const file = new SqliteFile(join(dataDir, 'facts.sqlite'), { readonly: true });
  try {
    file.prepare('attach ? as inbox').run(join(dataDir, 'inbox.sqlite'));
    const rows = file.prepare<[], ReadDelivery & { readonly guid: string }>('select guid, outcome, reason from delivery_outcomes join inbox.deliveries on id = delivery_id').all();
    return new Map(rows.map(({ guid, ...read }) => [guid, read]));
  } finally {
    file.close();
  }
}

/** Waits until a running service has read so many deliveries. */
export function untilRead(env: InstallationEnv, count: number): Promise<void> {
  return inApp(env, async (app) => {
    const { reader } = await app.store();
    const until = performance.now() + FOLD_TIMEOUT_MS;
    for (;;) {
      const counts = await reader.outcomeCounts(app.operator);
      const read = counts.reduce((sum, row) => sum + row.count, 0);
      if (read >= count) return;
      if (performance.now() > until) throw new Error(`${String(read)} of ${String(count)} deliveries were read.`);
      await sleep(50);
    }
  });
}

/** What `narrows export` writes of all its sets, gone events included; folds nothing. */
export function exportedState(env: InstallationEnv): Promise<ExportedState> {
  return inApp(env, async (app) => {
    await app.recomputeAll();
    const sources = await app.exportSources();
    const texts: Record<string, string> = {};
    for (const [name, dataset] of app.datasets) {
      texts[name] = '';
      for await (const piece of exportText(dataset, dataset.rows(sources, { viewer: app.operator, withGone: true }), 'csv')) texts[name] += piece;
    }
    return texts;
  });
}

/** What an undisturbed installation exports that was given the same deliveries as a file, in the order given. */
export function undisturbedState(dataDir: string, deliveries: readonly StoredDelivery[]): Promise<ExportedState> {
  const file = join(dataDir, 'deliveries.ndjson');
  writeFileSync(file, deliveries.map(line).join('\n'));
  const env = { NARROWS_DATA_DIR: dataDir };
  return inApp(env, async (app) => {
    const { added, refused } = await app.importFile(file, { repository: null, takenAt: null });
    if (added !== deliveries.length || refused > 0) throw new Error(`${String(added)} of ${String(deliveries.length)} deliveries were imported, ${String(refused)} refused.`);
  }).then(() => exportedState(env));
}

/** A delivery as a line of an import, by hand: no number of the payload passes through JavaScript. */
function line({ guid, event, deliveredAt, format, body }: StoredDelivery): string {
  const text = new TextDecoder().decode(body);
  const payload = format === 'form' ? (new URLSearchParams(text).get('payload') ?? '') : text;
  return `{"guid":${JSON.stringify(guid)},"event":${JSON.stringify(event)},"delivered_at":"${formatInstant(deliveredAt)}","payload":${payload}}`;
}
