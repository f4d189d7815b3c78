import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import type { ClaimedMail } from '#src/domain/outbox.ts';
import { plainText } from '#src/wording/plain-text.ts';
import type { Carried, Carrier } from './carrier.ts';

/** A server that is asked for a mail and says nothing for so long is given up, ms. RFC 5321 asks for ten minutes after the last line. */
export const SILENCE_MS = 600_000;

const CONNECT_MS = 30_000;

/** Refusals of a sender that has not signed in as the server wants: a matter of settings, not of the mail. */
const SIGN_IN = [530, 534, 535, 538];

/** Errors that answer the mail itself; all others come before it. */
const ABOUT_THE_MAIL = ['EENVELOPE', 'EMESSAGE'];

/** How SMTP is spoken. */
export interface SmtpOptions {
  /** `smtp://user:password@host:587` or `smtps://…`. */
  readonly url: string;
  /** [`SILENCE_MS`] */
  readonly silenceMs?: number;
}

/**
 * SMTP. A password never crosses a network in the clear: with one, STARTTLS must succeed unless the server is
 * this machine. The message's end is held back until `handOver` has answered, so that at no time the server
 * may have the mail without our knowing that it may.
 */
export function smtpCarrier({ url, silenceMs = SILENCE_MS }: SmtpOptions): Carrier {
  const { protocol, username, hostname } = new URL(url);
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  const transport = createTransport(url, { disableFileAccess: true, disableUrlAccess: true });
  Object.assign(transport.options, {
    requireTLS: protocol === 'smtp:' && username !== '' && !isHere,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: silenceMs,
  });
  return {
    async carry(mail, handOver) {
      const attempt = { isHandedOver: false, isLost: false };
      const stop = new AbortController();
      const raw = Readable.from(untilHandedOver(mail, attempt, handOver, stop), { objectMode: false });
      raw.on('error', () => stop.abort());
      try {
        await transport.sendMail({ envelope: { from: mail.sender, to: [mail.recipient] }, raw, signal: stop.signal });
        return { outcome: 'accepted' };
      } catch (error) {
        raw.destroy();
        return attempt.isLost ? { outcome: 'lost' } : failureOf(error, attempt.isHandedOver);
      }
    },
  };
}

/** The message; its end comes only after `handOver`. Where the hold is lost the connection is cut instead, so that no end comes. */
async function* untilHandedOver(
  { message }: ClaimedMail,
  attempt: { isHandedOver: boolean; isLost: boolean },
  handOver: () => Promise<boolean>,
  stop: AbortController,
): AsyncGenerator<Buffer> {
  yield Buffer.from(message);
  attempt.isHandedOver = await handOver();
  if (attempt.isHandedOver) return;
  attempt.isLost = true;
  stop.abort();
  throw new Error('The hold on this mail was lost.');
}

function failureOf(error: unknown, isHandedOver: boolean): Carried {
  const { code, responseCode } = partsOf(error);
  const reason = plainText(error instanceof Error ? error.message : String(error), 'no reason given').slice(0, 500);
  if (responseCode === null) return { outcome: isHandedOver ? 'unanswered' : 'deferred', reason };
  const isRefusal = responseCode >= 500 && responseCode < 600 && ABOUT_THE_MAIL.includes(code) && !SIGN_IN.includes(responseCode);
  return { outcome: isRefusal ? 'refused' : 'deferred', reason };
}

function partsOf(error: unknown): { readonly code: string; readonly responseCode: number | null } {
  if (typeof error !== 'object' || error === null) return { code: '', responseCode: null };
  return {
    code: 'code' in error && typeof error.code === 'string' ? error.code : '',
    responseCode: 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : null,
  };
}
