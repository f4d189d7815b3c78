import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openApp, type App } from './app.ts';
import { projectFile } from './core/project-file.ts';
import { recordedSample, SAMPLE_REPOSITORY } from './simulator/recorded-sample.ts';

/** What the sample shows, to be said on every page. */
export interface Sample {
  readonly app: App;
  /** The repository whose recorded facts it shows. */
  readonly recordedFrom: string;
}

/**
 * Opens the sample: recorded facts moved to this week, in a database of its own under the data folder, made
 * anew each time so that it ends now. The installation's own data are not touched.
 */
export async function openSample(own: App): Promise<Sample> {
  const dataDir = join(own.options.dataDir, 'sample');
  await rm(dataDir, { recursive: true, force: true });
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const policy = own.options.policyFile ?? fileURLToPath(projectFile('data/recordings/sample-policy.yaml'));
  const app = await openApp({ NARROWS_DATA_DIR: dataDir, NARROWS_POLICY: policy, NARROWS_LOG_LEVEL: own.options.logLevel, NARROWS_READERS: String(own.options.readers) }, own.clock);
  const { lines, takenAt } = await recordedSample(fileURLToPath(projectFile('data/recordings/bitcoin-core-gui/pulls.ndjson.gz')), own.clock.now());
  const file = join(dataDir, 'recording.ndjson');
  await writeFile(file, lines.join('\n'), { mode: 0o600 });
  await app.importFile(file, { repository: SAMPLE_REPOSITORY, takenAt });
  await app.recomputeAll();
  return { app, recordedFrom: SAMPLE_REPOSITORY };
}
