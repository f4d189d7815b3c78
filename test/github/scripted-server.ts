import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the server received it. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the server answers; `hangUp` closes the connection, `never` leaves the request open. */
export interface Scripted {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text goes out as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly hangUp?: boolean;
  readonly never?: boolean;
}

/** A server whose every answer the test writes. */
export interface ScriptedServer {
  readonly url: string;
  readonly received: readonly Received[];
  /** The most requests that were open at one time. */
  readonly mostAtOnce: number;
  close(): Promise<void>;
}

/** Starts a server that answers by a function of the request and its number, from 0. */
export async function scriptedServer(answer: (request: Received, number: number) => Scripted | Promise<Scripted>): Promise<ScriptedServer> {
  const received: Received[] = [];
  let [open, mostAtOnce] = [0, 0];
  const server = createServer((request, response) => {
    open += 1;
    mostAtOnce = Math.max(mostAtOnce, open);
    response.once('close', () => (open -= 1));
    void read(request).then(async (one) => {
      received.push(one);
      write(response, await answer(one, received.length - 1));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    received,
    get mostAtOnce() {
      return mostAtOnce;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

async function read(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  return { method: request.method ?? '', path: request.url ?? '', headers, body: Buffer.concat(chunks).toString('utf8') };
}

function write(response: ServerResponse, { status = 200, headers = {}, body = '', hangUp = false, never = false }: Scripted): void {
  if (never) return;
  if (hangUp) {
    response.destroy();
    return;
  }
  response.writeHead(status, headers);
  response.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
}
