import { NarrowsError } from '#src/core/errors.ts';
import type { ApiAddress } from './api-address.ts';
import type { Channel } from './channel.ts';
import type { Budget, GitHub, QueryAnswer, RestAnswer, RestQuestion, SavedQuery, Variables } from './github.ts';
import { priceOf } from './graphql-body.ts';
import { askRest, unexpectedAnswer } from './rest-question.ts';
import { judgeProblems } from './verdict.ts';

/** What a query of a size that was not asked before is taken to cost at most, points of the hourly pot. */
const UNKNOWN_COST = 50;

/** A signal that is never aborted, for callers without one. */
export const NEVER = new AbortController().signal;

/** GitHub as one credential sees it, over its channel. */
export class InstallationClient implements GitHub {
  readonly #channel: Channel;
  readonly #address: ApiAddress;
  /** The highest price that was seen of each query at each size. */
  readonly #prices = new Map<string, number>();

  constructor(channel: Channel, address: ApiAddress) {
    this.#channel = channel;
    this.#address = address;
  }

  async query<T>({ name, text, answer: schema }: SavedQuery<T>, variables: Variables, signal: AbortSignal = NEVER): Promise<QueryAnswer<T>> {
    const subject = `the query ${name}`;
    const size = sizeOf(name, variables);
    const { body, askedAt } = await this.#channel.send(
      {
        subject,
        method: 'POST',
        url: this.#address.graphql,
        body: JSON.stringify({ query: text, variables, operationName: name }),
        etag: null,
        toll: { api: 'graphql', pot: 'graphql', cost: this.#prices.get(size) ?? UNKNOWN_COST, points: 1 },
      },
      signal,
    );
    const { data, problems } = body ?? { data: null, problems: [] };
    this.#learnPrice(size, data);
    const parsed = schema.safeParse(data);
    if (parsed.success) return { data: parsed.data, problems, askedAt };
    if (problems.length === 0) throw unexpectedAnswer(subject, parsed.error);
    const { code, said } = judgeProblems(problems);
    throw new NarrowsError(code, `GitHub answered ${subject} in part, and what is left is no answer to it (${said}).`);
  }

  async get<T>(question: RestQuestion<T>, signal: AbortSignal = NEVER): Promise<RestAnswer<T>> {
    return askRest(this.#channel, this.#address, question, signal);
  }

  budget(): Budget {
    return this.#channel.limits.budget();
  }

  #learnPrice(size: string, data: unknown): void {
    const price = priceOf(data);
    if (price !== null) this.#prices.set(size, Math.max(price, this.#prices.get(size) ?? 0));
  }
}

/** What the price of a query depends on: the lengths of its pages and lists and what it leaves out, but not where a page begins. */
function sizeOf(name: string, variables: Variables): string {
  const sizes = Object.entries(variables).map(([key, value]) => [key, typeof value === 'number' || typeof value === 'boolean' ? value : Array.isArray(value) ? value.length : null]);
  return JSON.stringify([name, ...sizes]);
}
