import type { IncomingMessage } from 'node:http';
import type { HeldBytes } from './held-bytes.ts';

/**
 * What became of reading a body. Only of a whole one anything is kept, and its bytes are held until they are released.
 * `no-room` means that all bodies together are too much, `aborted` that nobody waits for an answer.
 */
export type BodyOutcome =
  | { readonly outcome: 'whole'; readonly bytes: Uint8Array }
  | { readonly outcome: 'too-large' }
  | { readonly outcome: 'too-slow' }
  | { readonly outcome: 'no-room' }
  | { readonly outcome: 'aborted' };

/** How much and how long a body may be. */
export interface BodyLimits {
  /** The most bytes that pass; one more is too large. */
  readonly maxBytes: number;
  /** How long the whole body may take, milliseconds. */
  readonly timeoutMs: number;
  /** What all bodies together may hold. */
  readonly held: HeldBytes;
}

/** What the headers say of a body before it comes: its length, `chunked` when only its end will tell, 0 for none. */
export function announcedLength(request: IncomingMessage): number | 'chunked' {
  if (request.headers['transfer-encoding'] !== undefined) return 'chunked';
  return Number(request.headers['content-length'] ?? 0);
}

/**
 * Reads a body as the bytes it came in. It ends with the last byte, the first byte over the limit, the time limit
 * or the sender's going away, whichever is first; what comes after that is not kept, and reading it off the
 * connection is the caller's matter.
 */
export function readBody(request: IncomingMessage, limits: BodyLimits): Promise<BodyOutcome> {
  return new Promise((resolve) => {
    let chunks: Uint8Array[] = [];
    let length = 0;
    const timer = setTimeout(() => settle({ outcome: 'too-slow' }), limits.timeoutMs);

    function settle(outcome: BodyOutcome): void {
      clearTimeout(timer);
      request.off('data', keep).off('end', end).off('error', abort).off('close', abort);
      chunks = [];
      if (outcome.outcome !== 'whole') limits.held.release(length);
      resolve(outcome);
    }
    function keep(chunk: Uint8Array): void {
      if (length + chunk.length > limits.maxBytes) return settle({ outcome: 'too-large' });
      if (!limits.held.take(chunk.length)) return settle({ outcome: 'no-room' });
      length += chunk.length;
      chunks.push(chunk);
    }
    function end(): void {
      const [first] = chunks;
      settle({ outcome: 'whole', bytes: chunks.length === 1 && first ? first : Buffer.concat(chunks, length) });
    }
    function abort(): void {
      settle({ outcome: 'aborted' });
    }
    request.on('data', keep).on('end', end).on('error', abort).on('close', abort);
  });
}
