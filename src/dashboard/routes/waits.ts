import { createElement } from 'react';
import { csvLine } from '#src/core/csv.ts';
import { NarrowsError } from '#src/core/errors.ts';
import { quoted, readQuery } from '#src/core/query.ts';
import { isStage, STAGES, type Stage } from '#src/domain/wait.ts';
import { WAIT_COLUMNS, waitRow } from '#src/figures/wait-row.ts';
import { CARRIED_PARAMETERS, pageQuestion } from '../page-question.ts';
import { waitsView } from '../views/waits.ts';
import { WaitsPage } from '../waits-page.tsx';
import { askedFormat, sendPage } from './answer.ts';
import { allPages, askedCursor, LISTED, READ_AT_ONCE } from './paging.ts';
import { frameFor, type PageRoute } from './page-route.ts';

/** `/waits?stage=…`: the waits behind a figure. */
export const waitsRoute: PageRoute = {
  path: '/waits',
  parameters: ['stage', ...CARRIED_PARAMETERS, 'cursor', 'format'],
  async serve(request, response, viewer, context) {
    const { figures, policy, clock } = context;
    const query = readQuery(request.url, this.parameters);
    const stage = askedStage(query['stage']);
    const question = pageQuestion(query, viewer, figures, clock);
    const cursor = askedCursor(query);
    if (askedFormat(query) === 'csv') {
      let text = csvLine(WAIT_COLUMNS);
      for await (const item of allPages((at) => figures.waits({ ...question, stage, cursor: at, limit: READ_AT_ONCE }), cursor)) text += csvLine(waitRow(item, policy.names));
      response.type('text/csv').attachment('waits.csv').send(text);
      return;
    }
    const id = figures.metrics().find((metric) => metric.stage === stage)?.id ?? null;
    const [metric, page, frame] = await Promise.all([
      id === null ? null : figures.metric(id, question),
      figures.waits({ ...question, stage, cursor, limit: LISTED }),
      frameFor(viewer, context, { current: null, zone: figures.zone(question.scope), bar: { path: '/waits', own: { stage }, question } }),
    ]);
    if (page === null) throw new NarrowsError('not-found', 'There is no such scope that you may see.');
    sendPage(response, createElement(WaitsPage, { view: waitsView({ frame, question, stage, metric, page, cursor, names: policy.names }) }));
  },
};

function askedStage(text: string | undefined): Stage {
  if (text !== undefined && isStage(text)) return text;
  const is = text === undefined ? 'is missing' : `is ${quoted(text)}`;
  throw new NarrowsError('bad-usage', `The parameter stage ${is}: it is one of ${Object.keys(STAGES).join(', ')}.`);
}
