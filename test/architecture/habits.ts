import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import ts from 'typescript';
import { COMPOSITION_ROOT, partOf } from './layers.ts';
import { eachNode, type Import, type SourceFile } from './source-tree.ts';

/** The only file that knows which database there is. */
const DIALECT = 'src/store/dialect.ts';

const DATABASE_PACKAGES = ['better-sqlite3', 'pg', 'pg-pool', 'pg-native', 'node:sqlite'];

const ENGINE_NAMES = /Sqlite|Postgres|Mysql|Mssql/;

/** Words that say nothing about what is in a file. */
const EMPTY_WORDS = ['util', 'utils', 'utility', 'utilities', 'helper', 'helpers', 'manager', 'common', 'misc'];

const EMPTY_NAMES = ['data', 'info', 'index'];

/** Parts whose entries are named after a stage or a metric: `review.first_response.ts`. */
const METRIC_NAMED_PARTS = ['src/waits', 'src/metrics'];

const KEBAB = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const METRIC = /^[a-z0-9]+(?:[._][a-z0-9]+)*$/;

/** Files beside `store/dialect.ts` that import a database's driver or a dialect. */
export function engineKnowers(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => path !== DIALECT)
    .flatMap(({ path, imports }) => imports.filter(knowsEngine).map(({ specifier }) => `${path} knows the database by ${specifier}: only ${DIALECT} does`));
}

function knowsEngine({ specifier, names }: Import): boolean {
  return DATABASE_PACKAGES.includes(specifier) || (specifier === 'kysely' && names.some((name) => ENGINE_NAMES.test(name)));
}

/** Files beside the composition root that make a viewer which sees everything. */
export function unlimitedViewers(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => !COMPOSITION_ROOT.includes(path))
    .flatMap((file) => {
      const made: ts.Node[] = [];
      eachNode(file.syntax, (node) => {
        if (isUnlimited(node)) made.push(node);
      });
      return made.length > 0 ? [`${file.path} makes a viewer that sees everything: only ${COMPOSITION_ROOT.join(' and ')} may`] : [];
    });
}

function isUnlimited(node: ts.Node): boolean {
  if (!ts.isPropertyAssignment(node)) return false;
  const name = ts.isComputedPropertyName(node.name) ? node.name.expression.getText().slice(1, -1) : node.name.getText().replaceAll(/['"]/g, '');
  return name === 'sees' && /^['"`]everything['"`]/.test(node.initializer.getText());
}

/** Folders and files whose names are not in kebab-case or say nothing. */
export function badNames(paths: readonly string[]): string[] {
  return [...new Set(paths.flatMap(nameProblems))];
}

function nameProblems(path: string): string[] {
  const { dir, name } = posix.parse(path.replace(/\.gz$/, ''));
  const bare = name.replace(/\.(?:test|d)$/, '');
  const isMetric = METRIC_NAMED_PARTS.includes(partOf(path)) && METRIC.test(bare);
  return [...dir.split('/'), bare].flatMap((segment, index, all) => {
    if (EMPTY_NAMES.includes(segment) || segment.split('-').some((word) => EMPTY_WORDS.includes(word))) return [`${path} has a name that says nothing: ${segment}`];
    return KEBAB.test(segment) || (isMetric && index === all.length - 1) ? [] : [`${path} is not named in kebab-case: ${segment}`];
  });
}

/** Files that only pass on what others export. */
export function barrels(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ syntax }) => syntax.statements.length > 0 && syntax.statements.every((one) => ts.isExportDeclaration(one) && one.moduleSpecifier !== undefined))
    .map(({ path }) => `${path} is a barrel: import from the file that defines`);
}

/** Imports that are not written as the house writes them, or lead nowhere. */
export function importStyle(files: readonly SourceFile[], packages: readonly string[]): string[] {
  const known = new Set(files.map(({ path }) => path));
  return files.flatMap(({ path, imports }) => imports.flatMap((one) => styleProblems(path, one, known, packages).map((problem) => `${path} imports ${one.specifier}: ${problem}`)));
}

function styleProblems(path: string, { specifier, file }: Import, known: ReadonlySet<string>, packages: readonly string[]): string[] {
  if (file === null) return packageProblems(specifier, packages);
  if (!known.has(file)) return ['there is no such file in the product'];
  const isInside = partOf(path) === partOf(file) || posix.dirname(path) === 'src';
  if (specifier.startsWith('.')) return isInside ? [] : [`across folders it is #${file}`];
  return partOf(path) === partOf(file) ? ['inside a folder imports are relative'] : [];
}

function packageProblems(specifier: string, packages: readonly string[]): string[] {
  if (specifier.startsWith('node:')) return [];
  if (builtinModules.includes(specifier)) return [`a part of Node is node:${specifier}`];
  const name = specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
  return packages.includes(name) ? [] : ['it is not among the dependencies of package.json'];
}
