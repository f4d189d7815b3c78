import type { DocumentNode } from 'graphql';
import type { Clock } from '#src/core/clock.ts';
import type { World } from './world.ts';

/** Who calls, as the credential says; an installation sees its own repositories and nothing else. */
export type Caller =
  | { readonly kind: 'anonymous' }
  /** The App itself, by its signed token. */
  | { readonly kind: 'app' }
  | { readonly kind: 'installation'; readonly installationId: string }
  /** A personal token, which sees the whole world. */
  | { readonly kind: 'token' };

/** How large a query may become, by GitHub's published arithmetic over its `first` and `last`. */
export interface QuerySize {
  /** Nodes that it may give back: at most 500,000. */
  readonly nodes: number;
  /** Requests for connections that fulfilling it may take: the sum that the cost is made of, before it is divided by 100 and rounded. */
  readonly connectionRequests: number;
}

/** What a call of `/graphql` asks, once it could be read. */
export interface GraphQLOperation {
  readonly name: string | null;
  readonly kind: 'query' | 'mutation';
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Null where GitHub refuses the query before it prices it. */
  readonly size: QuerySize | null;
  /** `rateLimit(dryRun: true)`: priced, not run, and free. */
  readonly isDryRun: boolean;
}

/** What `rateLimit { … }` in a query answers. */
export interface GraphQLBudget {
  readonly limit: number;
  readonly cost: number;
  readonly remaining: number;
  readonly used: number;
  /** Epoch ms. */
  readonly resetAt: number;
  readonly nodeCount: number;
}

/** A call as the fake received it. A middleware hands on a copy with what it found out. */
export interface FakeCall {
  /** 1, 2, 3, … in order of arrival. */
  readonly number: number;
  /** Epoch ms, by the fake's clock. */
  readonly at: number;
  readonly method: string;
  /** Below the root of the API, without the query string. */
  readonly path: string;
  /** The root of REST as the caller has it: `http://127.0.0.1:4000`, or `…/api/v3` of an Enterprise Server. Links in answers begin with it. */
  readonly root: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /**
   * What the call is, for logs, scripts of faults and limits by endpoint: the route as GitHub's description writes it
   * (`GET /repos/{owner}/{repo}/pulls/{pull_number}`), or the operation's name (`PullRequests`) for `POST /graphql`.
   */
  readonly name: string;
  readonly api: 'rest' | 'graphql';
  /** Null for REST, and where the body of a call of `/graphql` could not be read. */
  readonly operation: GraphQLOperation | null;
  /** `anonymous` until the credentials are read. */
  readonly caller: Caller;
  /** Set by the limits for `/graphql`; null without them. */
  readonly budget: GraphQLBudget | null;
}

/** What goes back. The server adds `content-type` for JSON, `date` and `x-github-request-id` where they are not set. */
export interface FakeAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes as text: JSON mostly; empty for 204 and 304. */
  readonly body: string;
  /** Hang up instead of answering. */
  readonly isCutOff?: boolean;
}

/** The rest of the way to an answer. */
export type Next = (call: FakeCall) => Promise<FakeAnswer>;

/**
 * One layer of the fake. They are asked in order: credentials, limits, faults, deliveries log, and at last the world: a slow answer holds its
 * place among the concurrent ones, and one that is lost has cost its points all the same.
 * A layer answers itself or hands on.
 */
export interface Middleware {
  /** The routes it answers itself, written as in GitHub's description: `POST /app/installations/{installation_id}/access_tokens`. */
  readonly routes: readonly string[];
  answer(call: FakeCall, next: Next): Promise<FakeAnswer>;
}

/** What each layer is given. */
export interface FakeParts {
  readonly world: World;
  readonly clock: Clock;
}

/**
 * What `credentials.ts`, `faults.ts`, `limits.ts` (which also answers `GET /rate_limit`) and `delivery-log.ts` export
 * under the name of the file, in camel case; options are optional in `startFakeGitHub`, and so is each layer.
 */
export type MakeMiddleware<Options> = (parts: FakeParts, options: Options) => Middleware;

/** An answer in GitHub's words for a failure: `{ message, documentation_url, status }`. */
export function failure(status: number, message: string, headers: Readonly<Record<string, string>> = {}): FakeAnswer {
  const body = JSON.stringify({ message, documentation_url: 'https://docs.github.com/rest', status: String(status) });
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body };
}

/** An answer with a JSON body. */
export function json(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): FakeAnswer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body: JSON.stringify(body) };
}
