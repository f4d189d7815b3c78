import { z } from 'zod';
import { formatScope } from '#src/domain/scope.ts';
import { isStock, STOCKS } from '#src/figures/stocks.ts';
import { stay, stayBody } from '../contract/flow-shapes.ts';
import { DEFAULT_ITEMS, PAGE_PARAMETERS, parameter, QUESTION_PARAMETERS } from '../contract/parameters.ts';
import { questionOf } from '../contract/question.ts';
import { route } from '../contract/route.ts';
import { window, windowBody } from '../contract/shapes.ts';

const stock = parameter<(typeof STOCKS)[number]>({
  expects: `a stock: ${STOCKS.join(', ')}`,
  description: 'Only what this stock counts: a phase of the river while its pull requests moved, or what stands beside the river. Without it every stay of every pull request.',
  read: (text) => (isStock(text) ? text : null),
  schema: { enum: STOCKS },
});

const COLUMNS = ['repository', 'number', 'phase', 'entered_at', 'left_at'] as const;

/** Where each pull request was, and when: the stays behind the phases. */
export default route({
  method: 'get',
  path: '/api/v1/stays',
  summary: 'The stays behind the phases',
  description:
    "Stays of pull requests in phases that overlap the window, uncut, the oldest first, a page at a time. What a stock counts of its stays adds up to its L times the window's length. As CSV: the columns of `narrows export phases`.",
  query: z.object({ ...QUESTION_PARAMETERS, stock: stock.optional(), ...PAGE_PARAMETERS }),
  params: z.object({}),
  response: z.strictObject({ scope: z.string(), window, stock: z.enum(STOCKS).nullable(), stays: z.array(stay), next: z.string().nullable() }),
  csv: {
    columns: COLUMNS,
    rows: ({ stays }) => stays.map((row) => COLUMNS.map((column) => row[column])),
  },
  async handle(asked) {
    const { figures, query } = asked;
    const question = questionOf(asked);
    const page = await figures.stays({ ...question, stock: query.stock ?? null, cursor: query.cursor ?? null, limit: query.limit ?? DEFAULT_ITEMS });
    if (page === null) return null;
    return {
      scope: formatScope(question.scope),
      window: windowBody(question.window),
      stock: query.stock ?? null,
      stays: page.items.map(stayBody),
      next: page.next,
    };
  },
});
