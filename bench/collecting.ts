import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { quantile } from 'simple-statistics';
import type { BenchOptions } from './contract/bench.ts';
import type { Answered } from './querying/ask.ts';
import { deliverSteadily } from './querying/deliveries.ts';
import { pullRequestPayload } from './receiving/payload.ts';
import { startNarrows, startStoring } from './receiving/sides.ts';

/** The heading of its result. */
export const name = 'Acknowledgements while a backfill runs';

/** Pull requests that lie back: more than are collected while it is measured. */
const PULL_REQUESTS = 20_000;

/** Deliveries a second: those of an organisation with two million a day. */
const PER_SECOND = 25;

/** The project's root, from `dist/bench/`. */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * How long GitHub waits for an answer while nothing else happens, and while the same service collects an organisation
 * from a fake GitHub on the same machine: deliveries come at a steady rate, and one that is late counts from when it was due.
 */
export async function run(options: BenchOptions): Promise<string[]> {
  options.progress('nothing else happens');
  const alone = await answered({}, options);
  options.progress('a backfill runs beside');
  const github = await startGitHub();
  try {
    const beside = await answered(github.env, options);
    return [
      `${String(PER_SECOND)} deliveries of ${pullRequestPayload().body.length.toLocaleString('en')} bytes a second for ${String(options.rounds * options.seconds)} s; the fake GitHub and the sender share the machine.`,
      '',
      '| | Deliveries | p50, ms | p99, ms | Slowest, ms |',
      '|---|--:|--:|--:|--:|',
      row('Nothing else', alone),
      row('A backfill', beside),
    ];
  } finally {
    github.child.kill('SIGTERM');
    await once(github.child, 'exit');
  }
}

function row(label: string, answers: readonly Answered[]): string {
  const refused = answers.filter(({ status }) => status !== 202);
  if (refused.length > 0) throw new Error(`${String(refused.length)} deliveries were not answered 202.`);
  const times = answers.map(({ milliseconds }) => milliseconds);
  const shown = [quantile(times, 0.5), quantile(times, 0.99), Math.max(...times)].map((ms) => ms.toFixed(1));
  return `| ${label} | ${times.length.toLocaleString('en')} | ${shown.join(' | ')} |`;
}

async function answered(env: NodeJS.ProcessEnv, { rounds, seconds }: BenchOptions): Promise<readonly Answered[]> {
  const side = await startStoring((folder) => startNarrows(folder, env));
  try {
    let count = 0;
    const nextGuid = (): string => `00000000-0000-0000-0000-${String((count += 1)).padStart(12, '0')}`;
    const deliveries = deliverSteadily(side.port, PER_SECOND, pullRequestPayload(), nextGuid);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    deliveries.taken();
    await new Promise((resolve) => setTimeout(resolve, rounds * seconds * 1_000));
    await deliveries.stop();
    return deliveries.taken();
  } finally {
    await side.stop();
  }
}

/** A fake GitHub in a process of its own, with what connects a service to it. */
async function startGitHub(): Promise<{ readonly child: ChildProcess; readonly env: NodeJS.ProcessEnv }> {
  const args = ['--conditions=source', '--import', 'tsx', 'test/support/fake-github/serve.ts', '--generate', String(PULL_REQUESTS), '--port', '0'];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  // GitHub works on machines of its own: here it stands back behind what is measured.
  if (child.pid !== undefined) setPriority(child.pid, 10);
  let said = '';
  const listening = new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('NARROWS_GITHUB_TOKEN=')) resolve();
    });
  });
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`The fake GitHub ended before it listened:\n${said}`)));
  ended.catch(() => undefined);
  await Promise.race([listening, ended]);
  return { child, env: variables(said.split('As a person')[0] ?? '') };
}

/** As an App; the secret stays that of the bench, which signs deliveries itself. */
function variables(text: string): NodeJS.ProcessEnv {
  const found = [...text.matchAll(/^(NARROWS_GITHUB_\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value] as const);
  return Object.fromEntries(found);
}
