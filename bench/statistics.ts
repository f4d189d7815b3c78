import { median } from 'simple-statistics';
import { uniform, xoshiro128, type Random } from '#src/core/statistics/random.ts';
import { standardNormal } from '#src/core/statistics/standard-normal.ts';
import { estimateStanding } from '#src/core/statistics/standing-estimate.ts';
import { compareWaits } from '#src/core/statistics/wait-comparison.ts';
import { estimateWaits } from '#src/core/statistics/wait-estimate.ts';
import type { ObservableWait } from '#src/core/statistics/observable-wait.ts';
import { HEADLINE_AGES_SECONDS } from '#src/domain/figure.ts';
import { PHASES } from '#src/domain/wait.ts';
import type { BenchOptions } from './contract/bench.ts';

export const name = 'Statistics: estimates of 100,000 waits';

const WAITS = 100_000;
const DAY_MS = 86_400_000;
const QUARTER = { fromAt: 0, toAt: 84 * DAY_MS };
const ASKED = ['responded'];

/** Measures how long one core takes from waits to a figure with its intervals. */
export function run(options: BenchOptions): Promise<string[]> {
  const random = xoshiro128(1);
  const alone = waitsOf(WAITS, 1, random);
  const three = waitsOf(WAITS, 3, random);
  const question = { window: QUARTER, asked: ASKED, agesSeconds: HEADLINE_AGES_SECONDS, seed: 1 };
  const stays = staysOf(WAITS, random);
  const [now, before] = [{ fromAt: QUARTER.toAt / 2, toAt: QUARTER.toAt }, { fromAt: 0, toAt: QUARTER.toAt / 2 }];

  const row = (label: string, work: () => unknown): string => {
    work();
    const times = Array.from({ length: options.rounds }, () => milliseconds(work));
    options.progress(`${label}: ${median(times).toFixed(1)} ms`);
    return `| ${label} | ${median(times).toFixed(1)} |`;
  };

  return Promise.resolve([
    `Waits of a quarter, a tenth of them still waiting, every one with its interval; medians of ${options.rounds} rounds.`,
    '',
    '| | ms |',
    '|---|--:|',
    row('One wait a subject', () => estimateWaits(alone, question)),
    row('Three waits a subject, subjects resampled', () => estimateWaits(three, question)),
    row('1,000 waits, one a subject', () => estimateWaits(alone.slice(0, 1_000), question)),
    row('1,000 waits, three a subject', () => estimateWaits(three.slice(0, 1_000), question)),
    row('Two windows compared', () => compareWaits(alone, now, before, ASKED)),
    row('Bottleneck of 100,000 pull requests', () => estimateStanding(PHASES, stays, QUARTER.toAt, xoshiro128(1))),
    row('Bottleneck of 10,000 pull requests', () => estimateStanding(PHASES, stays.slice(0, 10_000), QUARTER.toAt, xoshiro128(1))),
    row('Bottleneck of 1,000 pull requests', () => estimateStanding(PHASES, stays.slice(0, 1_000), QUARTER.toAt, xoshiro128(1))),
  ]);
}

/** Waits that overlap the quarter: hours to days long, one in twenty ends otherwise, one in ten still waits, one in eight was paused. */
function waitsOf(count: number, perSubject: number, random: Random): ObservableWait[] {
  return Array.from({ length: count }, (_, i) => {
    const startedAt = Math.round((uniform(random) * 94 - 10) * DAY_MS);
    const lengthMs = Math.round(5 * 3_600_000 * Math.exp(1.6 * standardNormal(random)));
    const endedAt = uniform(random) < 0.1 ? null : Math.max(0, startedAt) + lengthMs;
    const outcome = endedAt === null ? null : uniform(random) < 0.05 ? 'closed' : 'responded';
    const pauses = i % 8 === 0 ? [{ fromAt: startedAt + 1_000, toAt: startedAt + 3_601_000 }] : [];
    return { subject: `acme/api#${Math.floor(i / perSubject)}`, startedAt, endedAt, outcome, pausedSeconds: 0, pauses };
  });
}

/** The time of each pull request in three of the phases, in the order of `PHASES`. */
function staysOf(count: number, random: Random): number[][] {
  return Array.from({ length: count }, (_, i) => PHASES.map((_phase, p) => ((p + i) % 4 === 0 ? Math.round(DAY_MS * Math.exp(standardNormal(random))) : 0)));
}

function milliseconds(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
