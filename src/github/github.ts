import type { z } from 'zod';

/** A saved query: its text as it stands in `queries/`, and what is read of its answer. */
export interface SavedQuery<T> {
  /** The operation's name, for logs, budgets and tests. */
  readonly name: string;
  readonly text: string;
  readonly answer: z.ZodType<T>;
}

/** What a query was asked with. */
export type Variables = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** An answer to a query. GitHub may answer in part: then `problems` says what is missing, and what depends on it is not complete. */
export interface QueryAnswer<T> {
  readonly data: T;
  readonly problems: readonly QueryProblem[];
  /** When the answer was asked for, epoch ms: for a listing, what it was taken at. */
  readonly askedAt: number;
}

/** One entry of `errors` in an answer that carries data all the same. */
export interface QueryProblem {
  readonly type: string;
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What a REST resource is asked with. */
export interface RestQuestion<T> {
  /** With its parameters filled in, from the root of the API: `/repos/octo/app/pulls/7`. */
  readonly path: string;
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
  readonly answer: z.ZodType<T>;
  /** The tag of an answer at hand: GitHub then may say that it still stands, which costs nothing. */
  readonly etag?: string | null;
}

/** An answer of REST. `isUnchanged` where the tagged answer still stands; then there is no data. */
export type RestAnswer<T> =
  | { readonly isUnchanged: false; readonly data: T; readonly etag: string | null; readonly nextPath: string | null; readonly askedAt: number }
  | { readonly isUnchanged: true; readonly askedAt: number };

/** What may still be asked in this hour; null while no answer has said it. */
export interface Budget {
  readonly graphql: BudgetPart | null;
  readonly rest: BudgetPart | null;
}

/** One pot of GitHub's hourly limit. */
export interface BudgetPart {
  readonly limit: number;
  readonly remaining: number;
  /** Epoch ms. */
  readonly resetsAt: number;
}

/**
 * GitHub as one installation sees it. Every call goes through one queue, which keeps the documented limits, waits
 * when GitHub says so and tries again what may succeed then. A call rejects with `NarrowsError`: `github-forbidden`
 * (permission or installation taken away), `github-not-found`, `github-too-large` (a query that times out at this
 * size: ask for less), `github-failed` (tried again in vain), `github-refused` (a bad credential), and with the reason
 * of `signal` when that is aborted.
 */
export interface GitHub {
  query<T>(query: SavedQuery<T>, variables: Variables, signal?: AbortSignal): Promise<QueryAnswer<T>>;
  get<T>(question: RestQuestion<T>, signal?: AbortSignal): Promise<RestAnswer<T>>;
  budget(): Budget;
}

/** An installation of the App, as GitHub tells it. */
export interface GitHubInstallation {
  readonly id: string;
  readonly account: { readonly id: string; readonly login: string; readonly type: 'Organization' | 'User' };
  /** GitHub's names and levels: `pull_requests: read`. */
  readonly permissions: Readonly<Record<string, string>>;
  readonly events: readonly string[];
  /** Epoch ms; null while it is not suspended. */
  readonly suspendedAt: number | null;
}

/** A delivery in GitHub's own log, which reaches back three days. */
export interface LoggedDelivery {
  /** Of this attempt; a redelivery has another. */
  readonly id: string;
  /** The same for every attempt. */
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly deliveredAt: number;
  readonly isRedelivery: boolean;
  /** Whether the receiver answered with 2xx. */
  readonly isAccepted: boolean;
  readonly repositoryId: string | null;
  readonly installationId: string | null;
}

/** A page of the log, newest first; `next` is null on the last one. */
export interface DeliveryLogPage {
  readonly deliveries: readonly LoggedDelivery[];
  readonly next: string | null;
}

/** GitHub as the App itself sees it: who installed it, and what was delivered. */
export interface GitHubApp {
  /** Installations as they are now, suspended ones included. */
  installations(signal?: AbortSignal): Promise<readonly GitHubInstallation[]>;
  /** The App's newest permissions and events, which an installation may not have granted yet. */
  identity(signal?: AbortSignal): Promise<{ readonly id: string; readonly slug: string; readonly permissions: Readonly<Record<string, string>>; readonly events: readonly string[] }>;
  installation(id: string): GitHub;
  deliveryLog(cursor: string | null, signal?: AbortSignal): Promise<DeliveryLogPage>;
  /** The payload that GitHub kept of a delivery, byte for byte where it keeps it so; null when it has none. */
  deliveredPayload(id: string, signal?: AbortSignal): Promise<string | null>;
  /** Asks GitHub to deliver once more. */
  redeliver(id: string, signal?: AbortSignal): Promise<void>;
}
