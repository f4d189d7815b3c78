/** Runs the steps of `npm test` and `npm run verify` and says in a line each how they ended. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './project.mjs';

/** A step ended: whether well, and how many tests it held (none for a tool). */
function ended(name, passed, startedAt, counts = { passed: 0, failed: 0 }) {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const tests = counts.passed + counts.failed > 0 ? `${counts.passed} passed, ${counts.failed} failed, ` : '';
  process.stdout.write(`${passed ? 'ok    ' : 'FAILED'} ${name} (${tests}${seconds} s)\n`);
  return { name, passed, counts };
}

/** Runs a tool from `node_modules`; shows what it printed only if it failed. */
export async function toolStep(name, script, args) {
  const startedAt = performance.now();
  const { code, output } = await run('node', [join('node_modules', script), ...args]);
  if (code !== 0) process.stdout.write(output);
  return ended(name, code === 0, startedAt);
}

/** Runs jest; its own report is shown as it comes. */
export async function jestStep(name, args, env = {}) {
  const startedAt = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'narrows-jest-'));
  const results = join(folder, 'results.json');
  const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', join('node_modules', 'jest', 'bin', 'jest.js')];
  try {
    const { code } = await run('node', [...jest, '--json', `--outputFile=${results}`, ...args], { env, live: true });
    return ended(name, code === 0, startedAt, testCounts(results));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function testCounts(results) {
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(results, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

/** The last line of a run, and the exit code that belongs to it. */
export function conclude(steps) {
  const passed = steps.reduce((sum, step) => sum + step.counts.passed, 0);
  const failed = steps.reduce((sum, step) => sum + step.counts.failed, 0);
  const failedSteps = steps.filter((step) => !step.passed).map((step) => step.name);
  const verdict = failedSteps.length === 0 ? 'all steps ended well' : `failed: ${failedSteps.join(', ')}`;
  process.stdout.write(`${passed} passed, ${failed} failed; ${verdict}\n`);
  return failedSteps.length === 0 ? 0 : 1;
}
