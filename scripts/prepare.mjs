/**
 * Runs before `npm start`, `npm test`, `npm run verify` and `npm run bench`: installs and builds what is
 * missing or stale, so that each works alone on a fresh clone. Says in a line what it does and why, and
 * nothing when there is nothing to do. Plain Node: it runs before any package is there.
 */
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BUILD_STAMP, readIfThere, ROOT, run, sourcesDigest } from './project.mjs';

const LEAST_NODE = [20, 19];

/** Holds for which Node and machine the compiled packages were made. */
const ABI_STAMP = join(ROOT, 'node_modules', '.compiled-for');

/** Held by the process that installs or builds; two at once would overwrite each other. */
const LOCK = join(ROOT, '.prepare.lock');

const thisAbi = `${process.platform} ${process.arch} ${process.versions.modules}`;

function isNodeTooOld(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  return major < LEAST_NODE[0] || (major === LEAST_NODE[0] && minor < LEAST_NODE[1]);
}

/** Why packages must be installed, null if what the lock file names is there. */
function staleInstallation() {
  if (!existsSync(join(ROOT, 'node_modules'))) return 'node_modules is missing';
  const installed = readIfThere(join(ROOT, 'node_modules', '.package-lock.json'));
  if (installed === null) return 'the last installation did not end';
  const there = JSON.parse(installed).packages;
  const wanted = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages;
  const lacking = Object.keys(wanted).find(
    (path) => path !== '' && (there[path] ? there[path].version !== wanted[path].version : !wanted[path].optional),
  );
  return lacking === undefined ? null : `${lacking.replace(/^.*node_modules\//, '')} is not the version that package-lock.json names`;
}

async function install(reason) {
  say(`Installing packages: ${reason}. better-sqlite3 may compile from source, which takes about a minute.`);
  const { code, output } = await run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) fail(`npm ci failed; its output:\n${output}\nA compiler (python3, make, g++) is needed where no prebuilt better-sqlite3 fits.`);
  writeFileSync(ABI_STAMP, thisAbi);
}

async function recompile(before) {
  say(`Compiling better-sqlite3 anew, about a minute: it was made for ${before}, this is ${thisAbi}.`);
  const { code, output } = await run('npm', ['rebuild', 'better-sqlite3']);
  if (code !== 0) fail(`npm rebuild better-sqlite3 failed; its output:\n${output}`);
  writeFileSync(ABI_STAMP, thisAbi);
}

async function build(reason) {
  say(`Building: ${reason}.`);
  const { build: buildAll } = await import('./build.mjs');
  if (!(await buildAll())) fail('The build failed: see the errors above.');
}

/** Why `dist` must be built, null if it was built from what is there now. */
function staleBuild() {
  const stamp = readIfThere(BUILD_STAMP);
  if (stamp === null) return 'dist is missing';
  return stamp === sourcesDigest() ? null : 'the sources have changed since';
}

async function prepare() {
  const installation = staleInstallation();
  if (installation !== null) await install(installation);
  const compiledFor = readIfThere(ABI_STAMP);
  if (compiledFor === null) writeFileSync(ABI_STAMP, thisAbi);
  else if (compiledFor !== thisAbi) await recompile(compiledFor);
  const built = staleBuild();
  if (built !== null) await build(built);
}

/** Runs `work` while no other process prepares this project; the lock of a process that died is taken over. */
async function alone(work) {
  for (let waited = false; !takeLock(); waited = true) {
    const holder = Number(readIfThere(LOCK));
    if (!isAlive(holder)) rmSync(LOCK, { force: true });
    else if (!waited) say(`Waiting for process ${holder}, which prepares the project.`);
    await sleep(200);
  }
  try {
    await work();
  } finally {
    rmSync(LOCK, { force: true });
  }
}

/** A link either is made, with the holder's id in it, or is refused: nobody sees a lock without its holder. */
function takeLock() {
  const own = `${LOCK}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, LOCK);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own);
  }
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** To standard error: `npm start` and exports keep standard output for what they print. */
function say(line) {
  process.stderr.write(`${line}\n`);
}

function fail(reason) {
  rmSync(LOCK, { force: true });
  say(reason);
  process.exit(1);
}

if (isNodeTooOld()) {
  fail(`Narrows needs Node ${LEAST_NODE.join('.')} or newer, and this is ${process.versions.node}. Install a newer Node (https://nodejs.org) and start again.`);
}
await alone(prepare);
