import { Agent, request as httpRequest } from 'node:http';

/** What was answered, and how long it took from asking to the last byte, ms. */
export interface Answered {
  readonly status: number;
  readonly milliseconds: number;
}

/** A client that keeps its connections. */
export class Client {
  readonly #agent: Agent;
  readonly #port: number;

  constructor(port: number, connections: number) {
    this.#port = port;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** Asks; `since` counts from an earlier instant than now, where a request waited for its turn here. A broken connection is status 0. */
  ask(path: string, { since = performance.now(), body, headers = {} }: { readonly since?: number; readonly body?: Buffer; readonly headers?: Readonly<Record<string, string>> } = {}): Promise<Answered> {
    return new Promise((resolve) => {
      const done = (status: number): void => {
        resolve({ status, milliseconds: performance.now() - since });
      };
      const request = httpRequest({ agent: this.#agent, host: '127.0.0.1', port: this.#port, path, method: body === undefined ? 'GET' : 'POST', headers: { ...headers, ...(body === undefined ? {} : { 'content-length': body.length }) } }, (response) => {
        response.resume().on('end', () => {
          done(response.statusCode ?? 0);
        });
      });
      request.on('error', () => {
        done(0);
      });
      request.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
