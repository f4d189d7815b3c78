/** What is known about a code: the HTTP status, whether trying again may help, how loud it is, and who must act. */
interface ErrorKind {
  readonly status: number;
  readonly retry: boolean;
  readonly level: 'error' | 'warn' | 'info';
  readonly actor: 'operator' | 'caller' | 'nobody';
}

/** Every error that Narrows itself raises. A code is never reused for another meaning. */
export const ERRORS = {
  'bad-option': { status: 500, retry: false, level: 'error', actor: 'operator' },
  'bad-policy': { status: 500, retry: false, level: 'error', actor: 'operator' },
  'bad-catalogue': { status: 500, retry: false, level: 'error', actor: 'nobody' },
  'bad-usage': { status: 400, retry: false, level: 'info', actor: 'caller' },
  'bad-input-file': { status: 400, retry: false, level: 'error', actor: 'caller' },
  'signature-missing': { status: 401, retry: false, level: 'warn', actor: 'caller' },
  'signature-wrong': { status: 401, retry: false, level: 'warn', actor: 'caller' },
  'delivery-incomplete': { status: 400, retry: false, level: 'warn', actor: 'caller' },
  'body-missing': { status: 400, retry: false, level: 'warn', actor: 'caller' },
  'body-too-large': { status: 413, retry: false, level: 'warn', actor: 'caller' },
  'body-too-slow': { status: 408, retry: true, level: 'warn', actor: 'caller' },
  'too-busy': { status: 503, retry: true, level: 'warn', actor: 'operator' },
  'answer-too-slow': { status: 503, retry: true, level: 'warn', actor: 'caller' },
  'thread-failed': { status: 503, retry: true, level: 'error', actor: 'nobody' },
  'not-configured': { status: 503, retry: true, level: 'warn', actor: 'operator' },
  'storage-full': { status: 503, retry: true, level: 'error', actor: 'operator' },
  'storage-failed': { status: 503, retry: true, level: 'error', actor: 'operator' },
  'schema-newer': { status: 503, retry: false, level: 'error', actor: 'operator' },
  'outer-handle': { status: 500, retry: false, level: 'error', actor: 'nobody' },
  'github-forbidden': { status: 502, retry: false, level: 'warn', actor: 'operator' },
  'github-not-found': { status: 502, retry: false, level: 'warn', actor: 'nobody' },
  'github-too-large': { status: 502, retry: false, level: 'warn', actor: 'nobody' },
  'github-failed': { status: 502, retry: true, level: 'warn', actor: 'nobody' },
  'github-refused': { status: 502, retry: false, level: 'error', actor: 'operator' },
  forbidden: { status: 403, retry: false, level: 'info', actor: 'caller' },
  'not-found': { status: 404, retry: false, level: 'info', actor: 'caller' },
  'not-acceptable': { status: 406, retry: false, level: 'info', actor: 'caller' },
  'method-not-allowed': { status: 405, retry: false, level: 'info', actor: 'caller' },
  internal: { status: 500, retry: true, level: 'error', actor: 'nobody' },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERRORS;

/**
 * An error with a place in the table. Its message says what happened, to which thing, and what to do,
 * and may be shown to whoever caused it; the text of any other error stays inside the process.
 */
export class NarrowsError extends Error {
  override readonly name = 'NarrowsError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  get kind(): ErrorKind {
    return ERRORS[this.code];
  }
}
