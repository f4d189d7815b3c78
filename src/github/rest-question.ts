import { NarrowsError } from '#src/core/errors.ts';
import { parseJson } from '#src/core/json.ts';
import type { z } from 'zod';
import { nextLink, pathBelow, restUrl, type ApiAddress } from './api-address.ts';
import type { ApiAnswer, Channel } from './channel.ts';
import type { RestAnswer, RestQuestion } from './github.ts';

/** Points of the minute that GitHub counts for a request that changes something. */
const CHANGE_POINTS = 5;

/** The hourly pots of REST beside `core`, by the first word of a path. */
const OTHER_POTS: Readonly<Record<string, string>> = { search: 'search' };

/** Asks a question of REST and reads its answer by the question's schema. */
export async function askRest<T>(channel: Channel, address: ApiAddress, question: RestQuestion<T>, signal: AbortSignal): Promise<RestAnswer<T>> {
  const answer = await sendRest(channel, address, { ...question, method: 'GET' }, signal);
  const { askedAt } = answer;
  if (answer.isUnchanged) return { isUnchanged: true, askedAt };
  const data = readRest(question.path, question.answer, answer.answer.text);
  return { isUnchanged: false, data, etag: answer.answer.headers.get('etag'), nextPath: nextPathOf(answer, address, question.path), askedAt };
}

/** Sends a request of REST whose answer the caller reads. */
export function sendRest(
  channel: Channel,
  address: ApiAddress,
  { path, parameters = {}, etag = null, method }: Omit<RestQuestion<unknown>, 'answer'> & { readonly method: 'GET' | 'POST' },
  signal: AbortSignal,
): Promise<ApiAnswer> {
  const url = restUrl(address, path, parameters);
  if (url === null) throw new NarrowsError('github-failed', `${path} is no path below the root of GitHub's API: nothing was asked.`);
  const pot = OTHER_POTS[path.split(/[/?]/)[1] ?? ''] ?? 'core';
  const toll = { api: 'rest', pot, cost: 1, points: method === 'GET' ? 1 : CHANGE_POINTS } as const;
  return channel.send({ subject: path, method, url, body: null, etag, toll }, signal);
}

/** Reads an answer of REST. Throws `github-failed` that names what was asked and each field that is not as it should be, without its value. */
export function readRest<T>(subject: string, schema: z.ZodType<T>, text: string): T {
  const parsed = schema.safeParse(parsedOrUndefined(text));
  if (parsed.success) return parsed.data;
  throw unexpectedAnswer(subject, parsed.error);
}

/** The failure of an answer that its schema does not take. */
export function unexpectedAnswer(subject: string, error: z.ZodError): NarrowsError {
  const fields = error.issues.slice(0, 3).map(({ path, message }) => `${path.length === 0 ? 'the whole' : path.join('.')}: ${message}`);
  return new NarrowsError('github-failed', `GitHub's answer to ${subject} is not what it is documented to be (${fields.join('; ')}).`);
}

function nextPathOf({ answer }: ApiAnswer, address: ApiAddress, subject: string): string | null {
  const link = nextLink(answer.headers.get('link'));
  if (link === null) return null;
  const path = pathBelow(address, link);
  if (path !== null) return path;
  throw new NarrowsError('github-failed', `The next page of ${subject} is said to be at another place than GitHub's API, where our credential must not go.`);
}

function parsedOrUndefined(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
