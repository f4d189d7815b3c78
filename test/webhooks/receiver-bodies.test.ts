import { createHmac } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { MAX_BODY_BYTES } from '#webhooks/receiver.ts';
import { deliveryOf, MemoryInbox, post, signed, startReceiving, VECTOR, type Answer, type Receiving } from './receiving.ts';

/** A piece that does not divide the limit, so that the last piece is a short one. */
const PIECE = Uint8Array.from({ length: 50_000 }, (_, place) => (place * place) % 251);

let inbox: MemoryInbox;
let receiving: Receiving;

beforeEach(async () => {
  inbox = new MemoryInbox();
  receiving = await startReceiving({ inbox });
});
afterEach(() => receiving.close());

/** So many bytes, one piece after the other, without ever being in memory together. */
function* bytes(count: number): Generator<Uint8Array> {
  let left = count;
  for (; left > PIECE.length; left -= PIECE.length) yield PIECE;
  yield PIECE.subarray(0, left);
}

function signatureOf(pieces: Iterable<Uint8Array>): string {
  const hmac = createHmac('sha256', VECTOR.secret);
  for (const piece of pieces) hmac.update(piece);
  return `sha256=${hmac.digest('hex')}`;
}

/** Posts a signed body of so many bytes, its length announced or in chunks. */
function sendBytes(count: number, announced: boolean): Promise<Answer> {
  const headers = deliveryOf('', { 'x-hub-signature-256': signatureOf(bytes(count)) });
  return post(receiving.port, announced ? { ...headers, 'content-length': count } : headers, bytes(count));
}

/** The length and digest of the only body stored. */
function storedBody(): string[] {
  return [...inbox.stored.values()].map(({ body }) => `${body.length} ${signed(body)}`);
}

/** Opens a connection, writes this, and hands over what comes back once it is closed. */
function open(text: string): { readonly socket: Socket; readonly answer: Promise<string> } {
  const socket = connect(receiving.port, '127.0.0.1');
  socket.write(text);
  const answer = new Promise<string>((resolve) => {
    let received = '';
    socket.setEncoding('latin1').on('data', (piece: string) => (received += piece));
    socket.on('error', () => undefined).on('close', () => resolve(received));
  });
  return { socket, answer };
}

function head(headers: Readonly<Record<string, string | number>>): string {
  const lines = Object.entries({ host: 'narrows', ...headers }).map(([name, value]) => `${name}: ${value}`);
  return ['POST /webhooks/github HTTP/1.1', ...lines, '', ''].join('\r\n');
}

