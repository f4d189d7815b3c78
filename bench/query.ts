import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { quantile } from 'simple-statistics';
import type { BenchOptions } from './contract/bench.ts';
import { Client, type Answered } from './querying/ask.ts';
import { deliverSteadily, type SteadyDeliveries } from './querying/deliveries.ts';
import { fill, writePolicy } from './querying/fill.ts';
import { DAYS, REPOSITORIES, TEAMS, teamSlug } from './querying/organization.ts';
import { pullRequestPayload, SECRET } from './receiving/payload.ts';

/** Pull requests at `--scale 1`. */
const PULL_REQUESTS = 100_000;

/** Deliveries a second while questions are asked. */
const DELIVERIES_A_SECOND = 500;

/** What is asked at least this often, however long it takes. */
const FEWEST = 10;

export const name = 'Questions: figures over HTTP, while nothing else happens and while deliveries come';

/** A question; `path` gives the address of the n-th time, so that teams take turns. */
interface Asked {
  readonly label: string;
  readonly path: (turn: number) => string;
}

const team = (turn: number): string => `scope=team:${teamSlug(turn % TEAMS)}`;

const QUESTIONS: readonly Asked[] = [
  { label: "A team's 12 weeks of `review.first_response`, by week", path: (turn) => `/api/v1/metrics/review.first_response?weeks=12&${team(turn)}` },
  { label: "A team's 12 weeks of `review.request_response`, by week", path: (turn) => `/api/v1/metrics/review.request_response?weeks=12&${team(turn)}` },
  { label: "A team's 12 weeks of phases and bottleneck", path: (turn) => `/api/v1/phases?weeks=12&${team(turn)}` },
  { label: "A team's page `/`", path: (turn) => `/?${team(turn)}` },
  { label: "The organisation's year of `review.first_response`, by week", path: () => '/api/v1/metrics/review.first_response?weeks=52' },
  { label: "The organisation's quarter of phases and bottleneck", path: () => '/api/v1/phases?weeks=13' },
];

/**
 * Fills a store with an organisation's two years through the ordinary fold, serves it from a process of its own and asks
 * it questions over one connection, one after the other: first alone, then while deliveries come at a steady rate.
 * Times are from asking to the last byte.
 */
export async function run(options: BenchOptions): Promise<string[]> {
  await mkdir('tmp', { recursive: true });
  const folder = await mkdtemp(join('tmp', 'bench-query-'));
  const count = Math.round(PULL_REQUESTS * options.scale);
  let server: ChildProcess | null = null;
  try {
    const dataDir = join(folder, 'data');
    const startedAt = performance.now();
    await fill(dataDir, null, count, Date.now(), (line) => { options.progress(line); });
    const fillSeconds = (performance.now() - startedAt) / 1000;
    const megabytes = (await stat(join(dataDir, 'facts.sqlite'))).size / 1e6;
    const started = await startServer(dataDir, writePolicy(folder));
    server = started.process;
    const client = new Client(started.port, 1);
    const alone = await askAll(client, options, null);
    const deliveries = deliverSteadily(started.port, DELIVERIES_A_SECOND, pullRequestPayload(), guids());
    await sleep(options.seconds * 1000);
    const unasked = deliveries.taken();
    const busy = await askAll(client, options, deliveries);
    await deliveries.stop();
    client.close();
    return lines({ count, fillSeconds, megabytes, seconds: options.seconds }, alone, busy, unasked);
  } finally {
    if (server !== null) await end(server);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What came of a question: the answers to it, and to the deliveries that came meanwhile. */
interface Outcome {
  readonly answers: readonly Answered[];
  readonly acknowledgements: readonly Answered[];
}

async function askAll(client: Client, options: BenchOptions, deliveries: SteadyDeliveries | null): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { label, path } of QUESTIONS) {
    await client.ask(path(0));
    deliveries?.taken();
    const answers: Answered[] = [];
    for (const until = performance.now() + options.seconds * 1000; performance.now() < until || answers.length < FEWEST; ) answers.push(await client.ask(path(answers.length)));
    outcomes.push({ answers, acknowledgements: deliveries?.taken() ?? [] });
    options.progress(`${label}${deliveries === null ? '' : ' while deliveries come'}: p95 ${milliseconds(answers, 0.95)} ms`);
  }
  return outcomes;
}

interface Filled {
  readonly count: number;
  readonly fillSeconds: number;
  readonly megabytes: number;
  readonly seconds: number;
}

function lines({ count, fillSeconds, megabytes, seconds }: Filled, alone: readonly Outcome[], busy: readonly Outcome[], unasked: readonly Answered[]): string[] {
  const whole = (value: number): string => Math.round(value).toLocaleString('en');
  const all = [...alone, ...busy].flatMap(({ answers, acknowledgements }) => [...answers, ...acknowledgements]);
  const refused = [...all, ...unasked].filter(({ status }) => status < 200 || status > 299);
  return [
    `${whole(count)} pull requests of six events each in ${String(REPOSITORIES)} repositories and ${String(TEAMS)} teams over ${String(DAYS)} days (${whole(megabytes)} MB of facts and waits, filled in ${whole(fillSeconds)} s). ` +
      `Each question over one connection for ${String(seconds)} s, at least ${String(FEWEST)} times; ${String(DELIVERIES_A_SECOND)} deliveries a second of ${whole(pullRequestPayload().body.length)} bytes. Of all answers ${String(refused.length)} were no 2xx.`,
    '',
    '| Question, ms | p50 | p95 | p50 while deliveries come | p95 | Their p99 to the 202 |',
    '|---|--:|--:|--:|--:|--:|',
    ...QUESTIONS.map(({ label }, place) => {
      const [quiet, loud] = [alone[place]?.answers ?? [], busy[place]?.answers ?? []];
      return `| ${label} | ${milliseconds(quiet, 0.5)} | ${milliseconds(quiet, 0.95)} | ${milliseconds(loud, 0.5)} | ${milliseconds(loud, 0.95)} | ${milliseconds(busy[place]?.acknowledgements ?? [], 0.99)} |`;
    }),
    `| Nothing is asked | | | | | ${milliseconds(unasked, 0.99)} |`,
  ];
}

function milliseconds(answers: readonly Answered[], p: number): string {
  return answers.length === 0 ? '–' : quantile(answers.map((answer) => answer.milliseconds), p).toFixed(1);
}

async function startServer(dataDir: string, policy: string): Promise<{ readonly process: ChildProcess; readonly port: number }> {
  const env = { ...process.env, NARROWS_DATA_DIR: resolve(dataDir), NARROWS_POLICY: resolve(policy), NARROWS_WEBHOOK_SECRET: SECRET };
  const child = fork(new URL(`./querying/narrows-server${extname(import.meta.url)}`, import.meta.url), { env });
  const port = await Promise.race([
    once(child, 'message').then(([address]: unknown[]) => (typeof address === 'object' && address !== null && 'port' in address ? Number(address.port) : NaN)),
    once(child, 'exit').then(() => Promise.reject(new Error('The server of the bench ended before it listened.'))),
  ]);
  return { process: child, port };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  if (child.connected) child.disconnect();
  await exited;
}

/** GUIDs of GitHub's form, no two alike. */
function guids(): () => string {
  let count = 0;
  return () => `72d3162e-cc78-11e3-81ab-${(count += 1).toString(16).padStart(12, '0')}`;
}
