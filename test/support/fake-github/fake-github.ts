import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock, type Clock } from '#src/core/clock.ts';
import { appPages, type AppPagesOptions } from './app-pages.ts';
import { credentials, type CredentialsOptions } from './credentials.ts';
import { deliveryLog, type DeliveryLogOptions } from './delivery-log.ts';
import { faults, type FaultScript } from './faults.ts';
import { answerGraphQL } from './graphql/answer-graphql.ts';
import { readOperation } from './graphql/operation.ts';
import { failure, type FakeAnswer, type FakeCall, type Middleware, type Next } from './hooks.ts';
import { limits, type LimitsOptions } from './limits.ts';
import { pointsOf } from './query-cost.ts';
import { routeMatcher, type Matched } from './rest/router.ts';
import { ROUTES } from './rest/routes.ts';
import type { World } from './world.ts';

/** What a fake GitHub is started with; a layer that is left out does nothing, so that by default nobody is refused anything. */
export interface FakeGitHubOptions {
  readonly world: World;
  /** The world is shown as it is at this clock's time [the machine's]. */
  readonly clock?: Clock;
  /** Where it listens on 127.0.0.1 [any port that is free]. */
  readonly port?: number;
  readonly credentials?: CredentialsOptions;
  readonly faults?: { readonly script: FaultScript };
  readonly limits?: LimitsOptions;
  readonly deliveryLog?: DeliveryLogOptions;
  /** The pages on which a browser makes and installs the App; nobody proves anything there. */
  readonly appPages?: AppPagesOptions;
  /** Called for each call before it is answered: where a test changes the world while somebody pages. */
  readonly onCall?: (call: FakeCall) => void;
  /** How many calls of the log are kept, the newest [all]; a long run keeps fewer. */
  readonly keptCalls?: number;
}

/** A call in the log. */
export interface LoggedCall {
  readonly number: number;
  /** Epoch ms. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** The route, or the operation of GraphQL. */
  readonly name: string;
  readonly status: number;
  /** Points of the hourly pot that such a call takes: none when it was refused, or what the caller had still stood. */
  readonly cost: number;
  /** The types, or else the messages, of `errors` in an answer of GraphQL. */
  readonly errors: readonly string[];
}

/** A GitHub that listens. */
export interface FakeGitHub {
  /** The base of the REST API; GraphQL is at `/graphql` below it. */
  readonly url: string;
  readonly world: World;
  readonly requests: readonly LoggedCall[];
  /** How many calls there were, those that the log no longer keeps included. */
  callCount(): number;
  /** What was asked that the fake does not know: routes, fields, arguments. A test expects none. */
  readonly refusals: readonly string[];
  /** Routes that it knows and that were never called. */
  unusedRoutes(): readonly string[];
  /** Stops listening, hangs up, and rejects if anything was refused. */
  close(): Promise<void>;
}