describe('the size of a body', () => {
  test.each([
    ['with its length announced', true],
    ['in chunks', false],
  ])('may be 26,214,400 bytes %s', async (_, announced) => {
    const { status } = await sendBytes(26_214_400, announced);

    expect(status).toBe(202);
    expect(storedBody()).toEqual([`26214400 ${signatureOf(bytes(26_214_400))}`]);
  });

  test.each([
    ['with its length announced', true],
    ['in chunks', false],
  ])('may not be one byte more %s', async (_, announced) => {
    const { status, text } = await sendBytes(26_214_401, announced);

    expect(status).toBe(413);
    expect(JSON.parse(text).code).toBe('body-too-large');
    expect(inbox.stored.size).toBe(0);
  });

  test.each([1, 65_536, 65_537, 200_000, 1_000_001])('of %i bytes in chunks is no more and no less when it is stored', async (count) => {
    const { status } = await sendBytes(count, false);

    expect(status).toBe(202);
    expect(storedBody()).toEqual([`${count} ${signatureOf(bytes(count))}`]);
  });

  test('that is announced too large is refused before it comes', async () => {
    const { socket, answer } = open(head({ ...deliveryOf(''), 'content-length': MAX_BODY_BYTES + 1 }));

    const first = await new Promise<string>((resolve) => socket.once('data', (piece: Buffer) => resolve(piece.toString())));
    socket.destroy();

    expect(first).toMatch(/^HTTP\/1\.1 413 /);
    expect(await answer).toContain('body-too-large');
  });

  test('that never ends is refused at the limit, and the connection closed', async () => {
    const { socket, answer } = open(head({ ...deliveryOf(''), 'transfer-encoding': 'chunked' }));
    const chunk = Buffer.concat([Buffer.from(`${PIECE.length.toString(16)}\r\n`), PIECE, Buffer.from('\r\n')]);
    const pour = (): void => {
      while (!socket.destroyed && socket.write(chunk));
      if (!socket.destroyed) socket.once('drain', pour);
    };

    pour();

    expect(await answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  test.each([
    ['with no length', {}],
    ['with the length 0', { 'content-length': 0 }],
  ])('%s is none', async (_, length) => {
    const { answer } = open(head({ ...deliveryOf(''), ...length, connection: 'close' }));

    expect(await answer).toMatch(/^HTTP\/1\.1 400 [^]*body-missing/);
  });

  test('in chunks of which there are none is none', async () => {
    const { answer } = open(`${head({ ...deliveryOf(''), 'transfer-encoding': 'chunked', connection: 'close' })}0\r\n\r\n`);

    expect(await answer).toMatch(/^HTTP\/1\.1 400 [^]*body-missing/);
  });
});

describe('bodies that come at once', () => {
  test('may not hold more memory than they are given, and make room when they are stored', async () => {
    await receiving.close();
    receiving = await startReceiving({ inbox, maxHeldBytes: 150_000 });
    let release = (): void => undefined;
    inbox.gate = new Promise((resolve) => (release = resolve));
    const [first, second] = [bytes(100_000), bytes(100_000)];
    const headers = deliveryOf('', { 'x-hub-signature-256': signatureOf(bytes(100_000)) });

    const waiting = post(receiving.port, headers, first);
    while ((await post(receiving.port, deliveryOf('forged'), bytes(60_000))).status !== 503);
    const refused = await post(receiving.port, headers, second);
    release();
    const accepted = await waiting;
    const later = await post(receiving.port, { ...headers, 'x-github-delivery': 'later' }, bytes(100_000));

    expect([accepted.status, refused.status, later.status]).toEqual([202, 503, 202]);
    expect(JSON.parse(refused.text).code).toBe('too-busy');
    expect([...inbox.stored.keys()]).toEqual([headers['x-github-delivery'], 'later']);
  });

  test('leave nothing behind when they come to no end', async () => {
    await receiving.close();
    receiving = await startReceiving({ inbox, maxHeldBytes: 150_000, bodyTimeoutMs: 200 });
    const headers = deliveryOf('', { 'x-hub-signature-256': signatureOf(bytes(100_000)) });
    const unfinished = open(`${head({ ...headers, 'content-length': 100_000 })}${'x'.repeat(90_000)}`);

    const slow = await unfinished.answer;
    const next = await post(receiving.port, headers, bytes(100_000));

    expect(slow).toMatch(/^HTTP\/1\.1 408 /);
    expect(next.status).toBe(202);
  });
});

describe('a body that does not come to its end', () => {
  test('in time is answered 408 and the connection closed', async () => {
    await receiving.close();
    receiving = await startReceiving({ inbox, bodyTimeoutMs: 60 });
    const { answer } = open(`${head({ ...deliveryOf('{}'), 'content-length': 2 })}{`);

    const received = await answer;

    expect(received).toMatch(/^HTTP\/1\.1 408 [^]*body-too-slow/);
    expect(received.toLowerCase()).toContain('connection: close');
    expect(inbox.stored.size).toBe(0);
  });

  test('dripping byte by byte gains no time by that', async () => {
    await receiving.close();
    receiving = await startReceiving({ inbox, bodyTimeoutMs: 100 });
    const { socket, answer } = open(head({ ...deliveryOf(''), 'content-length': 1_000_000 }));
    const drip = setInterval(() => socket.write('x'), 20);

    const received = await answer;
    clearInterval(drip);

    expect(received).toMatch(/^HTTP\/1\.1 408 /);
  });

  test('because the sender went away is not stored, and the next is served', async () => {
    const body = '{"half": true}';
    const { socket } = open(`${head({ ...deliveryOf(body), 'content-length': body.length })}${body.slice(0, 5)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));

    socket.destroy();
    const { status } = await post(receiving.port, deliveryOf(body, { 'x-github-delivery': 'next' }), [body]);

    expect(status).toBe(202);
    expect([...inbox.stored.keys()]).toEqual(['next']);
    expect(receiving.lines).toEqual([]);
  });
});

describe('a sender that is refused before its body has come', () => {
  test('gets the answer although it first writes all and reads then', async () => {
    const length = 20_000_000;
    const { socket, answer } = open(head({ ...deliveryOf('', { 'x-hub-signature-256': undefined }), 'content-length': length }));
    socket.pause();

    for (const piece of bytes(length)) await new Promise((resolve) => socket.write(piece, resolve));
    socket.resume();

    expect(await answer).toMatch(/^HTTP\/1\.1 401 [^]*signature-missing/);
  });
});
