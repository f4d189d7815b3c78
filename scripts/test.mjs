/**
 * `npm test`: types, lint, architecture, generated docs, every suite at its small size.
 * `npm test -- test/config` runs only the suites whose path holds one of the words. Two cores: the two
 * tools run side by side, then jest has the machine.
 */
import { conclude, jestStep, toolStep } from './steps.mjs';

/** The suites about the tree itself; they are steps of their own. */
const ARCHITECTURE = 'test/architecture.test.ts';
const GENERATED_DOCS = 'test/generated-docs.test.ts';

async function everything() {
  const tools = await Promise.all([
    toolStep('types', 'typescript/bin/tsc', ['-p', 'tsconfig.json', '--noEmit']),
    toolStep('lint', 'eslint/bin/eslint.js', ['.', '--max-warnings', '0']),
  ]);
  const architecture = await jestStep('architecture', [ARCHITECTURE]);
  const docs = await jestStep('generated docs', [GENERATED_DOCS]);
  const suites = await jestStep('suites', ['--testPathIgnorePatterns', ARCHITECTURE, GENERATED_DOCS, '/node_modules/']);
  return [...tools, architecture, docs, suites];
}

const chosen = process.argv.slice(2);
process.exitCode = conclude(chosen.length > 0 ? [await jestStep('suites', chosen)] : await everything());
