import { closeSync, copyFileSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { credentialsPath } from '#src/config/credentials-file.ts';
import type { Options } from '#src/config/options.ts';
import { NarrowsError } from '#src/core/errors.ts';
import { formatInstant } from '#src/core/instant.ts';
import { programVersion } from '#src/core/program-version.ts';
import { checkedContents, copyStore, STORE_FILES, storeFilesIn, type StoreContents } from '#src/store/backup.ts';

/** What says that a folder is a backup, and what it holds. */
const LABEL = 'backup.json';

const labelSchema = z.object({
  narrows: z.literal('backup'),
  version: z.string(),
  takenAt: z.string(),
  deliveries: z.number().int(),
  pullRequests: z.number().int(),
  deliveredAt: z.number().nullable(),
});

/** What a backup's label says. */
export type BackupLabel = z.infer<typeof labelSchema>;

/** Where the data are, as far as a backup asks. */
export type BackupOptions = Pick<Options, 'dataDir' | 'databaseUrl'>;

/**
 * Copies an installation into a folder of its own while it runs, reads the copy from end to end, and only then gives the
 * folder its name: a folder of that name is a whole backup. Throws `bad-usage` where the folder is there already or the
 * data are in PostgreSQL, `storage-full` and `storage-failed` as the copying does; nothing is left then.
 */
export async function backUp({ dataDir, databaseUrl }: BackupOptions, target: string, about: { readonly withCredentials: boolean; readonly now: number }): Promise<BackupLabel> {
  if (databaseUrl !== null) throw new NarrowsError('bad-usage', 'The data are in PostgreSQL (NARROWS_DATABASE_URL): back that database up with pg_dump, which takes one instant of it while Narrows runs.');
  if (existsSync(target)) throw new NarrowsError('bad-usage', `${target} is there already: a backup is written into a folder of its own, which is made.`);
  const lacking = STORE_FILES.filter((file) => !existsSync(join(dataDir, file)));
  if (lacking.length > 0) throw new NarrowsError('bad-usage', `There is nothing to back up in ${resolve(dataDir)} (NARROWS_DATA_DIR): ${lacking.join(' and ')} ${lacking.length === 1 ? 'is' : 'are'} not there.`);
  const credentials = credentialsPath(dataDir);
  const copiesCredentials = about.withCredentials && existsSync(credentials);
  const unfinished = `${target}.partial`;
  makeFolder(unfinished);
  try {
    await copyStore(dataDir, unfinished);
    if (copiesCredentials) copySecret(credentials, credentialsPath(unfinished));
    const label = labelOf(await checkedContents(unfinished), about.now);
    writeFileSync(join(unfinished, LABEL), `${JSON.stringify(label, null, 2)}\n`, { mode: 0o600 });
    syncFolder(unfinished);
    renameSync(unfinished, target);
    return label;
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Puts a backup into a data folder that holds no database yet, after reading it from end to end. Throws `bad-usage` for a
 * folder that is no backup or a data folder in use, `storage-failed` for a damaged backup; nothing is left then.
 */
export async function restore({ dataDir, databaseUrl }: BackupOptions, source: string): Promise<BackupLabel> {
  if (databaseUrl !== null) throw new NarrowsError('bad-usage', 'NARROWS_DATABASE_URL is set: restore that database with pg_restore, or unset it to restore into files.');
  const label = readLabel(source);
  const found = [...storeFilesIn(dataDir), ...(existsSync(credentialsPath(source)) && existsSync(credentialsPath(dataDir)) ? ['credentials.json'] : [])];
  if (found.length > 0) {
    throw new NarrowsError('bad-usage', `${resolve(dataDir)} (NARROWS_DATA_DIR) holds data already (${found.join(', ')}): stop Narrows, move them away, and restore again. Nothing was changed.`);
  }
  const contents = await checkedContents(source);
  if (contents.deliveries !== label.deliveries || contents.pullRequests !== label.pullRequests) {
    throw new NarrowsError('storage-failed', `${source} does not hold what its ${LABEL} says: take another backup. Nothing was changed.`);
  }
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const made: string[] = [];
  try {
    for (const from of [...STORE_FILES.map((file) => join(source, file)), credentialsPath(source)]) {
      if (!existsSync(from)) continue;
      const to = from === credentialsPath(source) ? credentialsPath(dataDir) : join(dataDir, from.slice(join(source, '/').length));
      made.push(to);
      copySecret(from, to);
    }
    syncFolder(dataDir);
  } catch (error) {
    for (const file of made) rmSync(file, { force: true });
    throw error;
  }
  return label;
}

function labelOf(contents: StoreContents, now: number): BackupLabel {
  return { narrows: 'backup', version: programVersion(), takenAt: formatInstant(now), ...contents };
}

function readLabel(source: string): BackupLabel {
  try {
    return labelSchema.parse(JSON.parse(readFileSync(join(source, LABEL), 'utf8')));
  } catch (cause) {
    throw new NarrowsError('bad-usage', `${source} is no backup of Narrows: a folder with a ${LABEL} is one, as narrows backup makes it.`, { cause });
  }
}

function makeFolder(path: string): void {
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true, mode: 0o700 });
}

/** Copies a file for its owner alone, never over another, and waits until it is on disk. */
function copySecret(from: string, to: string): void {
  closeSync(openSync(to, 'wx', 0o600));
  copyFileSync(from, to);
  const file = openSync(to, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Waits until the names in a folder are on disk; systems that cannot do that do without. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
