import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { documentedExports } from './scripts/lint/documented-exports.js';

const PRODUCT = ['src/**/*.{ts,tsx}', 'webhooks/**/*.{ts,tsx}', 'reports/**/*.{ts,tsx}'];

/** The folders whose files are entries of a list: there, and nowhere else, the default export is the entry. */
const CATALOGUES = [
  'src/commands/*.ts',
  'src/exports/*.ts',
  'src/sources/*.ts',
  'src/metrics/*.ts',
  'src/waits/**/*.ts',
  'src/findings/**/*.ts',
  'src/api/routes/*.ts',
  'reports/sections/*.{ts,tsx}',
];

/** Tests and benches read answers from outside as they come, and hold what they read to an expectation at once. */
const LENIENT_IN_TESTS = [
  'no-empty-function',
  'no-non-null-assertion',
  'no-unsafe-argument',
  'no-unsafe-assignment',
  'no-unsafe-call',
  'no-unsafe-member-access',
  'no-unsafe-return',
  'require-await',
];

/** Where the clock of the machine, randomness and the terminal may be touched: the shell around the core. */
const SHELL = ['src/main.ts', 'src/app.ts', 'src/core/clock.ts', 'src/commands/**/*.ts', '**/*-worker.ts'];

const NO_ENUM = { selector: 'TSEnumDeclaration', message: 'A closed set is a union of literals.' };

const NO_ASSERTION = {
  selector: ':matches(TSAsExpression, TSTypeAssertion) > .typeAnnotation:not(TSUnknownKeyword):not(TSTypeReference[typeName.name="const"])',
  message: 'Let a schema or a guard at the edge prove the type; where that is impossible, disable this rule for the line and say why.',
};

const NO_DEFAULT_EXPORT = { selector: 'ExportDefaultDeclaration', message: 'Named exports; only the entries of a catalogue are default exports.' };

const STATIC_MESSAGE = {
  selector: 'CallExpression[callee.object.name=/^(log|logger)$/][callee.property.name=/^(error|warn|info|debug)$/] > :matches(TemplateLiteral[expressions.length>0], BinaryExpression)',
  message: 'A log message is the same text every time; what varies goes into the fields.',
};

const MACHINE = [
  { selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]', message: 'Time comes in as a Clock (src/core/clock.ts).' },
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'Time comes in as a Clock (src/core/clock.ts).' },
  { selector: 'CallExpression[callee.object.name="Math"][callee.property.name="random"]', message: 'Randomness comes in as a parameter, seeded.' },
];

const HOUSE = [NO_ENUM, NO_ASSERTION, STATIC_MESSAGE];

export default defineConfig(
  { ignores: ['dist/', 'coverage/', 'data/', 'tmp/'] },
  js.configs.recommended,
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { narrows: { rules: { 'documented-exports': documentedExports } } },
    rules: {
      'no-restricted-syntax': ['error', ...HOUSE],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-redundant-type-constituents': 'off',
      '@typescript-eslint/no-unnecessary-type-arguments': 'off',
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      '@typescript-eslint/prefer-optional-chain': 'off',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  {
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      curly: ['error', 'multi-line'],
      'object-shorthand': 'error',
      'prefer-template': 'error',
      'no-else-return': 'error',
      'max-depth': ['error', 3],
      'max-params': ['error', 5],
      complexity: ['error', 20],
    },
  },
  {
    files: PRODUCT,
    rules: {
      'narrows/documented-exports': 'error',
      'no-console': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', ...HOUSE, ...MACHINE, NO_DEFAULT_EXPORT],
    },
  },
  { files: CATALOGUES, rules: { 'no-restricted-syntax': ['error', ...HOUSE, ...MACHINE] } },
  { files: SHELL, rules: { 'no-restricted-syntax': ['error', ...HOUSE], 'no-console': 'off' } },
  {
    files: ['test/**/*.{ts,tsx}', 'bench/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-syntax': ['error', NO_ENUM],
      'max-depth': ['error', 4],
      'max-params': 'off',
      complexity: 'off',
      'no-loss-of-precision': 'off',
      ...Object.fromEntries(LENIENT_IN_TESTS.map((rule) => [`@typescript-eslint/${rule}`, 'off'])),
    },
  },
  { files: ['**/*.{js,mjs}'], languageOptions: { globals: { process: 'readonly', performance: 'readonly', URL: 'readonly', console: 'readonly' } } },
);
