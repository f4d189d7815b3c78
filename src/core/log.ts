import { pino, stdSerializers, type DestinationStream } from 'pino';
import { systemClock, type Clock } from './clock.ts';

/** How much is told, from the least to the most; `silent` tells nothing. */
export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** Writes one line: what varies goes into the fields, the message is always the same text, so that it can be counted. */
type LogWrite = (fields: Readonly<Record<string, unknown>>, message: string) => void;

/**
 * Where a part says what happened. `error` is for what an operator must act on (a healthy week has
 * none), `warn` for what may need acting on. An error object goes into the field `err`.
 */
export interface Log {
  readonly error: LogWrite;
  readonly warn: LogWrite;
  readonly info: LogWrite;
  readonly debug: LogWrite;
  /** A log whose lines all carry these fields too. */
  child(fields: Readonly<Record<string, unknown>>): Log;
}

/** What a log is made with. */
export interface LogOptions {
  readonly level: LogLevel;
  /** Texts that must never be written, whatever field or message they stand in: the values of secret options. */
  readonly secrets?: readonly string[] | HiddenTexts;
  /** Where lines go; standard error by default, because standard output belongs to what commands print. */
  readonly destination?: DestinationStream;
  readonly clock?: Clock;
}

/** Fields that are secret by their name, at the top and one level down. */
const SECRET_FIELDS = ['secret', 'password', 'token', 'authorization', 'cookie', 'privateKey', 'x-hub-signature', 'x-hub-signature-256'];

const REDACTED = '[redacted]';

/** Shorter texts are no secrets, and replacing them would make lines unreadable. */
const SHORTEST_SECRET = 4;

/** Texts that no line may show. A log that is in use learns of more here: secrets that came after it was made. */
export class HiddenTexts {
  #secrets: readonly string[] = [];
  #forms: readonly string[] = [];

  constructor(secrets: readonly string[]) {
    this.add(secrets);
  }

  add(secrets: readonly string[]): void {
    this.#secrets = [...new Set([...this.#secrets, ...secrets])];
    this.#forms = writtenForms(this.#secrets);
  }

  /** The line with something else in place of each. */
  hide(line: string): string {
    return this.#forms.reduce((shown, form) => shown.replaceAll(form, REDACTED), line);
  }
}

/** A log of JSON lines (pino): `{"level":"warn","time":"2025-11-23T08:00:00.000Z",…,"msg":"…"}`. */
export function createLog({ level, secrets = [], destination = pino.destination({ dest: 2, sync: true }), clock = systemClock }: LogOptions): Log {
  const hidden = secrets instanceof HiddenTexts ? secrets : new HiddenTexts(secrets);
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date(clock.now()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: stdSerializers.errWithCause },
      redact: { paths: SECRET_FIELDS.flatMap((name) => [`["${name}"]`, `*["${name}"]`]), censor: REDACTED },
      hooks: { streamWrite: (line) => hidden.hide(line) },
    },
    destination,
  );
}

/** Each secret as a JSON line would show it, the longest first so that no rest of one remains. */
function writtenForms(secrets: readonly string[]): string[] {
  return secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .flatMap((secret) => [...new Set([secret, JSON.stringify(secret).slice(1, -1)])])
    .sort((a, b) => b.length - a.length);
}
