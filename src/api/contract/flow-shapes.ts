import { z } from 'zod';
import { formatInstant } from '#src/core/instant.ts';
import type { FlowFigure, StayItem } from '#src/domain/figures.ts';
import { formatScope } from '#src/domain/scope.ts';
import { change, changeBody, count, estimate, estimateBody, gap, gapBody, instant, phase, seconds, share, window, windowBody } from './shapes.ts';

const perWeek = z.number().nonnegative().describe('A week.');

/** What stands in one phase of the river. */
export const standingPhase = z.strictObject({
  phase,
  standing: estimate.describe("Little's L: pull requests that stand there on average."),
  share: share.nullable(),
  arrivals_per_week: perWeek,
  departures_per_week: perWeek,
  net_arrivals: z.int(),
  weekly: z.array(z.number().nonnegative()).describe('L of each week of the window.'),
  change: change.nullable(),
});

/** What is counted like the river and never added to it. */
export const beside = z.strictObject({ what: z.enum(['drafts', 'bots', 'standing-still']), standing: estimate, now: count });

/** Where pull requests stand, over a window. */
export const flowAnswer = z.strictObject({
  scope: z.string(),
  window,
  phases: z.array(standingPhase),
  bottleneck: z.array(phase).describe('The phases named as the bottleneck: several where the figures do not tell them apart, none where nothing stands.'),
  beside: z.array(beside).describe('Counted alike and never added.'),
  entering_per_week: perWeek,
  merged_per_week: perWeek,
  closed_per_week: perWeek,
  standing: z.number().nonnegative().describe('All that stand in the river on average.'),
  now: count.describe("All that stand in it at the window's end."),
  n: count.describe('Pull requests that contribute.'),
  gaps: z.array(gap),
});

/** A stay of a pull request in a phase. */
export const stay = z.strictObject({
  repository: z.string(),
  number: count,
  title: z.string().nullable(),
  phase,
  entered_at: instant,
  left_at: instant.nullable().describe('Null: it is still there.'),
  counted_seconds: seconds.describe('What of it the stock counts, inside the window.'),
});

/** A flow in the words of the API. */
export function flowBody(flow: FlowFigure): z.input<typeof flowAnswer> {
  return {
    scope: formatScope(flow.scope),
    window: windowBody(flow.window),
    phases: flow.phases.map((row) => ({
      phase: row.phase,
      standing: estimateBody(row.standing),
      share: row.share,
      arrivals_per_week: row.arrivalsPerWeek,
      departures_per_week: row.departuresPerWeek,
      net_arrivals: row.netArrivals,
      weekly: [...row.weekly],
      change: row.change === null ? null : changeBody(row.change),
    })),
    bottleneck: [...flow.bottleneck],
    beside: flow.beside.map(({ what, standing, now }) => ({ what, standing: estimateBody(standing), now })),
    entering_per_week: flow.enteringPerWeek,
    merged_per_week: flow.mergedPerWeek,
    closed_per_week: flow.closedPerWeek,
    standing: flow.standing,
    now: flow.now,
    n: flow.n,
    gaps: flow.gaps.map(gapBody),
  };
}

/** A stay in the words of the API. */
export function stayBody({ repository, number, title, phase: of, enteredAt, leftAt, countedSeconds }: StayItem): z.input<typeof stay> {
  return {
    repository: repository.fullName,
    number,
    title,
    phase: of,
    entered_at: formatInstant(enteredAt),
    left_at: leftAt === null ? null : formatInstant(leftAt),
    counted_seconds: countedSeconds,
  };
}
