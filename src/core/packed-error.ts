import { ERRORS, NarrowsError, type ErrorCode } from './errors.ts';

/** An error as it crosses to another thread, which an `Error` does not do with its code. */
export interface PackedError {
  readonly code: ErrorCode;
  readonly message: string;
}

/** Packs an error; one that is not ours crosses as `internal`. */
export function packError(error: unknown): PackedError {
  if (error instanceof NarrowsError) return { code: error.code, message: error.message };
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}

/** The error that was packed. */
export function unpackError({ code, message }: PackedError): NarrowsError {
  return new NarrowsError(code in ERRORS ? code : 'internal', message);
}
