import { z } from 'zod';
import { formatScope } from '#src/domain/scope.ts';
import { QUESTION_PARAMETERS } from '../contract/parameters.ts';
import { questionOf } from '../contract/question.ts';
import { route } from '../contract/route.ts';
import { change, changeBody, count, estimate, estimateBody, gap, gapBody, phase, share, window, windowBody } from '../contract/shapes.ts';

const perWeek = z.number().nonnegative().describe('A week.');

const COLUMNS = ['phase', 'standing', 'standing_low', 'standing_high', 'share', 'arrivals_per_week', 'departures_per_week', 'net_arrivals'];

/** Where pull requests stand, over a window: the river and what stands beside it. */
export default route({
  method: 'get',
  path: '/api/v1/phases',
  summary: 'Where pull requests stand',
  description: "How many pull requests stand in each phase on average (Little's L), which phase is the bottleneck, what comes in and goes out a week. As CSV: a row a phase.",
  query: z.object(QUESTION_PARAMETERS),
  params: z.object({}),
  response: z.strictObject({
    scope: z.string(),
    window,
    phases: z.array(
      z.strictObject({
        phase,
        standing: estimate,
        share: share.nullable(),
        arrivals_per_week: perWeek,
        departures_per_week: perWeek,
        net_arrivals: z.int(),
        weekly: z.array(z.number().nonnegative()).describe('L of each week of the window.'),
        change: change.nullable(),
      }),
    ),
    bottleneck: z.array(phase).describe('The phases named as the bottleneck: several where the figures do not tell them apart, none where nothing stands.'),
    beside: z.array(z.strictObject({ what: z.enum(['drafts', 'bots', 'standing-still']), standing: estimate, now: count })).describe('Counted alike and never added.'),
    entering_per_week: perWeek,
    merged_per_week: perWeek,
    closed_per_week: perWeek,
    standing: z.number().nonnegative(),
    now: count,
    n: count,
    gaps: z.array(gap),
  }),
  csv: {
    columns: COLUMNS,
    rows: ({ phases }) =>
      phases.map((row) => [
        row.phase,
        row.standing.value,
        row.standing.interval?.low ?? null,
        row.standing.interval?.high ?? null,
        row.share,
        row.arrivals_per_week,
        row.departures_per_week,
        row.net_arrivals,
      ]),
  },
  async handle(asked) {
    const flow = await asked.figures.flow(questionOf(asked));
    if (flow === null) return null;
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
  },
});
