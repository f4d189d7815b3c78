import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { badNames, barrels, engineKnowers, importStyle, unlimitedViewers } from './architecture/habits.ts';
import { circles, layerViolations, secondRoots } from './architecture/layers.ts';
import { impurities } from './architecture/purity.ts';
import { filesBelow, readSourceTree, type SourceFile } from './architecture/source-tree.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const project = z
  .object({ name: z.string(), bin: z.record(z.string(), z.string()), engines: z.object({ node: z.string() }), dependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));
const packages = Object.keys(project.dependencies);
const files = readSourceTree(ROOT);

describe('the tree', () => {
  test('has sources to judge', () => {
    expect(files.length).toBeGreaterThan(50);
  });

  test('follows the import rule', () => {
    expect(layerViolations(files)).toEqual([]);
  });

  test('has no circles', () => {
    expect(circles(files)).toEqual([]);
  });

  test('has one composition root', () => {
    expect(secondRoots(files)).toEqual([]);
  });

  test('keeps its pure parts pure', () => {
    expect(impurities(files)).toEqual([]);
  });

  test('knows the database in one file', () => {
    expect(engineKnowers(files)).toEqual([]);
  });

  test('makes no reader that sees everything outside the composition root', () => {
    expect(unlimitedViewers(files)).toEqual([]);
  });

  test('has names that say something, in kebab-case', () => {
    const files = ['src', 'webhooks', 'reports', 'test', 'bench', 'scripts'].flatMap((folder) => filesBelow(ROOT, folder));

    expect(badNames(files.filter((path) => !/\/(?:README|LICENSE|NOTICE)[^/]*$/.test(path)))).toEqual([]);
  });

  test('has no barrels', () => {
    expect(barrels(files)).toEqual([]);
  });

  test('writes its imports one way and only of packages that an installation has', () => {
    expect(importStyle(files, packages)).toEqual([]);
  });

  test('offers the command narrows', () => {
    expect(project.name).toBe('narrows');
    expect(project.bin).toEqual({ narrows: './dist/src/main.js' });
    expect(project.engines.node).toBe('>=20.19');
    expect(readFileSync(join(ROOT, 'src/main.ts'), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });
});

describe('the rules see', () => {
  const planted: string[] = [];

  afterEach(() => {
    for (const root of planted.splice(0)) rmSync(root, { recursive: true });
  });

  function plant(sources: Readonly<Record<string, string>>): readonly SourceFile[] {
    const root = mkdtempSync(join(tmpdir(), 'narrows-tree-'));
    planted.push(root);
    for (const [path, text] of Object.entries(sources)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return readSourceTree(root);
  }

  test('an import against the flow, as type, value, re-export or dynamic', () => {
    const tree = plant({
      'src/core/a.ts': "import type { D } from '#src/domain/d.ts';",
      'src/domain/d.ts': "export { s } from '#src/store/s.ts';",
      'src/store/s.ts': "export const s = await import('#src/ingest/i.ts');",
      'src/ingest/i.ts': "let w: import('#webhooks/w.ts').W;",
      'webhooks/w.ts': "import '#src/app.ts';",
      'src/app.ts': "import './store/s.ts';",
    });

    expect(layerViolations(tree)).toEqual([
      'src/core/a.ts imports src/domain/d.ts: src/domain comes after src/core in the import rule',
      'src/domain/d.ts imports src/store/s.ts: src/store comes after src/domain in the import rule',
      'src/ingest/i.ts imports webhooks/w.ts: parts of one level meet only through the domain',
      'src/store/s.ts imports src/ingest/i.ts: src/ingest comes after src/store in the import rule',
      'webhooks/w.ts imports src/app.ts: src/app.ts comes after webhooks in the import rule',
    ]);
  });

  test('a new folder without a place', () => {
    expect(layerViolations(plant({ 'src/alerts/rule.ts': 'export const a = 1;' }))).toEqual([
      'src/alerts has no place in the import rule: give it one in test/architecture/layers.ts',
    ]);
  });

  test('a circle through three files', () => {
    const tree = plant({
      'src/core/a.ts': "import './b.ts';",
      'src/core/b.ts': "import './c.ts';",
      'src/core/c.ts': "import './a.ts';",
      'src/core/d.ts': "import './a.ts';",
    });

    expect(circles(tree)).toEqual(['circle: src/core/a.ts → src/core/b.ts → src/core/c.ts → src/core/a.ts']);
  });

  test('a second composition root', () => {
    const tree = plant({
      'src/store/s.ts': '',
      'src/ingest/i.ts': '',
      'src/app.ts': "import './store/s.ts'; import './ingest/i.ts';",
      'src/commands/c.ts': "import '#src/store/s.ts'; import '#src/ingest/i.ts';",
    });

    expect(secondRoots(tree)).toEqual(['src/commands/c.ts imports every stage: only src/app.ts does']);
  });

  test('clock, chance, files and network in a pure part, also by way of another file', () => {
    const tree = plant({
      'src/waits/a.ts': "import { readFileSync } from 'node:fs'; export const a = Date.now() + Math.random(); new Date(); fetch('x'); process.env;",
      'src/metrics/b.ts': "import { c } from '#src/core/c.ts'; import type { K } from '#src/core/k.ts'; export const b = new Date(c);",
      'src/core/c.ts': "import pg from 'pg'; export const c = performance.now();",
      'src/core/k.ts': "import 'node:net'; export type K = 1;",
      'src/core/statistics/s.ts': "import x from 'left-pad'; import { mean } from 'simple-statistics';",
    });

    expect(impurities(tree)).toEqual([
      'src/core/statistics/s.ts is pure and imports left-pad',
      'src/metrics/b.ts is pure and uses performance.now by way of src/core/c.ts',
      'src/metrics/b.ts is pure and imports pg by way of src/core/c.ts',
      'src/waits/a.ts is pure and uses Date.now',
      'src/waits/a.ts is pure and uses Math.random',
      'src/waits/a.ts is pure and uses new Date()',
      'src/waits/a.ts is pure and uses fetch',
      'src/waits/a.ts is pure and uses process.env',
      'src/waits/a.ts is pure and imports node:fs',
    ]);
  });

  test('a second file that knows the database', () => {
    const tree = plant({
      'src/store/dialect.ts': "import Database from 'better-sqlite3'; import { SqliteDialect } from 'kysely';",
      'src/store/facts.ts': "import { Kysely, PostgresDialect as P } from 'kysely';",
      'src/figures/f.ts': "import pg from 'pg';",
    });

    expect(engineKnowers(tree)).toEqual([
      'src/figures/f.ts knows the database by pg: only src/store/dialect.ts does',
      'src/store/facts.ts knows the database by kysely: only src/store/dialect.ts does',
    ]);
  });

  test('a viewer that sees everything, but not the type that allows one', () => {
    const tree = plant({
      'src/app.ts': "export const OPERATOR = { sees: 'everything' };",
      'src/api/a.ts': "export const a = { 'sees': \"everything\" as const };",
      'src/api/b.ts': "export const b = { ['sees']: 'everything' };",
      'src/domain/viewer.ts': "export type V = { readonly sees: 'everything' }; export const f = (v: V) => v.sees === 'everything';",
    });

    expect(unlimitedViewers(tree)).toEqual([
      'src/api/a.ts makes a viewer that sees everything: only src/app.ts and src/service.ts may',
      'src/api/b.ts makes a viewer that sees everything: only src/app.ts and src/service.ts may',
    ]);
  });

  test('names that say nothing or are written otherwise', () => {
    expect(
      badNames(['src/core/string-utils.ts', 'src/helpers/a.ts', 'src/core/index.ts', 'src/core/TwoWords.ts', 'src/waits/review.first_response.ts', 'src/core/first_response.ts', 'test/core/clock.test.ts']),
    ).toEqual([
      'src/core/string-utils.ts has a name that says nothing: string-utils',
      'src/helpers/a.ts has a name that says nothing: helpers',
      'src/core/index.ts has a name that says nothing: index',
      'src/core/TwoWords.ts is not named in kebab-case: TwoWords',
      'src/core/first_response.ts is not named in kebab-case: first_response',
    ]);
  });

  test('a barrel', () => {
    expect(barrels(plant({ 'src/core/all.ts': "export * from './a.ts'; export { b } from './b.ts';", 'src/core/a.ts': 'export const a = 1;' }))).toEqual([
      'src/core/all.ts is a barrel: import from the file that defines',
    ]);
  });

  test('imports written otherwise, of missing files and of packages nobody installs', () => {
    const tree = plant({
      'src/core/a.ts': "import './missing.ts'; import 'fs'; import 'left-pad'; import '#src/core/b.ts'; import 'zod/v4'; import 'node:fs';",
      'src/core/b.ts': '',
      'src/domain/d.ts': "import '../core/b.ts';",
      'src/app.ts': "import './core/b.ts';",
    });

    expect(importStyle(tree, ['zod'])).toEqual([
      'src/core/a.ts imports ./missing.ts: there is no such file in the product',
      'src/core/a.ts imports fs: a part of Node is node:fs',
      'src/core/a.ts imports left-pad: it is not among the dependencies of package.json',
      'src/core/a.ts imports #src/core/b.ts: inside a folder imports are relative',
      'src/domain/d.ts imports ../core/b.ts: across folders it is #src/core/b.ts',
    ]);
  });
});
