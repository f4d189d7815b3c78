import { z } from 'zod';
import { certificateAnswer, certificateBody } from '../contract/completeness-shapes.ts';
import { QUESTION_PARAMETERS } from '../contract/parameters.ts';
import { questionOf } from '../contract/question.ts';
import { route } from '../contract/route.ts';

const COLUMNS = ['repository', 'kind', 'from', 'to', 'expected', 'stored', 'healed', 'open_gaps'] as const;

/** How much of the truth is stored: expected, stored, healed and missing. */
export default route({
  method: 'get',
  path: '/api/v1/completeness',
  summary: 'What is stored of the truth',
  description:
    'What second sources (list totals, listings, the deliveries log of GitHub) say there should be, and what is stored of it: by repository, kind and ISO week of UTC, for every week that the window touches, with all gaps that touch the window. Without `from`, `to` and `weeks` the window reaches from twelve full weeks back up to now. As CSV: a row a week.',
  query: z.object(QUESTION_PARAMETERS),
  params: z.object({}),
  response: certificateAnswer,
  csv: {
    columns: COLUMNS,
    rows: ({ repositories }) =>
      repositories.flatMap(({ repository, kinds }) => kinds.flatMap(({ kind, weeks }) => weeks.map((week) => [repository, kind, week.from, week.to, week.expected, week.stored, week.healed, week.open_gaps]))),
  },
  async handle(asked) {
    const { from, to, weeks } = asked.query;
    const question = questionOf(asked);
    const isOpen = from === undefined && to === undefined && weeks === undefined;
    const toAt = isOpen ? Math.floor(asked.clock.now() / 1000) * 1000 : question.window.toAt;
    const certificate = await asked.figures.certificate({ ...question, window: { ...question.window, toAt } });
    return certificate === null ? null : certificateBody(certificate);
  },
});
