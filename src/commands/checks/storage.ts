import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check, Finding } from '../contract/check.ts';

/** Below this much room the inbox may soon have to refuse deliveries, bytes. */
const LEAST_FREE = 1_000_000_000;

/** Modes that let others in. */
const OTHERS = 0o077;

/** The database: reachable, of our schema, readable by nobody else, with room. */
const check: Check = {
  place: 2,
  title: 'Storage',
  async run(app) {
    await app.store();
    if (app.options.databaseUrl !== null) return [{ verdict: 'ok', text: 'PostgreSQL answers and has our schema' }];
    const folder = app.options.dataDir;
    return [{ verdict: 'ok', text: `SQLite in ${folder} opens and has our schema` }, ...(await modes(folder)), await room(folder)];
  },
};

export default check;

async function modes(folder: string): Promise<Finding[]> {
  const paths = [folder, ...(await readdir(folder)).filter((name) => name.includes('.sqlite')).map((name) => join(folder, name))];
  const findings: Finding[] = [];
  for (const path of paths) {
    const { mode } = await stat(path);
    if ((mode & OTHERS) === 0) continue;
    const shown = (mode & 0o777).toString(8);
    findings.push({ verdict: 'wrong', text: `${path} is open to other users of this machine (mode ${shown})`, todo: `chmod go= ${path}` });
  }
  return findings;
}

async function room(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const text = `${(free / 1e9).toFixed(1)} GB free where the data stands`;
  if (free >= LEAST_FREE) return { verdict: 'ok', text };
  return { verdict: 'wrong', text, todo: 'Make room: without it deliveries are answered 503 and GitHub does not send them again by itself.' };
}
