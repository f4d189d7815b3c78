import { z } from 'zod';
import type { ErrorCode } from '#src/core/errors.ts';
import { parseJson } from '#src/core/json.ts';
import type { WireAnswer } from './exchange.ts';
import { problemKind, readGraphQLBody, type GraphQLBody } from './graphql-body.ts';
import type { QueryProblem } from './github.ts';
import { readPot, wholeNumber, type Api } from './rate-limits.ts';

/** What an answer means for the request that it answers. */
export type Verdict =
  /** It answers the question; `body` is read already where it had to be looked into. */
  | { readonly kind: 'answered'; readonly body: GraphQLBody | null }
  | { readonly kind: 'unchanged' }
  /** The same thing has another address. */
  | { readonly kind: 'moved'; readonly location: string | null }
  | { readonly kind: 'credential-refused'; readonly said: string }
  /** The hourly pot is empty until `resetsAt` (epoch ms), where GitHub says when. */
  | { readonly kind: 'hourly-limit'; readonly resetsAt: number | null; readonly said: string }
  /** Too much in too short a time; `waitMs` where GitHub says how long to keep silent. */
  | { readonly kind: 'secondary-limit'; readonly waitMs: number | null; readonly said: string }
  /** GitHub is in trouble: the same again may succeed in a moment. */
  | { readonly kind: 'passing'; readonly said: string }
  /** The query took GitHub too long: once more, then it must become smaller. */
  | { readonly kind: 'slow'; readonly said: string }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly said: string };

const MOVED = [301, 302, 307, 308];

/** What GitHub says, with 404, to a statement that an App which does not exist would have signed. */
const UNKNOWN_APP = /integration not found/i;

const LONGEST_SAYING = 200;

const message = z.object({ message: z.string() });

/** Judges an answer of REST or GraphQL by its status, its headers and, where those do not say enough, its words. `now` is for a `Retry-After` that names a date. */
export function judge(api: Api, answer: WireAnswer, now: number): Verdict {
  const { status } = answer;
  const said = sayingOf(answer);
  if (status === 304) return { kind: 'unchanged' };
  if (status >= 200 && status < 300) return api === 'graphql' ? judgeBody(answer, now) : { kind: 'answered', body: null };
  if (MOVED.includes(status)) return { kind: 'moved', location: answer.headers.get('location') };
  if (status === 401 || (status === 404 && UNKNOWN_APP.test(said))) return { kind: 'credential-refused', said };
  if (status === 403 || status === 429) return judgeRefusal(answer, said, now);
  if (status === 404 || status === 410) return { kind: 'failed', code: 'github-not-found', said };
  if (status === 451) return { kind: 'failed', code: 'github-forbidden', said };
  if (api === 'graphql' && (status === 502 || status === 504)) return { kind: 'slow', said };
  if (status >= 500 || status === 408) return { kind: 'passing', said };
  return { kind: 'failed', code: 'github-failed', said };
}

function judgeRefusal({ status, headers }: WireAnswer, said: string, now: number): Verdict {
  const pot = readPot(headers);
  const waitMs = retryAfterMs(headers.get('retry-after'), now);
  if (pot?.remaining === 0) return { kind: 'hourly-limit', resetsAt: waitMs === null ? pot.resetsAt : Math.max(pot.resetsAt, now + waitMs), said };
  if (waitMs !== null || status === 429 || /rate limit|abuse detection/i.test(said)) return { kind: 'secondary-limit', waitMs, said };
  return { kind: 'failed', code: 'github-forbidden', said };
}

function judgeBody(answer: WireAnswer, now: number): Verdict {
  const body = readGraphQLBody(answer.text);
  if (body === null) return { kind: 'failed', code: 'github-failed', said: 'the answer is not one of GraphQL' };
  for (const problem of body.problems) {
    const verdict = limitOf(problem, answer, now);
    if (verdict !== null) return verdict;
  }
  return body.data === null ? judgeProblems(body.problems) : { kind: 'answered', body };
}

/** A limit that is told with status 200, as GraphQL does. */
function limitOf(problem: QueryProblem, { headers }: WireAnswer, now: number): Verdict | null {
  const said = short(problem.message);
  const kind = problemKind(problem);
  if (kind === 'hourly-limit') return { kind, resetsAt: readPot(headers)?.resetsAt ?? null, said };
  if (kind === 'secondary-limit') return { kind, waitMs: retryAfterMs(headers.get('retry-after'), now), said };
  return null;
}

/** What problems mean where they left no answer, or none that can be used. The gravest of them decides; a passing one may be repeated. */
export function judgeProblems(problems: readonly QueryProblem[]): { readonly kind: 'failed' | 'slow' | 'passing'; readonly code: ErrorCode; readonly said: string } {
  const kinds = problems.map((problem) => problemKind(problem));
  const said = short(problems.map(({ type, message: words }) => `${type}: ${words}`).join('; '));
  if (kinds.includes('too-large')) return { kind: 'failed', code: 'github-too-large', said };
  if (kinds.includes('slow')) return { kind: 'slow', code: 'github-too-large', said };
  if (kinds.includes('passing')) return { kind: 'passing', code: 'github-failed', said };
  if (kinds.includes('other') || kinds.length === 0) return { kind: 'failed', code: 'github-failed', said };
  return { kind: 'failed', code: kinds.includes('forbidden') ? 'github-forbidden' : 'github-not-found', said };
}

/** `Retry-After` in milliseconds, from seconds or from a date; null where there is none that can be read. */
function retryAfterMs(text: string | null, now: number): number | null {
  const seconds = wholeNumber(text);
  if (seconds !== null) return seconds * 1000;
  const at = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

/** The status and GitHub's own words, short. */
function sayingOf({ status, text }: WireAnswer): string {
  const parsed = message.safeParse(parsedOrNull(text));
  return parsed.success ? `${status}: ${short(parsed.data.message)}` : String(status);
}

function short(text: string): string {
  // eslint-disable-next-line no-control-regex -- words from outside go into log lines and terminals
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\s]+/g, ' ').trim();
  return line.length > LONGEST_SAYING ? `${line.slice(0, LONGEST_SAYING)}…` : line;
}

function parsedOrNull(text: string): unknown {
  try {
    return text.startsWith('{') ? parseJson(text) : null;
  } catch {
    return null;
  }
}
