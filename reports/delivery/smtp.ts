import { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { HiddenTexts } from '#src/core/log.ts';
import type { ClaimedMail } from '#src/domain/outbox.ts';
import { plainText } from '#src/wording/plain-text.ts';
import type { Carried, Carrier } from './carrier.ts';

/** A server that is asked for a mail and says nothing for so long is given up, ms. RFC 5321 asks for ten minutes after the last line. */
const SILENCE_MS = 600_000;

const CONNECT_MS = 30_000;

/** Turns of the event loop in a row without a byte on its way: then all that was written is with the system. */
const STILL_TURNS = 3;

/** Refusals of a sender that has not signed in as the server wants: a matter of settings, not of the mail. */
const SIGN_IN = [530, 534, 535, 538];

/** Errors that answer the mail itself; all others come before it. */
const ABOUT_THE_MAIL = ['EENVELOPE', 'EMESSAGE'];

/** How SMTP is spoken. */
export interface SmtpOptions {
  /** `smtp://user:password@host:587` or `smtps://…`. */
  readonly url: string;
  /** How long a silent server is waited for [ten minutes], ms. Shorter than the outbox waits for an answer. */
  readonly silenceMs?: number;
}

/**
 * SMTP. A password never crosses a network in the clear: with one, STARTTLS must succeed unless the server is
 * this machine. All of the message but its end is with the system before `handOver` is asked, and the end
 * follows at once: so the time in which nobody could tell whether the server has the mail is as short as it gets.
 */
export function smtpCarrier({ url, silenceMs = SILENCE_MS }: SmtpOptions): Carrier {
  const { protocol, username, hostname } = new URL(url);
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  const { options } = createTransport(url);
  const { auth } = options;
  const hidden = new HiddenTexts(toldAtSignIn(url));
  const settings = {
    ...options,
    requireTLS: protocol === 'smtp:' && username !== '' && !isHere,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: silenceMs,
    logger: false,
  };
  return {
    async carry(mail, handOver) {
      const attempt: Attempt = { connection: new SMTPConnection(settings), isHandedOver: false, isLost: false };
      try {
        await connect(attempt.connection);
        if (auth !== undefined) await login(attempt.connection, auth);
        await give(attempt, mail, handOver);
        attempt.connection.quit();
        return { outcome: 'accepted' };
      } catch (error) {
        attempt.connection.close();
        return attempt.isLost ? { outcome: 'lost' } : failureOf(error, attempt.isHandedOver, hidden);
      }
    },
  };
}

interface Attempt {
  readonly connection: SMTPConnection;
  isHandedOver: boolean;
  isLost: boolean;
}

type Login = Parameters<SMTPConnection['login']>[0];

function connect(connection: SMTPConnection): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.on('error', reject);
    connection.connect((error) => (error == null ? resolve() : reject(error)));
  });
}

function login(connection: SMTPConnection, auth: Login): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.on('error', reject);
    connection.login(auth, (error) => (error == null ? resolve() : reject(error)));
  });
}

async function give(attempt: Attempt, mail: ClaimedMail, handOver: () => Promise<boolean>): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    attempt.connection.on('error', reject);
    attempt.connection.on('end', () => reject(new Error('The mail server closed the connection.')));
    const message = Readable.from(untilHandedOver(attempt, mail, handOver, reject), { objectMode: false });
    message.on('error', reject);
    attempt.connection.send({ from: mail.sender, to: [mail.recipient] }, message, (error) => (error == null ? resolve() : reject(error)));
  });
}

/** The message; its end comes only after `handOver`. Where the hold is lost the connection is cut instead, so that no end comes. */
async function* untilHandedOver(attempt: Attempt, { message }: ClaimedMail, handOver: () => Promise<boolean>, fail: (error: Error) => void): AsyncGenerator<Buffer> {
  yield Buffer.from(message);
  await untilStill(attempt.connection);
  attempt.isHandedOver = await handOver();
  if (attempt.isHandedOver) return;
  attempt.isLost = true;
  attempt.connection.close();
  fail(new Error('The hold on this mail was lost.'));
  await new Promise(() => undefined);
}

/** Resolves when no byte of what was written so far waits in this process any more. */
async function untilStill(connection: SMTPConnection): Promise<void> {
  let written = -1;
  for (let still = 0; still < STILL_TURNS; ) {
    await turn();
    const socket = '_socket' in connection ? connection._socket : null;
    if (!(socket instanceof Socket) || socket.destroyed) return;
    still = socket.writableLength === 0 && socket.bytesWritten === written ? still + 1 : 0;
    written = socket.bytesWritten;
  }
}

/** What the server learns at the sign-in, as it is written there: some say in a refusal what they were given. */
function toldAtSignIn(url: string): readonly string[] {
  const { username, password } = new URL(url);
  const [user, secret] = [decodeURIComponent(username), decodeURIComponent(password)];
  return [secret, base64(secret), base64(`\0${user}\0${secret}`)];
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function failureOf(error: unknown, isHandedOver: boolean, hidden: HiddenTexts): Carried {
  const { code, responseCode } = partsOf(error);
  const reason = plainText(hidden.hide(error instanceof Error ? error.message : String(error)), 'no reason given').slice(0, 500);
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
