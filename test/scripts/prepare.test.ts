import { execFile, spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/** A clone in miniature: the project's own scripts and compiler settings, one source, packages that need no network. */
let clone: string;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(clone, path)), { recursive: true });
  writeFileSync(join(clone, path), text);
}

const read = (path: string) => readFileSync(join(clone, path), 'utf8');

function packageLeft(version: string): void {
  write('left/package.json', JSON.stringify({ name: 'left', version }));
}

interface Run {
  readonly code: number | null;
  readonly said: string;
  readonly printed: string;
}

function prepare(nodeOptions: readonly string[] = []): Run {
  const { status, stderr, stdout } = spawnSync(process.execPath, [...nodeOptions, 'scripts/prepare.mjs'], { cwd: clone, encoding: 'utf8' });
  return { code: status, said: stderr, printed: stdout };
}

beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'narrows-clone-'));
  cpSync(join(PROJECT, 'scripts'), join(clone, 'scripts'), { recursive: true });
  for (const file of ['tsconfig.json', 'tsconfig.build.json']) copyFileSync(join(PROJECT, file), join(clone, file));
  packageLeft('1.0.0');
  const local = (name: string) => `file:${join(PROJECT, 'node_modules', name)}`;
  const dependencies = { left: 'file:left', typescript: local('typescript'), '@types/node': local('@types/node') };
  write('package.json', JSON.stringify({ name: 'clone', version: '1.0.0', type: 'module', dependencies }));
  write('src/main.ts', 'export const answer: number = 42;\n');
  write('src/page/style.css', 'body {}\n');
  write('src/commands/old.ts', 'export default {};\n');
  const { status } = spawnSync('npm', ['install', '--package-lock-only', '--offline', '--no-audit'], { cwd: clone });
  expect(status).toBe(0);
}, 60_000);

afterAll(() => rmSync(clone, { recursive: true, force: true }));

describe('preparation', () => {
  test('refuses a Node that is too old, and names both versions', () => {
    const old = "data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.18.3'}})";

    const run = prepare(['--import', old]);

    expect(run).toMatchObject({ code: 1, said: expect.stringContaining('Narrows needs Node 20.19 or newer, and this is 20.18.3.') });
    expect(existsSync(join(clone, 'node_modules'))).toBe(false);
  });

  test('installs and builds a fresh clone, and says both with the reason', () => {
    const run = prepare();

    expect(run).toEqual({
      code: 0,
      said: 'Installing packages: node_modules is missing. better-sqlite3 may compile from source, which takes about a minute.\nBuilding: dist is missing.\n',
      printed: '',
    });
    expect(read('dist/src/main.js')).toContain('answer = 42');
    expect(read('dist/src/page/style.css')).toBe('body {}\n');
    expect(existsSync(join(clone, 'node_modules/left/package.json'))).toBe(true);
  });

  test('does and says nothing when nothing has changed, though a checkout has touched every file', () => {
    const later = new Date(Date.now() + 60_000);
    for (const file of ['src/main.ts', 'package.json', 'package-lock.json']) utimesSync(join(clone, file), later, later);

    expect(prepare()).toEqual({ code: 0, said: '', printed: '' });
  });

  test('builds anew when a source has changed, and removes what has no source any more', () => {
    write('src/main.ts', 'export const answer: number = 43;\n');
    rmSync(join(clone, 'src/commands/old.ts'));
    rmSync(join(clone, 'src/page/style.css'));

    expect(prepare().said).toBe('Building: the sources have changed since.\n');

    expect(read('dist/src/main.js')).toContain('answer = 43');
    expect(existsSync(join(clone, 'dist/src/commands/old.js'))).toBe(false);
    expect(existsSync(join(clone, 'dist/src/page/style.css'))).toBe(false);
  });

  test('fails when the build does, and tries again the next time', () => {
    write('src/main.ts', "export const answer: number = 'x';\n");

    const failed = prepare();
    write('src/main.ts', 'export const answer: number = 44;\n');
    const mended = prepare();

    expect(failed.code).toBe(1);
    expect(failed.said).toContain('The build failed');
    expect(failed.printed).toContain("src/main.ts(1,14): error TS2322: Type 'string' is not assignable to type 'number'.");
    expect(mended.code).toBe(0);
  });

  test('installs anew when package-lock.json names another version', () => {
    packageLeft('2.0.0');
    const lock: { packages: Record<string, { version?: string }> } = JSON.parse(read('package-lock.json'));
    lock.packages['left'] = { ...lock.packages['left'], version: '2.0.0' };
    write('package-lock.json', JSON.stringify(lock));

    const run = prepare();

    expect(run.code).toBe(0);
    expect(run.said).toContain('Installing packages: left is not the version that package-lock.json names.');
    expect(prepare().said).toBe('');
  });

  test('installs anew when an installation was cut off', () => {
    rmSync(join(clone, 'node_modules/.package-lock.json'));

    expect(prepare().said).toContain('Installing packages: the last installation did not end.');
  });

  test('compiles the compiled package anew for another Node', () => {
    write('node_modules/.compiled-for', 'linux x64 1');

    expect(prepare().said).toContain('Compiling better-sqlite3 anew, about a minute: it was made for linux x64 1, this is');
    expect(prepare().said).toBe('');
  });

  test('lets one of two at once do the work while the other waits', async () => {
    write('src/main.ts', 'export const answer: number = 45;\n');
    const one = () => promisify(execFile)(process.execPath, ['scripts/prepare.mjs'], { cwd: clone });

    const runs = await Promise.all([one(), one()]);

    expect(runs.map(({ stderr }) => stderr).join('').match(/Building/g)).toHaveLength(1);
    expect(read('dist/src/main.js')).toContain('answer = 45');
    expect(existsSync(join(clone, '.prepare.lock'))).toBe(false);
  });

  test('takes over from a process that died', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    write('.prepare.lock', String(pid));

    expect(prepare()).toEqual({ code: 0, said: '', printed: '' });
    expect(existsSync(join(clone, '.prepare.lock'))).toBe(false);
  });
});
