import { connect, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { quantileSorted } from 'simple-statistics';

/** What is sent, where, by how many at once and how long. */
export interface LoadOptions {
  readonly port: number;
  readonly path: string;
  readonly event: string;
  readonly body: Buffer;
  /** The value of `X-Hub-Signature-256` for this body. */
  readonly signature: string;
  /** How many connections are kept open; each sends its next request when the answer to the one before has come. */
  readonly connections: number;
  readonly seconds: number;
  /** Numbers the GUIDs, so that no two requests of a whole bench carry the same one. */
  readonly nextGuid: () => string;
}

/** What came of it. */
export interface LoadFigures {
  readonly perSecond: number;
  /** From writing a request to the last byte of its answer, milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly slowest: number;
  /** Answers by status; a connection that broke counts as status 0. */
  readonly statuses: ReadonlyMap<number, number>;
}

/** The length of every GUID sent: those of GitHub have it. */
const GUID_LENGTH = 36;

/**
 * Sends signed deliveries over kept connections and counts the answers. It speaks HTTP by itself and costs far less
 * than a client library, because it shares the machine with what it measures: a dear generator would make a quick
 * server look like a slow one.
 */
export async function load(options: LoadOptions): Promise<LoadFigures> {
  const latencies: number[] = [];
  const statuses = new Map<number, number>();
  const started = performance.now();
  const until = started + options.seconds * 1000;
  const sender = requestWriter(options);

  await Promise.all(
    Array.from({ length: options.connections }, () =>
      converse(options.port, sender, until, (status, milliseconds) => {
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        latencies.push(milliseconds);
      }),
    ),
  );

  const elapsedSeconds = (performance.now() - started) / 1000;
  latencies.sort((a, b) => a - b);
  return {
    perSecond: latencies.length / elapsedSeconds,
    p50: quantileSorted(latencies, 0.5),
    p99: quantileSorted(latencies, 0.99),
    slowest: latencies.at(-1) ?? 0,
    statuses,
  };
}

/** Writes one request with a GUID of its own; the bytes around it are made once. */
function requestWriter(options: LoadOptions): (socket: Socket) => void {
  const head = [
    `POST ${options.path} HTTP/1.1`,
    `Host: 127.0.0.1:${options.port}`,
    'User-Agent: GitHub-Hookshot/044aadd',
    'Accept: */*',
    'Content-Type: application/json',
    `Content-Length: ${options.body.length}`,
    `X-GitHub-Event: ${options.event}`,
    'X-GitHub-Hook-ID: 292430182',
    'X-GitHub-Hook-Installation-Target-ID: 79929171',
    'X-GitHub-Hook-Installation-Target-Type: repository',
    `X-Hub-Signature-256: ${options.signature}`,
    `X-GitHub-Delivery: ${'0'.repeat(GUID_LENGTH)}`,
    '',
    '',
  ].join('\r\n');
  const template = Buffer.concat([Buffer.from(head), options.body]);
  const guidAt = head.length - GUID_LENGTH - 4;
  return (socket) => {
    const request = Buffer.from(template);
    request.write(options.nextGuid(), guidAt, GUID_LENGTH, 'latin1');
    socket.write(request);
  };
}

/** One connection: request and answer in turn until the time is up. */
function converse(
  port: number,
  send: (socket: Socket) => void,
  until: number,
  answered: (status: number, milliseconds: number) => void,
): Promise<void> {
  return new Promise((resolve) => {
    let sentAt = 0;
    let received = '';
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, next);

    function next(): void {
      sentAt = performance.now();
      if (sentAt >= until) return finish();
      send(socket);
    }
    function finish(): void {
      socket.destroy();
      resolve();
    }
    socket.setEncoding('latin1').on('data', (piece: string) => {
      received += piece;
      if (!isWholeAnswer(received)) return;
      answered(Number(received.slice(9, 12)), performance.now() - sentAt);
      received = '';
      next();
    });
    socket.on('error', () => undefined).on('close', () => {
      if (performance.now() < until) answered(0, 0);
      resolve();
    });
  });
}

/** Whether head and body are there; servers of these benches all announce the length of their answers. */
function isWholeAnswer(received: string): boolean {
  const bodyAt = received.indexOf('\r\n\r\n') + 4;
  if (bodyAt < 4) return false;
  const length = /^content-length: *(\d+)/im.exec(received)?.[1];
  return received.length - bodyAt >= Number(length ?? 0);
}
