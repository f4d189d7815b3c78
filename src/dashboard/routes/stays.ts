import { createElement } from 'react';
import { csvLine } from '#src/core/csv.ts';
import { NarrowsError } from '#src/core/errors.ts';
import { formatInstant } from '#src/core/instant.ts';
import { quoted, readQuery } from '#src/core/query.ts';
import type { StayItem, Stock } from '#src/domain/figures.ts';
import { isStock, STOCKS } from '#src/figures/stocks.ts';
import { CARRIED_PARAMETERS, pageQuestion } from '../page-question.ts';
import { StaysPage } from '../stays-page.tsx';
import { staysView } from '../views/stays.ts';
import { sendPage, askedFormat } from './answer.ts';
import { allPages, askedCursor, LISTED, READ_AT_ONCE } from './paging.ts';
import { frameFor, type PageRoute } from './page-route.ts';

const COLUMNS = ['repository', 'number', 'phase', 'entered_at', 'left_at', 'counted_seconds'];

/** `/stays?stock=…`: the stays behind a stock. */
export const staysRoute: PageRoute = {
  path: '/stays',
  parameters: ['stock', ...CARRIED_PARAMETERS, 'cursor', 'format'],
  async serve(request, response, viewer, context) {
    const { figures, policy, clock } = context;
    const query = readQuery(request.url, this.parameters);
    const stock = askedStock(query['stock']);
    const question = pageQuestion(query, viewer, figures, clock);
    const cursor = askedCursor(query);
    if (askedFormat(query) === 'csv') {
      let text = csvLine(COLUMNS);
      for await (const item of allPages((at) => figures.stays({ ...question, stock, cursor: at, limit: READ_AT_ONCE }), cursor)) text += csvLine(row(item));
      response.type('text/csv').attachment('stays.csv').send(text);
      return;
    }
    const [flow, page, frame] = await Promise.all([
      figures.flow(question),
      figures.stays({ ...question, stock, cursor, limit: LISTED }),
      frameFor(viewer, context, { current: null, zone: figures.zone(question.scope), bar: { path: '/stays', own: { stock }, question } }),
    ]);
    if (flow === null || page === null) throw new NarrowsError('not-found', 'There is no such scope that you may see.');
    sendPage(response, createElement(StaysPage, { view: staysView({ frame, question, stock, flow, page, cursor, staleAfterSeconds: policy.staleAfterSeconds }) }));
  },
};

function askedStock(text: string | undefined): Stock {
  if (text !== undefined && isStock(text)) return text;
  const is = text === undefined ? 'is missing' : `is ${quoted(text)}`;
  throw new NarrowsError('bad-usage', `The parameter stock ${is}: it is one of ${STOCKS.join(', ')}.`);
}

function row({ repository, number, phase, enteredAt, leftAt, countedSeconds }: StayItem): (string | number | null)[] {
  return [repository.fullName, number, phase, formatInstant(enteredAt), leftAt === null ? null : formatInstant(leftAt), countedSeconds];
}
