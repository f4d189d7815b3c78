import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { recordFigure } from '#test/support/figures.ts';

interface ConformanceScript {
  readonly readFigures: (lines: string) => readonly unknown[];
  readonly conformancePage: (figures: readonly unknown[]) => string;
}

const script: ConformanceScript = await import(new URL('../../scripts/conformance.mjs', import.meta.url).href);

describe('figures of a verification', () => {
  let folder: string;
  let file: string;
  const before = process.env['NARROWS_FIGURES'];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'narrows-figures-'));
    file = join(folder, 'figures.ndjson');
    process.env['NARROWS_FIGURES'] = file;
  });

  afterEach(() => {
    if (before === undefined) delete process.env['NARROWS_FIGURES'];
    else process.env['NARROWS_FIGURES'] = before;
    rmSync(folder, { recursive: true });
  });

  test('become a page with a table a section, in natural order whatever order suites ran in', () => {
    recordFigure('Store', 'kills 10', 30, 'all 30');
    recordFigure('Facts', 'rows that agree', 1519, 'all 1,519');
    recordFigure('Store', 'kills 9', '0 | none', 'none\nat all');

    const page = script.conformancePage(script.readFigures(readFileSync(file, 'utf8')));

    expect(page.slice(page.indexOf('## '))).toBe(`## Facts

| what | measured | expected |
|---|---|---|
| rows that agree | 1,519 | all 1,519 |

## Store

| what | measured | expected |
|---|---|---|
| kills 9 | 0 \\| none | none at all |
| kills 10 | 30 | all 30 |
`);
    expect(page).toMatch(/^# Conformance\n/);
  });

  test('cannot claim one name twice', () => {
    recordFigure('Store', 'kills', 3, 'all');
    recordFigure('Store', 'kills', 4, 'all');

    expect(() => script.readFigures(readFileSync(file, 'utf8'))).toThrow('Two figures of the section "Store" have the name "kills"');
  });

  test('are not written outside of a verification', () => {
    delete process.env['NARROWS_FIGURES'];

    recordFigure('Store', 'kills', 3, 'all');

    expect(() => readFileSync(file)).toThrow('ENOENT');
  });
});
