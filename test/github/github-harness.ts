import { Writable } from 'node:stream';
import { generateKeyPairSync } from 'node:crypto';
import { z } from 'zod';
import { createLog } from '#src/core/log.ts';
import type { GitHub, GitHubApp, SavedQuery } from '#src/github/github.ts';
import { openGitHub, type GitHubOptions, type GitHubParts } from '#src/github/open-github.ts';
import { movingClock, type MovingClock } from '#test/support/moving-clock.ts';
import { scriptedServer, type Received, type Scripted, type ScriptedServer } from './scripted-server.ts';

/** When the tests begin, epoch ms. */
export const START = Date.UTC(2026, 1, 2, 9);

export const TOKEN = 'github_pat_11ABCDEFG0secretsecretsecret';

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const PRIVATE_KEY = pair.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
export const PUBLIC_KEY = pair.publicKey;

/** A client before a scripted server, its clock, and every line that it logged. */
export interface Harness<T> {
  readonly github: T;
  readonly server: ScriptedServer;
  readonly clock: MovingClock;
  readonly lines: readonly Record<string, unknown>[];
}

export type Answering = (request: Received, number: number, clock: MovingClock) => Scripted | Promise<Scripted>;

const started: ScriptedServer[] = [];

/** Ends the servers that a test started. */
export async function endServers(): Promise<void> {
  for (const server of started.splice(0)) await server.close();
}

/** A client with a personal token. */
export async function withToken(answer: Answering, parts: Partial<GitHubParts> = {}): Promise<Harness<GitHub>> {
  const { access, ...rest } = await open(answer, { githubAppId: null, githubPrivateKey: null, githubToken: TOKEN }, parts);
  if (access?.kind !== 'token') throw new Error('no token');
  return { ...rest, github: access.github };
}

/** A client that is an App. */
export async function withApp(answer: Answering, parts: Partial<GitHubParts> = {}): Promise<Harness<GitHubApp>> {
  const { access, ...rest } = await open(answer, { githubAppId: '4711', githubPrivateKey: PRIVATE_KEY, githubToken: null }, parts);
  if (access?.kind !== 'app') throw new Error('no App');
  return { ...rest, github: access.app };
}

async function open(answer: Answering, options: Omit<GitHubOptions, 'githubApiUrl'>, parts: Partial<GitHubParts>) {
  const clock = movingClock(START);
  const server = await scriptedServer((request, number) => answer(request, number, clock));
  started.push(server);
  const lines: Record<string, unknown>[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _, done) {
      lines.push(JSON.parse(chunk.toString()));
      done();
    },
  });
  const log = createLog({ level: 'trace', destination, clock });
  const access = openGitHub({ ...options, githubApiUrl: server.url }, { random: () => 0.5, log, clock, ...parts });
  return { access, server, clock, lines };
}

/** A query that answers a number. */
export const NUMBER_QUERY: SavedQuery<{ n: number }> = { name: 'Numbers', text: 'query Numbers { n }', answer: z.object({ n: z.number() }) };

/** A REST question whose answer is taken as it comes. */
export function question(path: string) {
  return { path, answer: z.unknown() };
}

/** The headers of a pot. */
export function potHeaders(resource: string, remaining: number, resetsAt: number, limit = 5000): Record<string, string> {
  return {
    'x-ratelimit-resource': resource,
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(Math.ceil(resetsAt / 1000)),
  };
}

/** What a call rejects with; fails where it does not. */
export async function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => {
      throw new Error('The call did not fail.');
    },
    (error: unknown) => error,
  );
}
