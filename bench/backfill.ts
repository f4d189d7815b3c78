import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BenchOptions } from './contract/bench.ts';

/** The heading of its result. */
export const name = 'Backfill: requests, points, time and memory';

/** An organisation of the size that the documented limits are worked out for. */
const REPOSITORIES = 200;
const PULL_REQUESTS = 100;

/** How often each killed backfill is killed. */
const KILLS = [0, 1, 3] as const;

/** Pull requests of the backfill whose memory is looked at. */
const MANY = Number(process.env['NARROWS_BENCH_STORED'] ?? 100_000);

/** The project's root, from `dist/bench/`. */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

interface Measured {
  readonly pullRequests: number;
  readonly requests: number;
  readonly points: number;
  readonly repeated: number;
  readonly githubSeconds: number;
  readonly machineSeconds: number;
  readonly violations: number;
  readonly heap: readonly number[];
}

/**
 * Collects 20,000 pull requests of 200 repositories, with everything that belongs to them, from a fake GitHub that
 * enforces the documented limits exactly. Its clock jumps wherever all wait, so that hours pass in moments; the
 * machine's seconds are mostly the fake's own. It is a support of the tests and runs from their sources.
 */
export async function run(options: BenchOptions): Promise<string[]> {
  const rows: string[] = [];
  for (const kills of KILLS) {
    options.progress(`backfill killed ${String(kills)} times`);
    rows.push(row(kills, await measure({ repositories: REPOSITORIES, pullRequests: PULL_REQUESTS, kills, seed: 1 })));
  }
  options.progress(`memory over ${MANY.toLocaleString('en')} pull requests`);
  const { heap } = await measure({ repositories: MANY / 200, pullRequests: 200, kills: 0, seed: 1, isMadeUp: true });
  const megabytes = heap.map((bytes) => (bytes / 1e6).toFixed(1));
  return [
    `${(REPOSITORIES * PULL_REQUESTS).toLocaleString('en')} pull requests of ${String(REPOSITORIES)} repositories, as bitcoin-core/gui has them: reviews, requests, drafts, all commits, comments and inline comments.`,
    '',
    "| Killed | Requests | For 1,000 | Points | Repeated | Limits exceeded | Seconds by GitHub's clock | Seconds of this machine, fake included |",
    '|--:|--:|--:|--:|--:|--:|--:|--:|',
    ...rows,
    '',
    `Heap of collector and fake together after each tenth of ${MANY.toLocaleString('en')} pull requests, MB: ${megabytes.join(', ')}.`,
  ];
}

function row(kills: number, { pullRequests, requests, points, repeated, violations, githubSeconds, machineSeconds }: Measured): string {
  const perThousand = ((requests * 1_000) / pullRequests).toFixed(1);
  const cells = [kills, requests, perThousand, points, repeated, violations, githubSeconds, machineSeconds];
  return `| ${cells.map((cell) => cell.toLocaleString('en')).join(' | ')} |`;
}

/** In a process of its own. Throws where a limit was exceeded: then nothing else counts. */
async function measure(asked: { readonly repositories: number; readonly pullRequests: number; readonly kills: number; readonly seed: number; readonly isMadeUp?: boolean }): Promise<Measured> {
  const script = `import { measureBackfill } from '#test/support/backfill-measure.ts';
    process.stdout.write(JSON.stringify(await measureBackfill(${JSON.stringify(asked)})));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', '--conditions=source', '--import', 'tsx', '--input-type=module', '--eval', script], { cwd: ROOT, maxBuffer: 2 ** 20 });
  const measured: unknown = JSON.parse(stdout);
  if (!isMeasured(measured)) throw new Error(`The measurement gave ${stdout}`);
  if (measured.violations > 0) throw new Error(`The backfill exceeded a limit ${String(measured.violations)} times.`);
  return measured;
}

function isMeasured(value: unknown): value is Measured {
  return typeof value === 'object' && value !== null && 'requests' in value && 'violations' in value;
}
