import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readLines, type Line } from '#src/ingest/import/lines.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'narrows-lines-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(content: string | Uint8Array): string {
  const path = join(folder, 'lines.ndjson');
  writeFileSync(path, content);
  return path;
}

/** The lines that were read, and the error that ended it. */
async function read(path: string): Promise<{ readonly lines: Line[]; readonly error: unknown; readonly bytes: number }> {
  const lines: Line[] = [];
  let bytes = 0;
  try {
    for await (const line of readLines(path, (count) => (bytes += count))) lines.push(line);
    return { lines, error: null, bytes };
  } catch (error) {
    return { lines, error, bytes };
  }
}

describe('the lines of a file', () => {
  test.each([
    ['plain', (text: string) => Buffer.from(text)],
    ['gzipped', (text: string) => gzipSync(text)],
  ])('that is %s are counted from 1, empty ones too, and its bytes are heard', async (_what, encode) => {
    const content = encode('one\r\n\n  \nfour\nfive without an end');

    const { lines, error, bytes } = await read(file(content));

    expect(lines).toEqual([
      { number: 1, text: 'one' },
      { number: 4, text: 'four' },
      { number: 5, text: 'five without an end' },
    ]);
    expect({ error, bytes }).toEqual({ error: null, bytes: content.length });
  });

  test('that is gzipped in several members are all read', async () => {
    const { lines } = await read(file(Buffer.concat([gzipSync('one\n'), gzipSync('two\n')])));

    expect(lines.map(({ text }) => text)).toEqual(['one', 'two']);
  });

  test.each([
    ['is cut off', (whole: Buffer) => whole.subarray(0, whole.length - 20)],
    ['does not fit its checksum', (whole: Buffer) => Buffer.concat([whole.subarray(0, whole.length - 8), Buffer.alloc(8)])],
  ])('whose gzip %s end with an error that names the file', async (_what, damage) => {
    const path = file(damage(gzipSync(Array.from({ length: 5000 }, (_, index) => `line ${String(index * 7919)}`).join('\n'))));

    const { error } = await read(path);

    expect(error).toMatchObject({ code: 'bad-input-file', message: expect.stringContaining(path) });
  });

  test('that is not there end with an error that names it', async () => {
    const path = join(folder, 'nothing');

    expect((await read(path)).error).toMatchObject({ code: 'bad-input-file', message: expect.stringContaining(path) });
  });

  test('of an empty file are none', async () => {
    expect(await read(file(''))).toEqual({ lines: [], error: null, bytes: 0 });
  });
});
