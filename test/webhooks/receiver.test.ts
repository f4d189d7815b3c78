import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import request, { type Response } from 'supertest';
import type { Delivery } from '#src/domain/delivery.ts';
import { deliveryOf, diskFull, MemoryInbox, NOW, post, signed, startReceiving, VECTOR, type Receiving } from './receiving.ts';

const BODY = JSON.stringify({ action: 'opened', number: 7 });

let inbox: MemoryInbox;
let receiving: Receiving;

beforeEach(async () => {
  inbox = new MemoryInbox();
  receiving = await startReceiving({ inbox });
});
afterEach(() => receiving.close());

/** Posts as GitHub does. */
function send(body: string, headers: Readonly<Record<string, string | undefined>> = {}): Promise<Response> {
  return new Promise((resolve, reject) => {
    const call = request(receiving.url).post('').set(deliveryOf(body, headers));
    call.serialize((text: unknown) => String(text)).send(body).then(resolve, reject);
  });
}

function stored(): Delivery[] {
  return [...inbox.stored.values()];
}

const NEW_AND_OLD = ['new', 'old'];
const EMPTY = [''];

describe('a delivery that is signed', () => {
  test('is stored as it came, with the time of its receipt, and answered 202', async () => {
    const response = await send(BODY);

    expect(response.status).toBe(202);
    expect(stored()).toEqual([
      {
        id: 1,
        guid: '72d3162e-cc78-11e3-81ab-4c9367dc0958',
        channel: 'webhook',
        event: 'pull_request',
        deliveredAt: NOW,
        takenAt: null,
        format: 'json',
        body: Buffer.from(BODY),
      },
    ]);
  });

  test("is accepted with GitHub's published vector", async () => {
    const response = await send(VECTOR.body, { 'x-hub-signature-256': VECTOR.signature });

    expect(response.status).toBe(202);
    expect(stored().map(({ body }) => Buffer.from(body).toString())).toEqual([VECTOR.body]);
  });

  test('is stored once and answered 202 again when GitHub redelivers its GUID', async () => {
    const statuses = [await send(BODY), await send(BODY)].map(({ status }) => status);

    expect(statuses).toEqual([202, 202]);
    expect(stored()).toHaveLength(1);
  });

  test('is accepted under the older secret while the secret is being rotated', async () => {
    await receiving.close();
    receiving = await startReceiving({ inbox, secrets: () => NEW_AND_OLD });

    const responses = [
      await send(BODY, { 'x-hub-signature-256': signed(BODY, 'new'), 'x-github-delivery': 'a' }),
      await send(BODY, { 'x-hub-signature-256': signed(BODY, 'old'), 'x-github-delivery': 'b' }),
      await send(BODY, { 'x-hub-signature-256': signed(BODY, 'older'), 'x-github-delivery': 'c' }),
    ];

    expect(responses.map(({ status }) => status)).toEqual([202, 202, 401]);
    expect(stored().map(({ guid }) => guid)).toEqual(['a', 'b']);
  });

  test.each([
    ['application/json', 'json'],
    ['application/json; charset=utf-8', 'json'],
    ['application/x-www-form-urlencoded', 'form'],
    ['Application/X-WWW-Form-Urlencoded;charset=UTF-8', 'form'],
    ['text/plain', 'json'],
    [undefined, 'json'],
  ])('with the content type %s is kept as %s', async (contentType, format) => {
    const body = `payload=${encodeURIComponent(BODY)}`;

    const { status } = await post(receiving.port, deliveryOf(body, { 'content-type': contentType }), [body]);

    expect(status).toBe(202);
    expect(stored()).toMatchObject([{ format, body: Buffer.from(body) }]);
  });

  test('whose bytes are not UTF-8 is stored byte for byte', async () => {
    const body = Uint8Array.from({ length: 256 }, (_, byte) => byte);

    const { status } = await post(receiving.port, deliveryOf(body), [body]);

    expect(status).toBe(202);
    expect(stored()[0]?.body).toEqual(Buffer.from(body));
  });

  test.each([
    ['no JSON', 'this is { not JSON'],
    ['nested a hundred thousand deep', '['.repeat(100_000)],
    ['full of prototype keys', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'],
    ['a number of a thousand digits', `{"id":${'9'.repeat(1000)}}`],
    ['with NUL in a text', '{"title":"\\u0000 and a raw \u0000"}'],
  ])('is not read here, so one that is %s is stored too', async (_, body) => {
    const response = await send(body);

    expect(response.status).toBe(202);
    expect(stored().map((delivery) => Buffer.from(delivery.body).toString())).toEqual([body]);
  });

  test('of an event that nobody knows is stored too', async () => {
    const response = await send(BODY, { 'x-github-event': 'bypass_request_secret_scanning' });

    expect(response.status).toBe(202);
    expect(stored()).toMatchObject([{ event: 'bypass_request_secret_scanning' }]);
  });

  test('is not answered before it is on disk', async () => {
    let open = (): void => undefined;
    inbox.gate = new Promise((resolve) => (open = resolve));
    let answered = false;

    const answer = send(BODY).then((response) => {
      answered = true;
      return response.status;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const early = answered;
    open();

    expect(early).toBe(false);
    expect(await answer).toBe(202);
  });

  test('does not wait for others that are being stored', async () => {
    let open = (): void => undefined;
    inbox.gate = new Promise((resolve) => (open = resolve));
    let asked = 0;
    const store = inbox.store.bind(inbox);
    inbox.store = (deliveries) => {
      asked += 1;
      return store(deliveries);
    };

    const answers = ['a', 'b', 'c'].map((guid) => send(BODY, { 'x-github-delivery': guid }));
    while (asked < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    open();

    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([202, 202, 202]);
  });
});

describe('a delivery that is refused', () => {
  test.each([
    ['without a signature', { 'x-hub-signature-256': undefined }, 401, 'signature-missing'],
    ['signed with another secret', { 'x-hub-signature-256': signed(BODY, 'guess') }, 401, 'signature-wrong'],
    ['with the signature of another body', { 'x-hub-signature-256': signed('{}') }, 401, 'signature-wrong'],
    ['with the legacy signature alone', { 'x-hub-signature-256': 'sha1=757107ea0eb2509fc211221cce984b8a37570b6d' }, 401, 'signature-wrong'],
    ['without a GUID', { 'x-github-delivery': undefined }, 400, 'delivery-incomplete'],
    ['without an event', { 'x-github-event': undefined }, 400, 'delivery-incomplete'],
    ['with a GUID like another channel’s digest', { 'x-github-delivery': `sha256:${'0'.repeat(64)}` }, 400, 'delivery-incomplete'],
    ['with a GUID of 129 characters', { 'x-github-delivery': 'a'.repeat(129) }, 400, 'delivery-incomplete'],
    ['with an event of 101 characters', { 'x-github-event': 'a'.repeat(101) }, 400, 'delivery-incomplete'],
    ['with a path for an event', { 'x-github-event': '../../etc/passwd' }, 400, 'delivery-incomplete'],
    ['with markup for an event', { 'x-github-event': '<script>alert(1)</script>' }, 400, 'delivery-incomplete'],
  ])('%s is answered with a problem and not stored', async (_, headers, status, code) => {
    const response = await send(BODY, headers);

    expect(response.status).toBe(status);
    expect(response.headers['content-type']).toBe('application/problem+json');
    expect(JSON.parse(response.text)).toMatchObject({ type: `urn:narrows:problem:${code}`, status, code });
    expect(stored()).toEqual([]);
    expect(receiving.lines).toMatchObject([{ level: 'warn', fields: { code } }]);
  });

  test.each(['X-GitHub-Delivery', 'X-GitHub-Event'])('for the lack of %s is told its name', async (header) => {
    const response = await send(BODY, { [header.toLowerCase()]: undefined });

    expect(JSON.parse(response.text).detail).toContain(header);
  });

  test('repeats nothing of what it sent', async () => {
    const response = await send(BODY, { 'x-github-event': '<script>alert(1)</script>' });

    expect(response.text).not.toContain('script');
  });

  test('without a signature learns nothing about its other headers', async () => {
    const bare = await send(BODY, { 'x-hub-signature-256': undefined, 'x-github-event': undefined });
    const wrong = await send(BODY, { 'x-hub-signature-256': signed(BODY, 'guess'), 'x-github-delivery': undefined });

    expect([bare.status, wrong.status]).toEqual([401, 401]);
  });

  test('with a header twice is refused, whichever of the two is right', async () => {
    const answer = await rawly(
      [
        'POST /webhooks/github HTTP/1.1',
        'Host: narrows',
        `Content-Length: ${BODY.length}`,
        `X-Hub-Signature-256: ${signed(BODY)}`,
        'X-GitHub-Delivery: one',
        'X-GitHub-Delivery: two',
        'X-GitHub-Event: ping',
        'Connection: close',
        '',
        BODY,
      ].join('\r\n'),
    );

    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(stored()).toEqual([]);
  });

  test('with a line end smuggled into a header brings no second request', async () => {
    const answer = await rawly(
      [
        'POST /webhooks/github HTTP/1.1',
        'Host: narrows',
        `Content-Length: ${BODY.length}`,
        `X-Hub-Signature-256: ${signed(BODY)}`,
        'X-GitHub-Delivery: one\nX-GitHub-Event: ping\n\nPOST /webhooks/github HTTP/1.1',
        'Connection: close',
        '',
        BODY,
      ].join('\r\n'),
    );

    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(stored()).toEqual([]);
  });

  test.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('by %s is answered 405 with the method that is served', async (method) => {
    const answer = await post(receiving.port, deliveryOf(''), [], method);

    expect(answer.status).toBe(405);
    expect(answer.headers['allow']).toBe('POST');
  });

  test('while no secret is set is answered 503, even with a signature under the empty secret', async () => {
    await receiving.close();
    receiving = await startReceiving({ inbox, secrets: () => EMPTY });

    const response = await send(BODY, { 'x-hub-signature-256': signed(BODY, '') });

    expect(response.status).toBe(503);
    expect(response.headers['retry-after']).toMatch(/^\d+$/);
    expect(JSON.parse(response.text).code).toBe('not-configured');
    expect(stored()).toEqual([]);
  });
});

describe('a delivery that cannot be stored', () => {
  test('for want of room is answered 503 and accepted once there is room again', async () => {
    inbox.failure = diskFull();
    const full = await send(BODY);
    inbox.failure = null;
    const recovered = await send(BODY);

    expect(full.status).toBe(503);
    expect(full.headers['retry-after']).toMatch(/^\d+$/);
    expect(JSON.parse(full.text)).toMatchObject({ code: 'storage-full', instance: expect.stringMatching(/^urn:uuid:/) });
    expect(recovered.status).toBe(202);
    expect(stored()).toHaveLength(1);
  });

  test('for a reason of ours is answered 503 without that reason, which the log has', async () => {
    const cause = new Error('SQLITE_IOERR: disk I/O error in /var/lib/narrows/inbox.db');
    inbox.failure = cause;

    const response = await send(BODY);

    const problem = JSON.parse(response.text);
    expect(response.status).toBe(503);
    expect(problem.code).toBe('storage-failed');
    expect(response.text).not.toMatch(/SQLITE|inbox\.db/);
    expect(receiving.lines).toMatchObject([
      { level: 'error', fields: { code: 'storage-failed', err: cause, reference: problem.instance.replace('urn:uuid:', '') } },
    ]);
  });

  test('because the inbox throws at once is answered 503 too', async () => {
    inbox.store = () => {
      throw new Error('closed');
    };

    const response = await send(BODY);

    expect(response.status).toBe(503);
  });
});

/** Writes these characters to the server and resolves to all that comes back. */
function rawly(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(receiving.port, '127.0.0.1', () => socket.write(text));
    socket.setEncoding('latin1').on('data', (piece: string) => (answer += piece));
    socket.on('error', reject).on('close', () => resolve(answer));
  });
}
