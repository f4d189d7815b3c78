import { z } from 'zod';
import { formatScope } from '#src/domain/scope.ts';
import { WAIT_COLUMNS } from '#src/figures/wait-row.ts';
import { DEFAULT_ITEMS, PAGE_PARAMETERS, QUESTION_PARAMETERS, STAGE_PARAMETER } from '../contract/parameters.ts';
import { questionOf } from '../contract/question.ts';
import { route } from '../contract/route.ts';
import { stage, window, windowBody } from '../contract/shapes.ts';
import { wait, waitBody } from '../contract/wait-shapes.ts';

/** The waits behind a figure, one by one. */
export default route({
  method: 'get',
  path: '/api/v1/waits',
  summary: 'The waits behind a figure',
  description:
    'Waits that waited at some instant of the window, the oldest first, a page at a time: `next`, also as `Link: rel="next"`, leads on and is null on the last page. As CSV: the columns of `narrows export waits`. Persons are left out unless the policy names them.',
  query: z.object({ ...QUESTION_PARAMETERS, stage: STAGE_PARAMETER.optional(), ...PAGE_PARAMETERS }),
  params: z.object({}),
  response: z.strictObject({ scope: z.string(), window, stage: stage.nullable(), waits: z.array(wait), next: z.string().nullable() }),
  csv: {
    columns: WAIT_COLUMNS,
    rows: ({ waits }) => waits.map((row) => WAIT_COLUMNS.map((column) => row[column])),
  },
  async handle(asked) {
    const { figures, query, names } = asked;
    const question = questionOf(asked);
    const page = await figures.waits({ ...question, stage: query.stage ?? null, cursor: query.cursor ?? null, limit: query.limit ?? DEFAULT_ITEMS });
    if (page === null) return null;
    return {
      scope: formatScope(question.scope),
      window: windowBody(question.window),
      stage: query.stage ?? null,
      waits: page.items.map((item) => waitBody(item, names)),
      next: page.next,
    };
  },
});
