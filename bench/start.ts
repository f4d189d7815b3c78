import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { median } from 'simple-statistics';
import type { BenchOptions } from './contract/bench.ts';
import { load } from './receiving/load.ts';
import { pullRequestPayload, SECRET } from './receiving/payload.ts';

/** How many connections deliver at once. */
const CONNECTIONS = 50;

/** How long the process is left alone after the load before it is looked at, ms: what was stored is being folded. */
const SETTLE_MS = 3_000;

export const name = 'Starting: until it listens, and what it takes of memory';

/**
 * Starts `narrows start` on an empty data directory, sends it deliveries and asks the kernel how much memory it takes.
 * What the process takes is Linux's `VmRSS`; elsewhere it is left out.
 */
export async function run(options: BenchOptions): Promise<string[]> {
  const rounds: Round[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    const measured = await measure(options.seconds, round);
    rounds.push(measured);
    options.progress(`round ${round + 1} of ${options.rounds}: listens after ${measured.startMs.toFixed(0)} ms`);
  }
  const row = (label: string, values: readonly (number | null)[], digits: number): string => {
    const known = values.filter((value) => value !== null);
    const show = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: digits });
    return known.length === 0 ? `| ${label} | not known here |` : `| ${label} | ${show(median(known))} (${show(Math.min(...known))}–${show(Math.max(...known))}) |`;
  };
  return [
    `\`narrows start\` on an empty data directory, then ${options.seconds} s of deliveries of ${pullRequestPayload().body.length.toLocaleString('en')} bytes over ${CONNECTIONS} connections. ` +
      `Medians of ${options.rounds} rounds; in brackets the least and the greatest.`,
    '',
    '| | |',
    '|---|--:|',
    row('From the start of the process until it listens, s', rounds.map(({ startMs }) => startMs / 1000), 2),
    row('Resident memory then, MB', rounds.map(({ atStart }) => atStart), 0),
    row('Deliveries taken', rounds.map(({ deliveries }) => deliveries), 0),
    row('Resident memory afterwards, MB', rounds.map(({ afterwards }) => afterwards), 0),
  ];
}

interface Round {
  readonly startMs: number;
  /** Megabytes; null where the kernel does not tell. */
  readonly atStart: number | null;
  readonly deliveries: number;
  readonly afterwards: number | null;
}

async function measure(seconds: number, round: number): Promise<Round> {
  await mkdir('tmp', { recursive: true });
  const folder = await mkdtemp(join('tmp', 'bench-start-'));
  const main = fileURLToPath(new URL(`../src/main${extname(import.meta.url)}`, import.meta.url));
  const env = { ...process.env, PORT: '0', HOST: '127.0.0.1', NARROWS_DATA_DIR: folder, NARROWS_WEBHOOK_SECRET: SECRET };
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...process.execArgv, main, 'start'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const exited = once(child, 'exit');
  try {
    let said = '';
    for await (const text of child.stderr.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
      said += String(text);
      if (said.includes('listens on')) break;
    }
    child.stderr.resume();
    const startMs = performance.now() - startedAt;
    const port = Number(/listens on http:\/\/[^:]+:(\d+)/.exec(said)?.[1] ?? Number.NaN);
    if (Number.isNaN(port)) throw new Error(`narrows start ended before it listened:\n${said}`);
    const atStart = residentMegabytes(child.pid);
    let count = 0;
    const nextGuid = (): string => `72d3162e-cc78-11e3-${(round % 65_536).toString(16).padStart(4, '0')}-${(count += 1).toString(16).padStart(12, '0')}`;
    await load({ ...pullRequestPayload(), path: '/webhooks/github', port, connections: CONNECTIONS, seconds, nextGuid });
    await sleep(SETTLE_MS);
    return { startMs, atStart, deliveries: count, afterwards: residentMegabytes(child.pid) };
  } finally {
    child.kill('SIGKILL');
    await exited;
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function residentMegabytes(pid: number | undefined): number | null {
  const path = `/proc/${String(pid)}/status`;
  const kilobytes = existsSync(path) ? /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(path, 'utf8'))?.[1] : undefined;
  return kilobytes === undefined ? null : (Number(kilobytes) * 1024) / 1_000_000;
}
