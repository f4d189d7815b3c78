import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openApp } from '#src/app.ts';
import config from '#src/commands/config.ts';
import { recordedImport } from '#test/support/reading-site.ts';
import { runCommand, type CommandRun } from './command-run.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'narrows-config-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function check(env: Readonly<Record<string, string>>, ...words: readonly string[]): Promise<CommandRun> {
  const run = await runCommand(config, { NARROWS_DATA_DIR: join(folder, 'data'), NARROWS_LOG_LEVEL: 'silent', ...env }, ['check', ...words]);
  return { ...run, text: run.text.replaceAll(`${folder}/`, '') };
}

async function importRecording(): Promise<void> {
  const app = await openApp({ NARROWS_DATA_DIR: join(folder, 'data'), NARROWS_LOG_LEVEL: 'silent' });
  const { lines, repository, takenAt } = await recordedImport();
  await app.importFile(file('lines.ndjson', lines.slice(0, 60).join('\n')), { repository, takenAt });
  await app.recomputeAll();
  await app.close();
}

describe('narrows config check', () => {
  test('names every mistake of options and policy with line and column, and ends with 1', async () => {
    const policy = file('policy.yaml', 'teams:\n  pay:\n    reposi: [a]\nignore: { labels: 3 }\n');

    const { code, text } = await check({ PORT: 'x', NARROWS_POLICY: policy });

    expect(code).toBe(1);
    expect(text.split('\n')).toEqual([
      'PORT is "x": expected a port, a whole number from 0 to 65535.',
      'policy.yaml:3:5: teams.pay.reposi is unknown: expected one of name, repositories, calendar, recipients. Did you mean "repositories"?',
      'policy.yaml:4:11: ignore.labels is 3: expected a list.',
      '',
      '3 mistakes.',
      '',
    ]);
  });

  test('checks the file it is given in place of the one in use, whose mistakes it names too', async () => {
    const inUse = file('in-use.yaml', 'nonsense: 1\n');
    const next = file('next.yaml', 'names: maybe\n');

    const { code, text } = await check({ NARROWS_POLICY: inUse }, next);

    expect(code).toBe(1);
    expect(text).toContain('in-use.yaml:1: nonsense is unknown');
    expect(text).toContain('next.yaml:1:1: names is "maybe"');
    expect(text).toContain('2 mistakes.');
  });

  test('names a file that cannot be read', async () => {
    const { code, text } = await check({}, join(folder, 'nothing.yaml'));

    expect([code, text.includes('cannot be read (ENOENT)')]).toEqual([1, true]);
  });

  test('without data says so, and makes none', async () => {
    const { code, text } = await check({ NARROWS_POLICY: file('policy.yaml', 'names: true\n') });

    expect(code).toBe(0);
    expect(text).toContain('policy.yaml are valid.');
    expect(text).toContain('There are no data in data yet');
    expect(existsSync(join(folder, 'data', 'facts.sqlite'))).toBe(false);
  });

  test('says what rules that are not in use yet would match, each with its line', async () => {
    await importRecording();
    const next = file('next.yaml', 'ignore:\n  authors: [account-1]\n  labels: [nobody]\nteams:\n  gui: { repositories: [bitcoin-core/GUI] }\n');

    const { code, text } = await check({}, next);

    expect(code).toBe(0);
    expect(text).toMatch(/^The one known repository is collected\. (\d+) pull requests of them/m);
    expect(text).toMatch(/^ignore author account-1 +line 2 +[1-9]\d* pull requests left out$/m);
    expect(text).toMatch(/^ignore label nobody +line 3 +nothing, or only what a rule above it leaves out$/m);
    expect(text).toMatch(/^team gui: bitcoin-core\/GUI +line 5 +bitcoin-core\/gui$/m);
    expect(text).toMatch(/^include \*\/\* +default +bitcoin-core\/gui$/m);
  });
});
