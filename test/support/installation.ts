import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { standingClock } from '#src/core/clock.ts';
import type { Delivery } from '#src/domain/delivery.ts';
import pullRequestEvents from '#src/exports/pull-request-events.ts';
import pullRequests from '#src/exports/pull-requests.ts';
import { exportText } from '#src/exports/rendering/write-rows.ts';
import { importFile, type ImportResult } from '#src/ingest/import/import-file.ts';
import { ingestAll, noCounts, type IngestCounts } from '#src/ingest/ingest.ts';
import { exportSources } from '#test/support/export-sources.ts';
import { openStore } from '#src/store/store.ts';
import { loadSources } from '#test/support/sources.ts';

/** A row of an export as a stranger reads it: every field is text. */
export type ExportedRow = Readonly<Record<string, string>>;

/** What recordings are imported with. */
export interface Recorded {
  readonly repository: string;
  /** ISO 8601; null: as the import finds it. */
  readonly takenAt: string | null;
}

/** The datasets of `narrows export facts`. */
const DATASETS = { 'pull-request-events': pullRequestEvents, 'pull-requests': pullRequests };

/** An installation from the inbox to the exports: what goes in are files and deliveries, what comes out is CSV. */
export interface Installation {
  /** Imports lines as `narrows import` imports a file of them. */
  importLines(lines: readonly string[], recorded: Recorded | null): Promise<ImportResult>;
  /** Stores deliveries and folds them. */
  deliver(deliveries: readonly Delivery[]): Promise<void>;
  /** What became of everything delivered or imported so far. */
  readonly counts: IngestCounts;
  /** The text of `narrows export facts`. */
  exportCsv(dataset: keyof typeof DATASETS, flags?: { readonly withGone?: boolean }): Promise<string>;
  close(): Promise<void>;
}

/** Opens an installation of its own, empty. */
export async function openInstallation(): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'narrows-installation-'));
  const clock = standingClock(Date.UTC(2026, 5, 1));
  const store = await openStore({ dataDir: join(folder, 'data'), databaseUrl: null, clock });
  const sources = await loadSources();
  const counts = noCounts();
  const fold = async (): Promise<void> => {
    const more = await ingestAll({ writer: store.writer, sources });
    for (const outcome of ['facts', 'ignored', 'unknown', 'dead'] as const) counts[outcome] += more[outcome];
  };
  return {
    counts,
    async importLines(lines, recorded) {
      const file = join(folder, 'lines.ndjson');
      writeFileSync(file, lines.join('\n'));
      const takenAt = recorded === null || recorded.takenAt === null ? null : Date.parse(recorded.takenAt);
      return importFile(file, { inbox: store.inbox, clock, fold, repository: recorded?.repository ?? null, takenAt });
    },
    async deliver(deliveries) {
      await store.inbox.store(deliveries);
      await fold();
    },
    async exportCsv(name, flags = {}) {
      const dataset = DATASETS[name];
      const rows = dataset.rows(exportSources(store), { viewer: { sees: 'everything' }, withGone: flags.withGone === true });
      let text = '';
      for await (const piece of exportText(dataset, rows, 'csv')) text += piece;
      return text;
    },
    async close() {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Reads an export as a stranger would, by RFC 4180 and its header line. */
export function readExport(csv: string): ExportedRow[] {
  return parse(csv, { columns: true, skip_empty_lines: true, record_delimiter: '\r\n' });
}
