/**
 * `npm run verify`: every suite at the sizes that the issues name, seeded, asserting no time. When all
 * have passed, the figures they recorded become `docs/conformance.md` and `docs/statistics.md`. `npm run verify -- test/store` runs
 * only those suites and writes nothing.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conformancePage, readFigures, statisticsPage } from './conformance.mjs';
import { readIfThere, ROOT } from './project.mjs';
import { conclude, jestStep } from './steps.mjs';

/** Full sizes take their time; a suite that hangs still ends. */
const TEST_TIMEOUT_MS = 30 * 60 * 1000;

const chosen = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'narrows-verify-'));
const file = join(folder, 'figures.ndjson');
try {
  const env = { NARROWS_VERIFY: '1', NARROWS_FIGURES: file };
  const suites = await jestStep('suites at full size', [`--testTimeout=${TEST_TIMEOUT_MS}`, ...chosen], env);
  const figures = readFigures(readIfThere(file) ?? '');
  if (suites.passed && chosen.length === 0) {
    writeFileSync(join(ROOT, 'docs', 'conformance.md'), conformancePage(figures));
    writeFileSync(join(ROOT, 'docs', 'statistics.md'), statisticsPage(figures));
    process.stdout.write(`docs/conformance.md and docs/statistics.md hold ${figures.length} figures.\n`);
  }
  process.exitCode = conclude([suites]);
} finally {
  rmSync(folder, { recursive: true });
}
