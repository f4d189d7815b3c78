/** `npm run build`: types checked and compiled to `dist`, what is no program copied beside it, what has no source any more removed. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyAssets, removeOrphans } from './copy-assets.mjs';
import { BUILD_STAMP, run, sourcesDigest } from './project.mjs';

/** Builds; resolves to whether it succeeded. Sources that change meanwhile leave the build stale, not wrong. */
export async function build() {
  const digest = sourcesDigest();
  removeOrphans();
  const { code } = await run('node', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { live: true });
  copyAssets();
  if (code !== 0) return false;
  mkdirSync(dirname(BUILD_STAMP), { recursive: true });
  writeFileSync(BUILD_STAMP, digest);
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = (await build()) ? 0 : 1;
}
