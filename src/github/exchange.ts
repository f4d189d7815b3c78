import type { ReadableStreamDefaultReader } from 'node:stream/web';

/** One request as it goes over the wire. */
export interface WireRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** How long and how large an answer may be. */
export interface ExchangeLimits {
  /** For the whole answer, ms. */
  readonly timeoutMs: number;
  /** Of its body, unpacked. */
  readonly maxBytes: number;
}

/** An answer, read whole. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** What came of a request. `broken` carries the network's word for it (`ECONNRESET`). */
export type Exchanged =
  | { readonly outcome: 'answer'; readonly answer: WireAnswer }
  | { readonly outcome: 'timeout' }
  | { readonly outcome: 'oversized' }
  | { readonly outcome: 'broken'; readonly reason: string };

/** Why an exchange was given up that took too long. */
const LATE = Symbol('late');

/**
 * Sends a request and reads its answer. Redirects come back as they are, so that nobody's credential follows one to
 * another host. Rejects only with the signal's reason when that is aborted.
 */
export async function exchange(request: WireRequest, limits: ExchangeLimits, signal: AbortSignal): Promise<Exchanged> {
  signal.throwIfAborted();
  const stop = new AbortController();
  const giveUp = (): void => stop.abort();
  signal.addEventListener('abort', giveUp, { once: true });
  const timer = setTimeout(() => stop.abort(LATE), limits.timeoutMs);
  try {
    const response = await fetch(request.url, { method: request.method, headers: request.headers, body: request.body, redirect: 'manual', signal: stop.signal });
    const text = await readText(response, limits.maxBytes);
    if (text === null) return { outcome: 'oversized' };
    return { outcome: 'answer', answer: { status: response.status, headers: response.headers, text } };
  } catch (error) {
    signal.throwIfAborted();
    return stop.signal.reason === LATE ? { outcome: 'timeout' } : { outcome: 'broken', reason: networkWord(error) };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
    stop.abort();
  }
}

/** The body as text; null when it is larger than allowed, and then the rest is not read. */
async function readText(response: Response, maxBytes: number): Promise<string | null> {
  if (response.body === null) return '';
  const chunks: Buffer[] = [];
  let size = 0;
  const reader: ReadableStreamDefaultReader<unknown> = response.body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    if (!ArrayBuffer.isView(read.value)) continue;
    const { buffer, byteOffset, byteLength } = read.value;
    size += byteLength;
    if (size > maxBytes) return null;
    chunks.push(Buffer.from(buffer, byteOffset, byteLength));
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The code of a network error, or its name: their messages may repeat a header's value, which may be a credential. */
function networkWord(error: unknown): string {
  const inner = field(error, 'cause');
  const word = field(error, 'code') ?? (inner === undefined ? field(error, 'name') : networkWord(inner));
  return typeof word === 'string' ? word : 'unknown reason';
}

function field(thing: unknown, name: 'cause' | 'code' | 'name'): unknown {
  if (typeof thing !== 'object' || thing === null) return undefined;
  return Reflect.get(thing, name);
}
