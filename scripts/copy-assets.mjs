/** Keeps `dist` equal to the sources where the compiler does not: style sheets, queries and tables are copied, leftovers removed. */
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BUILT_FOLDERS, filesBelow, ROOT } from './project.mjs';

const PROGRAM = /\.tsx?$/;

/** What the compiler makes of a source. */
const COMPILED = /\.js(\.map)?$/;

/** Copies every file of the built folders that is no program to the same place below `dist`. */
export function copyAssets() {
  for (const file of BUILT_FOLDERS.flatMap(filesBelow).filter((name) => !PROGRAM.test(name))) {
    const target = join(ROOT, 'dist', file);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(join(ROOT, file), target);
  }
}

/** Removes what was compiled or copied from files that are gone: a catalogue would load them. */
export function removeOrphans() {
  for (const built of BUILT_FOLDERS.flatMap((folder) => filesBelow(join('dist', folder)))) {
    const source = built.slice('dist/'.length);
    const origins = COMPILED.test(source) ? ['.ts', '.tsx', '.js'].map((end) => source.replace(COMPILED, end)) : [source];
    if (!origins.some((origin) => existsSync(join(ROOT, origin)))) rmSync(join(ROOT, built));
  }
}
