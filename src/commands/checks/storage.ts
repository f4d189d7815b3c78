import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { App } from '#src/app.ts';
import type { Check } from '../contract/check.ts';
import type { Finding } from '../contract/finding.ts';

/** Larger databases take minutes to be read whole, bytes. */
const LARGEST_READ = 5_000_000_000;

/** Modes that let others in. */
const OTHERS = 0o077;

/** Files of the data folder that hold facts or secrets. */
const OURS = /\.sqlite|^credentials\.json/;

/** The database: reachable, of our schema, whole, readable by nobody else. */
const check: Check = {
  place: 2,
  title: 'Database',
  async run({ app }) {
    await app.store();
    const isPostgres = app.options.databaseUrl !== null;
    const folder = app.options.dataDir;
    const opens = isPostgres ? 'PostgreSQL answers and has our schema' : `SQLite in ${folder} opens and has our schema`;
    return [{ verdict: 'ok', text: opens }, ...(isPostgres ? [] : [await wholeness(app)]), ...(await modes(folder))];
  },
};

export default check;

async function wholeness(app: App): Promise<Finding> {
  const { health } = await app.store();
  const size = await health.size();
  if (size > LARGEST_READ) return { verdict: 'unknown', text: `not read whole: ${(size / 1e9).toFixed(0)} GB take minutes (sqlite3 FILE "pragma quick_check" does it)` };
  const damage = await health.damage();
  if (damage === null || damage.length === 0) return { verdict: 'ok', text: 'every page of it is whole' };
  return { verdict: 'wrong', text: `it is damaged: ${damage.join('; ')}`, todo: 'Stop Narrows, keep a copy of the data folder, and restore a backup: narrows restore. What came since is collected again from GitHub.' };
}

async function modes(folder: string): Promise<Finding[]> {
  if (process.platform === 'win32') return [{ verdict: 'unknown', text: 'who else may read the data folder is not known on this system' }];
  const names = await readdir(folder).catch(() => null);
  if (names === null) return [];
  const paths = [folder, ...names.filter((name) => OURS.test(name)).map((name) => join(folder, name))];
  const findings: Finding[] = [];
  for (const path of paths) {
    const { mode } = await stat(path);
    if ((mode & OTHERS) === 0) continue;
    const shown = (mode & 0o777).toString(8);
    findings.push({ verdict: 'wrong', text: `${path} is open to other users of this machine (mode ${shown})`, todo: `chmod go= ${path}` });
  }
  return findings.length > 0 ? findings : [{ verdict: 'ok', text: 'nobody else on this machine may read it' }];
}