/** Starts a GitHub over a world. */
export async function startFakeGitHub(options: FakeGitHubOptions): Promise<FakeGitHub> {
  const clock = options.clock ?? systemClock;
  const { world } = options;
  const parts = { world, clock };
  const refusals: string[] = [];
  const refuse = (what: string): void => {
    if (!refusals.includes(what)) refusals.push(what);
  };
  const layers: readonly Middleware[] = [
    options.appPages === undefined ? null : appPages(parts, options.appPages),
    options.credentials === undefined ? null : credentials(parts, options.credentials),
    options.limits === undefined ? null : limits(parts, options.limits),
    options.faults === undefined ? null : faults(parts, options.faults),
    options.deliveryLog === undefined ? null : deliveryLog(parts, options.deliveryLog),
  ].filter((layer) => layer !== null);
  const routeNames = [...new Set([...ROUTES.map(({ name }) => name), ...layers.flatMap(({ routes }) => routes)])];
  const match = routeMatcher(routeNames);
  const used = new Set<string>();
  const log: LoggedCall[] = [];
  let calls = 0;

  const chain = layers.reduceRight<Next>((next, layer) => (call) => layer.answer(call, next), async (call) => {
    if (call.api === 'graphql') return answerGraphQL(world, call, refuse);
    const matched = match(call.method, call.path);
    const route = ROUTES.find(({ name }) => name === matched?.name);
    if (route !== undefined && matched !== null) return route.answer({ world, call, parameters: matched.parameters, refuse: (what) => refuse(`${call.name}: ${what}`) });
    refuse(`The fake does not know the route ${call.method} ${call.path}.`);
    return failure(404, 'Not Found');
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = readCall(request, await bodyOf(request), { number: (calls += 1), at: clock.now(), match });
    used.add(call.name);
    options.onCall?.(call);
    let given: FakeAnswer;
    try {
      given = await chain(options.credentials === undefined ? { ...call, caller: { kind: 'token' } } : call);
    } catch (error) {
      refuse(`${call.name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      given = failure(500, 'Server Error');
    }
    log.push(logged(call, given));
    if (log.length > (options.keptCalls ?? Infinity)) log.shift();
    send(response, given, call);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      refuse(String(error));
      response.destroy();
    });
  });
  const url = await listen(server, options.port ?? 0);
  return {
    url,
    world,
    requests: log,
    callCount: () => calls,
    refusals,
    unusedRoutes: () => routeNames.filter((name) => !used.has(name)),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      if (refusals.length > 0) throw new Error(`The fake GitHub was asked what it does not know:\n${refusals.join('\n')}`);
    },
  };
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  // A server that listens on a port has such an address.
  const { port: given } = server.address() as AddressInfo;
  return `http://127.0.0.1:${String(given)}`;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** As an Enterprise Server has it, the API may also stand below `/api/v3`, and GraphQL at `/api/graphql`. */
function readCall(request: IncomingMessage, body: string, { number, at, match }: { number: number; at: number; match: (method: string, path: string) => Matched | null }): FakeCall {
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`);
  const method = request.method ?? 'GET';
  const [below = ''] = /^\/api\/v3(?=\/)/.exec(url.pathname) ?? [];
  const path = url.pathname.slice(below.length).replace(/^\/api\/graphql$/, '/graphql');
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]));
  const isGraphQL = path === '/graphql' && method === 'POST';
  const read = isGraphQL ? readOperation(body) : null;
  const operation = read !== null && 'operation' in read ? read.operation : null;
  const name = isGraphQL ? (operation?.name ?? 'POST /graphql') : (match(method, path)?.name ?? `${method} ${path}`);
  return { number, at, method, path, root: `${url.origin}${below}`, query: url.searchParams, headers, body, name, api: isGraphQL ? 'graphql' : 'rest', operation, caller: { kind: 'anonymous' }, budget: null };
}

function logged(call: FakeCall, answer: FakeAnswer): LoggedCall {
  return {
    number: call.number,
    at: call.at,
    method: call.method,
    path: call.path,
    name: call.name,
    status: answer.status,
    cost: costOf(call, answer),
    errors: call.api === 'graphql' ? errorsIn(answer.body) : [],
  };
}

function costOf({ api, operation }: FakeCall, { status }: FakeAnswer): number {
  if (status >= 300) return 0;
  if (api === 'rest') return 1;
  return operation === null || operation.isDryRun ? 0 : pointsOf(operation.size?.connectionRequests ?? 0);
}

function errorsIn(body: string): readonly string[] {
  if (!body.includes('"errors"')) return [];
  try {
    const { errors = [] } = JSON.parse(body) as { errors?: readonly { type?: string; message?: string }[] };
    return errors.map(({ type, message }) => type ?? message ?? '');
  } catch {
    return [];
  }
}

function send(response: ServerResponse, answer: FakeAnswer, call: FakeCall): void {
  if (answer.isCutOff === true) {
    response.destroy();
    return;
  }
  response.writeHead(answer.status, {
    ...(answer.body === '' ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    date: new Date(call.at).toUTCString(),
    'x-github-media-type': 'github.v3; format=json',
    'x-github-request-id': `FAKE:${call.number.toString(16).toUpperCase()}`,
    ...answer.headers,
  });
  response.end(answer.body);
}
