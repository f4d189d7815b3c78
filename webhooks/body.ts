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
 * Reads a body as the bytes it came in, and shows each piece to `see` as it comes. It ends with the last byte, the
 * first byte over the limit, the time limit or the sender's going away, whichever is first; what comes after that is
 * not kept, and reading it off the connection is the caller's matter.
 */
export function readBody(request: IncomingMessage, limits: BodyLimits, see: (piece: Uint8Array) => void): Promise<BodyOutcome> {
  return new Promise((resolve) => {
    const announced = announcedLength(request);
    const expected = announced === 'chunked' ? limits.maxBytes : Math.min(announced, limits.maxBytes);
    let bytes: Uint8Array = NOTHING;
    let length = 0;
    const timer = setTimeout(() => settle({ outcome: 'too-slow' }), limits.timeoutMs);

    function settle(outcome: BodyOutcome): void {
      clearTimeout(timer);
      request.off('data', keep).off('end', end).off('error', abort).off('close', abort);
      bytes = NOTHING;
      if (outcome.outcome !== 'whole') limits.held.release(length);
      resolve(outcome);
    }
    function keep(piece: Uint8Array): void {
      if (length + piece.length > limits.maxBytes) return settle({ outcome: 'too-large' });
      if (!limits.held.take(piece.length)) return settle({ outcome: 'no-room' });
      see(piece);
      bytes = length === 0 ? piece : appended(bytes, length, piece, expected);
      length += piece.length;
    }
    function end(): void {
      settle({ outcome: 'whole', bytes: bytes.subarray(0, length) });
    }
    function abort(): void {
      settle({ outcome: 'aborted' });
    }
    request.on('data', keep).on('end', end).on('error', abort).on('close', abort);
  });
}

const NOTHING = new Uint8Array(0);

/** The least room made for a body that comes in several pieces, bytes. */
const LEAST_ROOM = 65_536;

/**
 * Puts a piece behind the first `length` bytes and returns where they are now. Room is doubled whenever it is used up
 * and never made for more than is expected: a sender gets no memory for what it only announces, and no single piece
 * costs the copying of all the others.
 */
function appended(bytes: Uint8Array, length: number, piece: Uint8Array, expected: number): Uint8Array {
  const needed = length + piece.length;
  let room = bytes;
  if (room.length < needed) {
    room = Buffer.allocUnsafeSlow(Math.max(needed, Math.min(expected, Math.max(2 * needed, LEAST_ROOM))));
    room.set(bytes.subarray(0, length));
  }
  room.set(piece, length);
  return room;
}
