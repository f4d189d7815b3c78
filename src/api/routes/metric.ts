import { z } from 'zod';
import { NarrowsError } from '#src/core/errors.ts';
import { quoted } from '#src/core/query.ts';
import { didYouMean } from '#src/core/suggestion.ts';
import { metricAnswer, metricAnswerBody } from '../contract/metric-shapes.ts';
import { parameter, QUESTION_PARAMETERS } from '../contract/parameters.ts';
import { questionOf } from '../contract/question.ts';
import { route } from '../contract/route.ts';
import { waitFigureBody } from '../contract/shapes.ts';

/** One metric over a window: its figure, the naive one beside it, week by week, by age, and how it came to be. */
export default route({
  method: 'get',
  path: '/api/v1/metrics/{id}',
  summary: 'One metric over a window',
  description: 'Estimates count what still waits and what ended otherwise; `finished_only` is the naive figure beside it. With `by=repository` the same figure for each repository.',
  query: z.object({
    ...QUESTION_PARAMETERS,
    by: parameter<'repository'>({
      expects: '"repository"',
      description: 'The same figure for each part too.',
      read: (text) => (text === 'repository' ? text : null),
      schema: { enum: ['repository'] },
    }).optional(),
  }),
  params: z.object({ id: z.string().meta({ description: 'The id of a metric, as `/api/v1/metrics` lists it.', examples: ['review.first_response'] }) }),
  response: metricAnswer,
  async handle(asked) {
    const { figures, query, params } = asked;
    const ids = figures.metrics().map(({ id }) => id);
    if (!ids.includes(params.id)) throw new NarrowsError('not-found', `There is no metric ${quoted(params.id)}.${didYouMean(params.id, ids)} All stand at /api/v1/metrics.`);
    const question = questionOf(asked);
    const found = await figures.metric(params.id, question);
    if (found === null) return null;
    if (query.by === undefined) return metricAnswerBody(found);
    const parts = await figures.byRepository(params.id, question);
    return { ...metricAnswerBody(found), by_repository: parts.map(({ repository, figure }) => ({ repository: repository.fullName, figure: waitFigureBody(figure) })) };
  },
});
