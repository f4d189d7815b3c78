import type { App } from '#src/app.ts';
import { NarrowsError } from '#src/core/errors.ts';
import { programVersion } from '#src/core/program-version.ts';
import { exchange } from '#src/github/exchange.ts';
import { openGitHub, type GitHubAccess } from '#src/github/open-github.ts';
import type { Finding } from './finding.ts';

/** A doctor does not wait longer for one answer, ms. */
const ANSWER_MS = 8_000;

/** Nor longer for everything that a check asks of GitHub, ms. */
const CHECK_MS = 20_000;

/** What came of asking GitHub whether it is there. */
export type GitHubReach =
  | { readonly isReached: false; readonly finding: Finding }
  | { readonly isReached: true; readonly access: GitHubAccess; readonly host: string; readonly heard: HeardDate | null };

/** A `Date` of GitHub, and when it was asked for and came, by our clock; epoch ms. */
export interface HeardDate {
  readonly saidAt: number;
  readonly askedAt: number;
  readonly cameAt: number;
}

/** Asks GitHub, once and without a credential, for anything at all. */
export async function reachGitHub({ options, clock, log }: Pick<App, 'options' | 'clock' | 'log'>): Promise<GitHubReach> {
  const access = openGitHub(options, { random: Math.random, log, timeoutMs: ANSWER_MS });
  if (access === null) return { isReached: false, finding: { verdict: 'unknown', text: 'not asked: neither a GitHub App nor a token is connected' } };
  const { host } = new URL(options.githubApiUrl);
  const askedAt = clock.now();
  const request = { method: 'GET', url: `${options.githubApiUrl}/rate_limit`, headers: { accept: 'application/json', 'user-agent': `narrows/${programVersion()}` }, body: null } as const;
  const came = await exchange(request, { timeoutMs: ANSWER_MS, maxBytes: 1_000_000 }, new AbortController().signal);
  const cameAt = clock.now();
  if (came.outcome === 'answer') {
    const saidAt = Date.parse(came.answer.headers.get('date') ?? '');
    return { isReached: true, access, host, heard: Number.isNaN(saidAt) ? null : { saidAt, askedAt, cameAt } };
  }
  const why = came.outcome === 'broken' ? came.reason : came.outcome === 'timeout' ? `no answer within ${String(ANSWER_MS / 1_000)} s` : 'an answer without end';
  return {
    isReached: false,
    finding: { verdict: 'wrong', text: `${host} does not answer (${why})`, todo: 'Let this machine reach it over HTTPS, and see that NARROWS_GITHUB_API_URL is the address of its API. Webhooks come in meanwhile; nothing can be listed or healed.' },
  };
}

/** What a check asks GitHub, with an end to it; null where GitHub was not reached, which its own check tells. */
export async function askGitHub(reach: GitHubReach, ask: (access: GitHubAccess, signal: AbortSignal) => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  if (!reach.isReached) return [{ verdict: 'unknown', text: reach.finding.verdict === 'wrong' ? 'not asked: GitHub does not answer, see Clock' : reach.finding.text }];
  const signal = AbortSignal.timeout(CHECK_MS);
  try {
    return await ask(reach.access, signal);
  } catch (error) {
    if (signal.aborted) return [{ verdict: 'unknown', text: `${reach.host} did not answer within ${String(CHECK_MS / 1_000)} s` }];
    if (!(error instanceof NarrowsError)) throw error;
    const todo = error.code === 'github-refused' ? 'The App id and its private key (or the token) must belong together and still be valid: see the page of the App on GitHub.' : 'See the message; narrows start tries again by itself.';
    return [{ verdict: 'wrong', text: error.message, todo }];
  }
}
