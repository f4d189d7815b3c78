import type { Stretch } from '#src/core/stretch.ts';
import { xoshiro128 } from '#src/core/statistics/random.ts';
import { estimateStanding } from '#src/core/statistics/standing-estimate.ts';
import type { Estimate, PhaseFigure } from '#src/domain/figure.ts';
import type { BesideFigure, FlowFigure } from '#src/domain/figures.ts';
import type { PullRequestLife } from '#src/domain/subject.ts';
import type { Phase, PhaseStay } from '#src/domain/wait.ts';
import { staysWhileMoving } from '#src/waits/moving-time.ts';
import { phaseFlow, standing } from '#src/waits/phase-window.ts';

/** The phases of the river that can be known without checks and deployments, in its order. */
export const RIVER_PHASES = ['awaiting_first_response', 'awaiting_review', 'author_rework', 'awaiting_merge', 'merge_queue'] as const satisfies readonly Phase[];

const WEEK_MS = 7 * 86_400_000;

/** Replicates start from the same seed, so that the same facts name the same bottleneck. */
const SEED = 20_251_123;

/** What stands where over a window (`definitions.md` 5), from the lives that overlap it. */
export function readFlow(lives: readonly PullRequestLife[], window: Stretch, weeks: readonly Stretch[]): Omit<FlowFigure, 'scope' | 'gaps'> {
  const humans = lives.filter((life) => life.isByHuman);
  const moving = humans.map((life) => ({ life, stays: staysWhileMoving(life.stays, life.moving) }));
  const length = window.toAt - window.fromAt;
  const rows = moving.map(({ stays }) => inPhases(stays, window));
  const estimate = estimateStanding(RIVER_PHASES, rows, length, xoshiro128(SEED));
  const total = estimate.phases.reduce((sum, phase) => sum + phase.standing.value, 0);
  const flows = phaseFlow(humans.flatMap((life) => life.stays), window);
  const perWeek = WEEK_MS / length;
  const weekly = standingByWeek(moving.flatMap(({ stays }) => stays), weeks);
  const phases = estimate.phases.map(({ phase, standing: value }): PhaseFigure => {
    const { arrivals, departures } = flows[phase];
    return {
      phase,
      standing: value,
      share: total === 0 ? null : value.value / total,
      arrivalsPerWeek: arrivals * perWeek,
      departuresPerWeek: departures * perWeek,
      netArrivals: arrivals - departures,
      weekly: weekly.map((week) => week[phase]),
      change: null,
    };
  });
  const isIn = (at: number | null): boolean => at !== null && at >= window.fromAt && at < window.toAt;
  const ended = humans.filter((life) => isIn(life.endedAt));
  return {
    window,
    phases,
    bottleneck: estimate.bottleneck,
    beside: besideRiver(lives, window),
    enteringPerWeek: humans.reduce((sum, life) => sum + entries(life, isIn), 0) * perWeek,
    mergedPerWeek: ended.filter(({ endedBy }) => endedBy === 'merged').length * perWeek,
    closedPerWeek: ended.filter(({ endedBy }) => endedBy === 'closed').length * perWeek,
    standing: total,
    now: moving.filter(({ stays }) => isInRiver(stays, window.toAt)).length,
    n: rows.filter((row) => row.some((time) => time > 0)).length,
  };
}

/** Time spent in each phase of the river inside a window, ms. */
function inPhases(stays: readonly PhaseStay[], { fromAt, toAt }: Stretch): number[] {
  const sums = RIVER_PHASES.map(() => 0);
  for (const { phase, enteredAt, leftAt } of stays) {
    const place = RIVER_PHASES.findIndex((known) => known === phase);
    const spent = Math.min(leftAt ?? toAt, toAt) - Math.max(enteredAt, fromAt);
    if (place >= 0 && spent > 0) sums[place] = (sums[place] ?? 0) + spent;
  }
  return sums;
}

/** L of each week, which looks only at the stays that touch it. */
function standingByWeek(stays: readonly PhaseStay[], weeks: readonly Stretch[]): Record<Phase, number>[] {
  const touching: PhaseStay[][] = weeks.map(() => []);
  for (const stay of stays) {
    const first = weeks.findIndex(({ toAt }) => toAt > stay.enteredAt);
    for (let week = first; week >= 0 && week < weeks.length && (stay.leftAt ?? Infinity) > (weeks[week]?.fromAt ?? 0); week += 1) touching[week]?.push(stay);
  }
  return weeks.map((week, place) => standing(touching[place] ?? [], week));
}

function isRiver(phase: Phase): boolean {
  return RIVER_PHASES.some((known) => known === phase);
}

/** How often it came into the river from outside: by being opened, leaving a draft or being reopened. */
function entries({ stays }: PullRequestLife, isIn: (at: number) => boolean): number {
  return stays.filter(({ phase, enteredAt }, index) => {
    const before = stays[index - 1];
    const comesFromRiver = before !== undefined && isRiver(before.phase) && before.leftAt === enteredAt;
    return isRiver(phase) && !comesFromRiver && isIn(enteredAt);
  }).length;
}

function isInRiver(stays: readonly PhaseStay[], at: number): boolean {
  return stays.some(({ phase, enteredAt, leftAt }) => isRiver(phase) && enteredAt < at && (leftAt === null || leftAt >= at));
}

/** Drafts, bots' pull requests and those that stand still: counted alike, never added. */
function besideRiver(lives: readonly PullRequestLife[], window: Stretch): BesideFigure[] {
  const humans = lives.filter((life) => life.isByHuman);
  const bots = lives.filter((life) => !life.isByHuman);
  const drafts = humans.map(({ stays }) => stays.filter(({ phase }) => phase === 'draft'));
  const botStays = bots.map(({ stays }) => stays.filter(({ phase }) => phase !== 'ended'));
  const still = humans.map((life) => stillStays(life, window));
  return [
    { what: 'drafts', ...stock(drafts, window) },
    { what: 'bots', ...stock(botStays, window) },
    { what: 'standing-still', ...stock(still, window) },
  ];
}

/** The parts of its stays in the river in which it did not move. */
export function stillStays(life: PullRequestLife, window: Stretch): PhaseStay[] {
  const river = life.stays.filter(({ phase }) => isRiver(phase));
  const rest: PhaseStay[] = [];
  for (const { phase, enteredAt, leftAt } of river) {
    let from = enteredAt;
    const end = leftAt ?? Math.max(window.toAt, enteredAt);
    for (const { fromAt, toAt } of life.moving) {
      if (toAt <= from || fromAt >= end) continue;
      if (fromAt > from) rest.push({ phase, enteredAt: from, leftAt: fromAt });
      from = Math.max(from, toAt);
    }
    if (from < end) rest.push({ phase, enteredAt: from, leftAt: leftAt === null ? null : end });
  }
  return rest;
}

function stock(subjects: readonly (readonly PhaseStay[])[], window: Stretch): { readonly standing: Estimate; readonly now: number } {
  const length = window.toAt - window.fromAt;
  const rows = subjects.map((stays) => [stays.reduce((sum, { enteredAt, leftAt }) => sum + Math.max(0, Math.min(leftAt ?? window.toAt, window.toAt) - Math.max(enteredAt, window.fromAt)), 0)]);
  const [estimate] = estimateStanding(['all'] as const, rows, length, xoshiro128(SEED), 1).phases;
  const now = subjects.filter((stays) => stays.some(({ enteredAt, leftAt }) => enteredAt < window.toAt && (leftAt === null || leftAt >= window.toAt))).length;
  return { standing: estimate?.standing ?? { value: 0, interval: null }, now };
}
