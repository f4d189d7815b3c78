import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '#src/core/clock.ts';
import { NarrowsError } from '#src/core/errors.ts';
import type { Log } from '#src/core/log.ts';
import { problemAnswer, problemFrom } from '#src/core/problem.ts';
import type { Delivery } from '#src/domain/delivery.ts';
import type { Inbox } from '#src/domain/store.ts';
import { announcedLength, readBody } from './body.ts';
import { deliveryHeaders } from './delivery-headers.ts';
import { answerEarly } from './early-answer.ts';
import { HeldBytes } from './held-bytes.ts';
import { refusalLog } from './refusal-log.ts';
import { signatureVerifier, type SignatureVerifier } from './signature.ts';

/** The most a delivery may weigh, bytes: GitHub sends none above 25 MiB. */
export const MAX_BODY_BYTES = 26_214_400;

/** GitHub gives up on a delivery after ten seconds, so a body that takes longer has no sender any more. */
const BODY_TIMEOUT_MS = 10_000;

/** The most that bodies not yet stored may hold together, bytes: ten of the largest, or ten thousand usual ones. */
const MAX_HELD_BYTES = 10 * MAX_BODY_BYTES;

/** What the receiver needs. */
export interface ReceiverOptions {
  readonly inbox: Pick<Inbox, 'store'>;
  /** Asked for each delivery: the current secret first, older ones after it during a rotation; with none everything is answered 503. */
  readonly secrets: () => readonly string[];
  readonly clock: Clock;
  readonly log: Pick<Log, 'warn' | 'error'>;
  /** How long a whole body may take, milliseconds [10000]; longer than GitHub's ten seconds only holds connections open. */
  readonly bodyTimeoutMs?: number;
  /** The most that bodies not yet stored may hold together, bytes [262144000]; what comes beyond is answered 503. */
  readonly maxHeldBytes?: number;
}

/** A handler for Node's server and for Express alike. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * The door for GitHub's webhooks: takes a signed delivery and answers 202 once it is on disk, and only then. It
 * parses nothing, so that nothing in a body can hurt it: what cannot be read is stored and becomes a dead letter.
 * It reads the body by itself and must be mounted before anything else that does.
 *
 * Everything else is an RFC 9457 problem: 405 for another method than POST, 503 without a secret, 413 over
 * `MAX_BODY_BYTES`, 400 without a body, 401 for a signature that is missing or wrong, 408 for a body that does not
 * come to its end in time, 400 for a missing delivery header, 503 while nothing can be stored. Who has not signed
 * learns nothing about what else is missing.
 */
export function webhookReceiver(options: ReceiverOptions): RequestHandler {
  const { inbox, clock } = options;
  const verifierNow = latestVerifier(options.secrets);
  const held = new HeldBytes(options.maxHeldBytes ?? MAX_HELD_BYTES);
  const limits = { maxBytes: MAX_BODY_BYTES, timeoutMs: options.bodyTimeoutMs ?? BODY_TIMEOUT_MS, held };
  const logRefusal = refusalLog(options.log, clock, randomUUID);

  function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    const answer = problemAnswer(problemFrom(error, logRefusal(error)));
    const headers = request.method === 'POST' ? answer.headers : { ...answer.headers, allow: 'POST' };
    if (request.complete) response.writeHead(answer.status, headers).end(answer.body);
    else answerEarly(request, response, { ...answer, headers });
  }

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const deliveredAt = clock.now();
    const verifier = verifierNow();
    const signature = expectedSignature(request, verifier);
    const verification = verifier.begin();
    const body = await readBody(request, limits, (piece) => verification.update(piece));
    if (body.outcome === 'aborted') return;
    if (body.outcome !== 'whole') throw unreadBody(body.outcome);
    try {
      if (body.bytes.length === 0) throw bodyMissing();
      if (!verification.isSignedBy(signature)) throw signatureWrong();
      const { guid, event, format } = deliveryHeaders(request.headers);
      await store(inbox, { guid, channel: 'webhook', event, deliveredAt, takenAt: null, format, body: body.bytes });
    } finally {
      held.release(body.bytes.length);
    }
    response.writeHead(202, ACCEPTED).end();
  }

  return (request, response) => {
    receive(request, response).catch((error: unknown) => refuse(request, response, error));
  };
}

/** The verifier of the secrets there are at the moment; a list that is the same object as before is not read again. */
function latestVerifier(secrets: () => readonly string[]): () => SignatureVerifier {
  let known = secrets();
  let verifier = signatureVerifier(known);
  return () => {
    const now = secrets();
    if (now !== known) {
      known = now;
      verifier = signatureVerifier(now);
    }
    return verifier;
  };
}

/** An acceptance says all with its status. */
const ACCEPTED = { 'content-length': '0' };

/** Checks what can be told before the body comes, and returns the signature that the body must have. */
function expectedSignature(request: IncomingMessage, verifier: SignatureVerifier): string {
  if (request.method !== 'POST') {
    throw new NarrowsError('method-not-allowed', 'Webhooks are received by POST alone. Send a POST.');
  }
  if (!verifier.hasSecrets) throw new NarrowsError('not-configured', 'There is no webhook secret. Connect a GitHub App, or set NARROWS_WEBHOOK_SECRET.');
  const length = announcedLength(request);
  if (length === 0) throw bodyMissing();
  if (length !== 'chunked' && length > MAX_BODY_BYTES) throw tooLarge();
  const signature = request.headers['x-hub-signature-256'];
  if (signature === undefined || signature === '') {
    throw new NarrowsError('signature-missing', 'The header X-Hub-Signature-256 is missing. Give the webhook a secret, and Narrows the same one.');
  }
  if (typeof signature !== 'string' || !verifier.isWellFormed(signature)) throw signatureWrong();
  return signature;
}

/** Whatever an inbox fails with is a failure to store, which the sender may try again. */
async function store(inbox: Pick<Inbox, 'store'>, delivery: Delivery): Promise<void> {
  try {
    await inbox.store([delivery]);
  } catch (error) {
    if (error instanceof NarrowsError && error.kind.status === 503) throw error;
    throw new NarrowsError('storage-failed', 'A delivery could not be stored. The cause is logged with this line.', { cause: error });
  }
}

function unreadBody(outcome: 'too-large' | 'too-slow' | 'no-room'): NarrowsError {
  switch (outcome) {
    case 'too-large':
      return tooLarge();
    case 'too-slow':
      return new NarrowsError('body-too-slow', 'The body did not come to its end in time. Send it again.');
    case 'no-room':
      return new NarrowsError('too-busy', 'More bodies came at once than memory is given to. Redeliver what was refused.');
  }
}

function bodyMissing(): NarrowsError {
  return new NarrowsError('body-missing', 'The request has no body. Send the delivery with its body.');
}

function tooLarge(): NarrowsError {
  return new NarrowsError('body-too-large', `The body is larger than ${MAX_BODY_BYTES} bytes, the most that GitHub sends.`);
}

function signatureWrong(): NarrowsError {
  return new NarrowsError('signature-wrong', 'X-Hub-Signature-256 is not the signature of this body under our secret. Compare the secrets of both sides.');
}
