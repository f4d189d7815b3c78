import { median, quantile } from 'simple-statistics';
import type { BenchOptions } from './contract/bench.ts';
import { load, type LoadFigures, type LoadOptions } from './receiving/load.ts';
import { pullRequestPayload } from './receiving/payload.ts';
import { SIDES, type Side } from './receiving/sides.ts';

/** How many connections deliver at once. */
const CONNECTIONS = 50;

/** What runs before each measurement and is not counted, so that all are measured compiled, seconds. */
const WARM_UP_SECONDS = 1;

export const name = 'Receiving: verified and on disk before the answer';

/**
 * Measures Narrows against `@octokit/webhooks`' own middleware and Probot, both with a handler that does nothing. All
 * get the same signed pull request with GUIDs of their own from the same generator over the same number of
 * connections, each in a process of its own and one at a time. Every round measures every side, beginning with another
 * one each time, and ratios are taken within a round: what the machine does besides meets all of them.
 */
export async function run(options: BenchOptions): Promise<string[]> {
  const payload = pullRequestPayload();
  const sent: SentTo = { ...payload, path: '/webhooks/github', connections: CONNECTIONS, nextGuid: guidSequence() };
  const figures = new Map<Side, LoadFigures[]>(SIDES.map((side) => [side, []]));

  for (let round = 0; round < options.rounds; round += 1) {
    for (const side of rotated(SIDES, round)) {
      const measured = await measure(side, sent, options.seconds);
      figures.get(side)?.push(measured);
      options.progress(`round ${round + 1} of ${options.rounds}: ${side.label}: ${Math.round(measured.perSecond)}/s`);
    }
  }

  return [
    `Payload: GitHub's example of a pull request, ${payload.body.length.toLocaleString('en')} bytes; ${CONNECTIONS} connections, ` +
      `${options.rounds} rounds of ${options.seconds} s. Medians; in brackets the least and the greatest of the rounds.`,
    '',
    '| Server | Deliveries/s | Of the middleware | Of Probot | p50, ms | p99, ms | Slowest, ms |',
    '|---|--:|--:|--:|--:|--:|--:|',
    ...SIDES.map((side) => row(side, figures)),
  ];
}

type SentTo = Omit<LoadOptions, 'port' | 'seconds'>;

async function measure(side: Side, sent: SentTo, seconds: number): Promise<LoadFigures> {
  const running = await side.start();
  try {
    await load({ ...sent, port: running.port, seconds: WARM_UP_SECONDS });
    const measured = await load({ ...sent, port: running.port, seconds });
    const refused = [...measured.statuses].filter(([status]) => status < 200 || status > 299);
    if (refused.length > 0) {
      const end = running.ended() ?? 'still running';
      throw new Error(`${side.label} (${end}) did not answer 2xx to all; statuses and their counts, 0 for a broken connection: ${JSON.stringify(refused)}`);
    }
    return measured;
  } finally {
    await running.stop();
  }
}

function row(side: Side, figures: ReadonlyMap<Side, readonly LoadFigures[]>): string {
  const own = figures.get(side) ?? [];
  const ratios = SIDES.slice(0, 2).map((reference) => {
    const theirs = figures.get(reference) ?? [];
    return side === reference ? '1' : spread(own.map((figure, round) => figure.perSecond / (theirs[round]?.perSecond ?? NaN)), 2);
  });
  const cells = [
    side.label,
    spread(own.map(({ perSecond }) => perSecond), 0),
    ...ratios,
    ...[own.map(({ p50 }) => p50), own.map(({ p99 }) => p99), own.map(({ slowest }) => slowest)].map((values) => spread(values, 1)),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** A median with the least and greatest value. */
function spread(values: readonly number[], digits: number): string {
  const sorted = [...values].sort((a, b) => a - b);
  const show = (value: number): string => value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${show(median(sorted))} (${show(quantile(sorted, 0))}–${show(quantile(sorted, 1))})`;
}

/** GUIDs of GitHub's form, no two alike. */
function guidSequence(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `72d3162e-cc78-11e3-81ab-${count.toString(16).padStart(12, '0')}`;
  };
}

function rotated<T>(items: readonly T[], by: number): T[] {
  const start = by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
