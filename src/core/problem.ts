import { ERRORS, NarrowsError, type ErrorCode } from './errors.ts';

/** How long a sender is asked to wait before trying again while we cannot serve, seconds. */
export const RETRY_AFTER_SECONDS = 30;

/** What a code is called that has no title of its own: those of starting and of commands, which nobody meets over HTTP. */
const OTHER_TITLE = 'An error inside Narrows';

/** What a code is called towards the outside: the same words every time, nothing of the process in them. */
const TITLES: Readonly<Partial<Record<ErrorCode, string>>> = {
  'bad-usage': 'The request asks for something that does not exist',
  'signature-missing': 'The request is not signed',
  'signature-wrong': 'The signature does not belong to this body',
  'delivery-incomplete': 'The delivery lacks a header',
  'body-missing': 'The request has no body',
  'body-too-large': 'The body is too large',
  'body-too-slow': 'The body came too slowly',
  'too-busy': 'There is too much to do at this moment',
  'answer-too-slow': 'The answer took too long',
  'thread-failed': 'This could not be answered now',
  'not-configured': 'This is not configured yet',
  'storage-full': 'There is no room to store this now',
  'storage-failed': 'This could not be stored now',
  'schema-newer': 'The database belongs to a newer version',
  forbidden: 'This may not be read',
  'not-found': 'There is nothing here',
  'not-acceptable': 'This is not served in that form',
  'method-not-allowed': 'This method is not served here',
};

/** A problem as RFC 9457 describes it, with our code beside its type. */
export interface Problem {
  /** `urn:narrows:problem:` and the code; it names the kind and is not meant to be opened. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  /** What happened, to which thing, and what to do; left out where only the operator may know. */
  readonly detail?: string;
  /** `urn:uuid:` and the reference under which the log holds the whole error. */
  readonly instance?: string;
}

/** An HTTP answer that is ready to be written. */
export interface ProblemAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * What the outside may know of an error. Only errors the caller can do something about carry their message;
 * of every other one, the operator's included (its message may name paths), there is the title alone, and of an
 * error that is none of ours the code `internal`. The reference leads from such a problem to the line of the log:
 * log it there.
 */
export function problemFrom(error: unknown, reference: string): Problem {
  const code = error instanceof NarrowsError ? error.code : 'internal';
  const { status, actor } = ERRORS[code];
  const base = { type: `urn:narrows:problem:${code}`, title: TITLES[code] ?? OTHER_TITLE, status, code };
  if (error instanceof NarrowsError && actor === 'caller') return { ...base, detail: error.message };
  return { ...base, instance: `urn:uuid:${reference}` };
}

/** A problem as an HTTP answer; a 503 asks to come back. */
export function problemAnswer(problem: Problem): ProblemAnswer {
  const body = `${JSON.stringify(problem)}\n`;
  const headers: Record<string, string> = {
    'content-type': 'application/problem+json',
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
  };
  if (problem.status === 503) headers['retry-after'] = String(RETRY_AFTER_SECONDS);
  return { status: problem.status, headers, body };
}
