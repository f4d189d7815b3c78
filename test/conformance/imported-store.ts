import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { standingClock } from '#src/core/clock.ts';
import { DEFAULT_POLICY } from '#src/config/policy.ts';
import type { Store } from '#src/domain/store.ts';
import { importFile } from '#src/ingest/import/import-file.ts';
import { ingestAll } from '#src/ingest/ingest.ts';
import { Recomputer } from '#src/ingest/recompute.ts';
import { openStore } from '#src/store/store.ts';
import { loadSources } from '#test/support/sources.ts';

/** A store into which recordings were imported, with their waits. */
export interface ImportedStore {
  readonly store: Store;
  close(): Promise<void>;
}

/** Imports recordings, as `narrows import --repository --taken-at` does, into a store of its own. */
export async function importedStore(lines: readonly string[], repository: string, takenAt: number): Promise<ImportedStore> {
  const folder = mkdtempSync(join(tmpdir(), 'narrows-imported-'));
  const clock = standingClock(takenAt);
  const store = await openStore({ dataDir: join(folder, 'data'), databaseUrl: null, clock });
  const sources = await loadSources();
  const file = join(folder, 'pulls.ndjson');
  writeFileSync(file, lines.join('\n'));
  const fold = async (): Promise<void> => {
    await ingestAll({ writer: store.writer, sources });
  };
  await importFile(file, { inbox: store.inbox, clock, fold, repository, takenAt });
  await new Recomputer({ ...store, policy: DEFAULT_POLICY, viewer: { sees: 'everything' } }).all();
  return {
    store,
    close: async () => {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}
