import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { NarrowsError } from '#src/core/errors.ts';

/** The first two bytes of everything gzip has written. */
const GZIP_MAGIC = [0x1f, 0x8b] as const;

/** One line of a file that is not empty. */
export interface Line {
  /** Counted from 1, empty lines included. */
  readonly number: number;
  readonly text: string;
}

/**
 * The lines of a plain or gzipped text file, whatever it is called. `onBytes` hears how many bytes of the
 * file were read, for a progress bar. Throws `NarrowsError('bad-input-file')` when the file cannot be read
 * or its gzip is broken; the lines before that were given.
 */
export async function* readLines(path: string, onBytes: (count: number) => void = () => undefined): AsyncGenerator<Line> {
  const isGzip = await startsAsGzip(path);
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      onBytes(chunk.length);
      done(null, chunk);
    },
  });
  const broken: { by: Error | null } = { by: null };
  const file = createReadStream(path, { highWaterMark: 1 << 18 });
  const text = isGzip ? createGunzip() : counter;
  const end = (error: Error | null | undefined): void => {
    broken.by = error ?? null;
  };
  if (isGzip) pipeline(file, counter, text, end);
  else pipeline(file, counter, end);
  let number = 0;
  try {
    for await (const line of createInterface({ input: text, crlfDelay: Infinity })) {
      number += 1;
      if (line.trim() !== '') yield { number, text: line };
    }
  } catch (error) {
    throw unreadable(path, error);
  }
  if (broken.by !== null) throw unreadable(path, broken.by);
}

/** The file's size in bytes. Throws `NarrowsError('bad-input-file')` when there is no such file. */
export async function fileSize(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function startsAsGzip(path: string): Promise<boolean> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
      return bytesRead === 2 && buffer[0] === GZIP_MAGIC[0] && buffer[1] === GZIP_MAGIC[1];
    } finally {
      await file.close();
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, cause: unknown): NarrowsError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new NarrowsError('bad-input-file', `${path} cannot be read: ${reason}.`, { cause });
}
