import { z } from 'zod';
import { flowAnswer, flowBody } from '../contract/flow-shapes.ts';
import { QUESTION_PARAMETERS } from '../contract/parameters.ts';
import { questionOf } from '../contract/question.ts';
import { route } from '../contract/route.ts';

const COLUMNS = ['phase', 'standing', 'standing_low', 'standing_high', 'share', 'arrivals_per_week', 'departures_per_week', 'net_arrivals'];

/** Where pull requests stand, over a window: the river and what stands beside it. */
export default route({
  method: 'get',
  path: '/api/v1/phases',
  summary: 'Where pull requests stand',
  description:
    "How many pull requests stand in each phase on average (Little's L), which phase is the bottleneck, what comes in and goes out a week. As CSV: a row a phase. The stays behind it are at `/api/v1/stays`.",
  query: z.object(QUESTION_PARAMETERS),
  params: z.object({}),
  response: flowAnswer,
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
    return flow === null ? null : flowBody(flow);
  },
});
