import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadCatalogue } from '#src/core/catalogue.ts';

interface Rule {
  readonly says: string;
}

const isRule = (entry: unknown): entry is Rule => typeof entry === 'object' && entry !== null && 'says' in entry && typeof entry.says === 'string';

describe('a catalogue', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'narrows-catalogue-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  function write(name: string, text: string): void {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }

  const load = (only: string | null = null) => loadCatalogue(pathToFileURL(folder), isRule, only);

  test('loads one entry alone where that is asked for, and all where there is no such entry', async () => {
    write('a.ts', "export default { says: 'a' };");
    write('b.ts', "throw new Error('loaded');");

    expect([...(await load('a')).keys()]).toEqual(['a']);
    await expect(load('c')).rejects.toThrow('loaded');
  });

  test('has an entry for each program file, by its name, in order', async () => {
    write('review.first_response.ts', "export default { says: 'first' };");
    write('push.tsx', "export default { says: 'push' };");
    write('Zebra.ts', "export default { says: 'zebra' };");

    const rules = await load();

    expect([...rules]).toEqual([
      ['Zebra', { says: 'zebra' }],
      ['push', { says: 'push' }],
      ['review.first_response', { says: 'first' }],
    ]);
  });

  test('passes over what is no entry: types, maps, tests, sub-folders, other kinds of files', async () => {
    write('push.ts', "export default { says: 'push' };");
    for (const name of ['push.d.ts', 'push.test.ts', 'push.ts.map', 'push.js', 'README.md', 'reading/shared.ts']) write(name, 'not a program');

    expect([...(await load()).keys()]).toEqual(['push']);
  });

  test('names the file whose default export is not an entry', async () => {
    write('push.ts', 'export default { says: 5 };');

    await expect(load()).rejects.toMatchObject({
      code: 'bad-catalogue',
      message: `The default export of ${join(folder, 'push.ts')} is not an entry of this catalogue: compare it with the files beside it.`,
    });
  });

  test('names the file that has no default export', async () => {
    write('push.ts', "export const push = { says: 'push' };");

    await expect(load()).rejects.toMatchObject({
      code: 'bad-catalogue',
      message: `The catalogue entry ${join(folder, 'push.ts')} has no default export: export its entry as default.`,
    });
  });

  test('names the file that fails when it is loaded, and keeps the cause', async () => {
    write('push.ts', "throw new Error('no such table'); export default {};");

    await expect(load()).rejects.toMatchObject({
      code: 'bad-catalogue',
      message: `The catalogue entry ${join(folder, 'push.ts')} cannot be loaded: no such table.`,
      cause: { message: 'no such table' },
    });
  });

  test('names the folder that is not there', async () => {
    const missing = pathToFileURL(join(folder, 'nowhere'));

    await expect(loadCatalogue(missing, isRule)).rejects.toMatchObject({ code: 'bad-catalogue', message: expect.stringContaining(join(folder, 'nowhere')) });
  });

  test('is empty when the folder is', async () => {
    expect(await load()).toEqual(new Map());
  });
});
