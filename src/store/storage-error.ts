import { NarrowsError } from '#src/core/errors.ts';

/** The engine's own code of an error, below whatever it was wrapped in; null when it is no engine's error. */
export function engineCode(error: unknown): string | null {
  if (error instanceof NarrowsError) return engineCode(error.cause);
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** The engines' words for a full disk. */
const FULL = new Set(['SQLITE_FULL', '53100', 'ENOSPC']);

/** An engine's error as one of ours; an error that is already ours passes. */
export function storageError(error: unknown): NarrowsError {
  if (error instanceof NarrowsError) return error;
  const code = engineCode(error);
  if (code !== null && FULL.has(code)) {
    return new NarrowsError('storage-full', 'There is no room left where the database is kept, so nothing of this was stored. Make room; Narrows goes on by itself.', { cause: error });
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new NarrowsError('storage-failed', `The database failed (${reason}). Check that it is reachable, intact and writable.`, { cause: error });
}
