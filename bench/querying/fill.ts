import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePolicy } from '#src/config/policy.ts';
import { systemClock } from '#src/core/clock.ts';
import { Recomputer } from '#src/ingest/recompute.ts';
import { openStore } from '#src/store/store.ts';
import { policyText, pullRequests } from './organization.ts';

/** Pull requests folded together, and computed before the next come: rows then lie in the order of time, as they do where deliveries come one by one. */
const BATCH = 4_000;

/** Fills a store with an organisation's two years up to `endAt`, and computes their waits. */
export async function fill(dataDir: string, databaseUrl: string | null, count: number, endAt: number, progress: (line: string) => void): Promise<void> {
  const store = await openStore({ dataDir, databaseUrl, clock: systemClock });
  try {
    const policy = parsePolicy(policyText(), 'the policy of the bench');
    const recomputer = new Recomputer({ ...store, policy, viewer: { sees: 'everything' } });
    let done = 0;
    for (const batch of pullRequests(count, endAt, BATCH)) {
      await store.writer.fold(batch);
      await recomputer.all();
      done += batch.changes.pullRequests.length;
      if (done % 100_000 < BATCH) progress(`${done.toLocaleString('en')} of ${count.toLocaleString('en')} pull requests are stored`);
    }
  } finally {
    await store.close();
  }
}

/** Writes the organisation's policy file; resolves to its path. */
export function writePolicy(folder: string): string {
  const path = join(folder, 'policy.yaml');
  writeFileSync(path, policyText());
  return path;
}
