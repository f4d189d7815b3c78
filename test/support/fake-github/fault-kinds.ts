import { failure, json, type FakeAnswer, type FakeCall, type Next } from './hooks.ts';
import { secondaryRefusal } from './secondary-limits.ts';

/** What goes wrong with a call: an answer instead of the true one, or the true one spoilt. */
export type Fault = (call: FakeCall, next: Next) => Promise<FakeAnswer>;

/** An answer instead of the true one, which is never made. */
export function answering(answer: FakeAnswer): Fault {
  return () => Promise.resolve(answer);
}

/** 403 for a permission that was never given, or taken away. */
export function forbidden(message = 'Resource not accessible by integration'): Fault {
  return answering(failure(403, message));
}

/** 403 or 429 of a secondary limit, with the seconds to wait; null leaves them out, as GitHub sometimes does. */
export function secondaryLimit(retryAfterSeconds: number | null, status: 403 | 429 = 403): Fault {
  return answering(secondaryRefusal(retryAfterSeconds, status));
}

/** A failure of GitHub's own. A 502 and a 504 of `/graphql` are JSON; elsewhere they are a page of HTML. */
export function serverFailure(status: 500 | 502 | 503 | 504): Fault {
  return (call) => Promise.resolve(call.api === 'graphql' ? queryFailure(status) : pageFailure(status));
}

/** The true answer is made and paid for, and on its way a server failure takes its place. */
export function lostAnswer(status: 500 | 502 | 503 | 504): Fault {
  return async (call, next) => {
    await next(call);
    return serverFailure(status)(call, next);
  };
}

/** The connection breaks instead of an answer. */
export function hangUp(): Fault {
  return answering({ status: 0, headers: {}, body: '', isCutOff: true });
}

/** The true answer, later. `wait` is a timer or one that a test holds. */
export function slow(wait: () => Promise<unknown>): Fault {
  return async (call, next) => {
    await wait();
    return next(call);
  };
}

/** 200 with nothing but errors, as GraphQL answers what it cannot do. */
export function errorsUnder200(...errors: readonly { readonly type?: string; readonly message: string; readonly path?: readonly (string | number)[] }[]): Fault {
  return answering(json({ data: null, errors }));
}

/** The true data without what stands at these paths: GitHub gave up there, and says so. Paths that lead nowhere spoil nothing. */
export function resourceLimits(...paths: readonly (readonly (string | number)[])[]): Fault {
  return async (call, next) => {
    const answer = await next(call);
    const body: unknown = JSON.parse(answer.body);
    if (!isRecord(body)) return answer;
    const cut = paths.filter((path) => cutAt(body['data'], path));
    const errors = cut.map((path) => ({ type: 'RESOURCE_LIMITS_EXCEEDED', path, message: 'Resource limits for this query exceeded.' }));
    return { ...answer, body: JSON.stringify({ ...body, errors: [...(Array.isArray(body['errors']) ? body['errors'] : []), ...errors] }) };
  };
}

/** 200 whose body ends in the middle. */
export function brokenJson(): Fault {
  return async (call, next) => {
    const answer = await next(call);
    return { ...answer, body: answer.body.slice(0, Math.max(1, Math.floor(answer.body.length / 2))) };
  };
}

/** 200 with a page of HTML, as a proxy gives that wants a login. */
export function foreignPage(): Fault {
  return answering({ status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>Sign in</title>' });
}

/** A redirect to somewhere else, where no credential must be sent. */
export function redirectTo(url: string, status: 301 | 302 | 307 | 308 = 302): Fault {
  return answering({ ...failure(status, status === 301 ? 'Moved Permanently' : 'Found'), headers: { location: url, 'content-type': 'application/json; charset=utf-8' } });
}

function queryFailure(status: number): FakeAnswer {
  if (status === 504) return json({ message: "We couldn't respond to your request in time. Sorry about that. Please try resubmitting your request and contact us if the problem persists." }, status);
  const message = 'Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug. Please include `FA4E:0` when reporting this issue.';
  return json({ data: null, errors: [{ message }] }, status);
}

function pageFailure(status: number): FakeAnswer {
  const body = '<!DOCTYPE html><html><head><title>Unicorn! &middot; GitHub</title></head><body><p>We had issues producing the response to your request.</p></body></html>';
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

/** Puts null at a path; false where there is nothing. */
function cutAt(data: unknown, path: readonly (string | number)[]): boolean {
  const [key, ...rest] = path;
  if (key === undefined || typeof data !== 'object' || data === null || !(key in data)) return false;
  if (rest.length > 0) return cutAt((data as Record<string | number, unknown>)[key], rest);
  (data as Record<string | number, unknown>)[key] = null;
  return true;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
