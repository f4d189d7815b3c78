import { createHash } from 'node:crypto';
import type { FakeAnswer, FakeCall } from './hooks.ts';

/**
 * Tags an answer of REST as GitHub does, and answers 304 where the caller holds it already. The tag hangs on who asks:
 * it is a digest over `Accept`, `Authorization` and the body, so that a new token has none of the old one's tags.
 */
export function withEtag(call: FakeCall, answer: FakeAnswer): FakeAnswer {
  if (call.method !== 'GET' || answer.status !== 200 || call.api === 'graphql') return answer;
  const etag = answer.headers['etag'] ?? etagOf(call, answer.body);
  const headers = { ...answer.headers, etag, 'cache-control': 'private, max-age=60, s-maxage=60', vary: 'Accept, Authorization, Cookie' };
  if (!isHeld(call.headers['if-none-match'], etag)) return { ...answer, headers };
  return { status: 304, headers: Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'content-type')), body: '' };
}

function etagOf(call: FakeCall, body: string): string {
  const digest = createHash('sha256').update(`${call.headers['accept'] ?? ''}:${call.headers['authorization'] ?? ''}:${body}`).digest('hex');
  return `W/"${digest}"`;
}

/** Tags compare weakly: `W/` says nothing here. */
function isHeld(held: string | undefined, etag: string): boolean {
  const strong = (tag: string): string => tag.trim().replace(/^W\//, '');
  return held?.split(',').some((tag) => strong(tag) === strong(etag)) ?? false;
}
