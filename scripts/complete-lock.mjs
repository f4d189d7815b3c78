/**
 * `node scripts/complete-lock.mjs`, after a package with builds for many platforms was added or updated.
 * Where the registry offers only some of the platforms' packages, npm leaves the others out of
 * package-lock.json, and then `npm ci` refuses the lock everywhere. This adds them from what their parents
 * declare: version, system and processor by the name, no digest. A test says when it is needed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './project.mjs';

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64'];

/** The optional packages that a lock's packages declare and the lock does not name, as entries to be added. */
export function missingPlatforms(packages) {
  const found = {};
  for (const [path, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const platform = platformOf(name);
      if (platform === null || isNamed(packages, path, name)) continue;
      found[`node_modules/${name}`] = { version, ...platform, ...(entry.dev ? { dev: true } : {}), ...(entry.license ? { license: entry.license } : {}), optional: true };
    }
  }
  return found;
}

/** Whether the lock has the package where `path` would find it: in its own folder or any above. */
function isNamed(packages, path, name) {
  const folders = path.split('/node_modules/').map((_, index, all) => all.slice(0, index + 1).join('/node_modules/'));
  return ['', ...folders].some((folder) => `${folder === '' ? '' : `${folder}/`}node_modules/${name}` in packages);
}

/** The system and processor that a package's name ends with; null for a package that is for none in particular. */
function platformOf(name) {
  const words = name.split(/[-/]/);
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  if (os === undefined || cpu === undefined) return null;
  const libc = words.includes('musl') ? { libc: ['musl'] } : words.includes('gnu') ? { libc: ['glibc'] } : {};
  return { cpu: [cpu], os: [os], ...libc };
}

if (process.argv[1]?.endsWith('complete-lock.mjs')) {
  const file = join(ROOT, 'package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  const missing = missingPlatforms(lock.packages);
  const paths = Object.keys(lock.packages).concat(Object.keys(missing)).sort((a, b) => a.localeCompare(b, 'en'));
  lock.packages = Object.fromEntries(paths.map((path) => [path, lock.packages[path] ?? missing[path]]));
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  process.stdout.write(`${Object.keys(missing).length} packages for other platforms were added to package-lock.json.\n`);
}
