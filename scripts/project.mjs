/** What the project's scripts share: where the project lies, what its sources are, and how a step is run. */
import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The folders that are built. */
export const BUILT_FOLDERS = ['src', 'webhooks', 'reports', 'bench'];

/** What beside the sources decides what a build yields. */
const BUILD_SETTINGS = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];

/** Where a build leaves the digest of what it was made from. */
export const BUILD_STAMP = join(ROOT, 'dist', '.built-from');

/** Every file below a folder of the project, as a path from the project's folder, sorted; none if the folder is missing. */
export function filesBelow(folder) {
  if (!existsSync(join(ROOT, folder))) return [];
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length))
    .sort();
}

/** The digest of all that a build is made from. Contents, not times: a checkout changes times without a change. */
export function sourcesDigest() {
  const hash = createHash('sha256');
  for (const file of [...BUILD_SETTINGS, ...BUILT_FOLDERS.flatMap(filesBelow)]) {
    hash.update(`${file}\0`).update(readFileSync(join(ROOT, file))).update('\0');
  }
  return hash.digest('hex');
}

/** The text of a file, null if there is none. */
export function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Runs a program in the project's folder. Resolves to its exit code and, unless `live`, what it
 * printed; `live` lets it print where this process prints.
 */
export function run(command, args, { env = {}, live = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: live ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
