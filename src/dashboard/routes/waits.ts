import { createElement } from 'react';
import type { Response } from 'express';
import { csvLine } from '#src/core/csv.ts';
import { NarrowsError } from '#src/core/errors.ts';
import { quoted, readQuery } from '#src/core/query.ts';
import type { Figures, WaitListQuestion } from '#src/domain/figures.ts';
import { isStage, STAGES, type Stage } from '#src/domain/wait.ts';
import { WAIT_COLUMNS, waitRow } from '#src/figures/wait-row.ts';
import { CARRIED_PARAMETERS, pageQuestion } from '../page-question.ts';
import { waitsView } from '../views/waits.ts';
import { WaitsPage } from '../waits-page.tsx';
import { askedFormat, sendPage } from './answer.ts';
import { frameFor, type PageRoute } from './page-route.ts';

/** How many waits a page lists, and how many are read at once for CSV. */
const LISTED = 50;
const READ_AT_ONCE = 1000;

/** `/waits?stage=…`: the waits behind a figure. */
export const waitsRoute: PageRoute = {
  path: '/waits',
  parameters: ['stage', ...CARRIED_PARAMETERS, 'cursor', 'format'],
  async serve(request, response, viewer, context) {
    const { figures, policy, clock } = context;
    const query = readQuery(request.url, this.parameters);
    const stage = askedStage(query['stage']);
    const question = pageQuestion(query, viewer, figures, clock);
    const cursor = askedCursor(query['cursor']);
    if (askedFormat(query) === 'csv') {
      await sendAll(response, figures, { ...question, stage, cursor, limit: READ_AT_ONCE }, policy.names);
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

function askedCursor(text: string | undefined): string | null {
  if (text === undefined || text === '') return null;
  if (/^[\w.~=-]{1,512}$/.test(text)) return text;
  throw new NarrowsError('bad-usage', `The parameter cursor is ${quoted(text)}, which no page of this list leads to.`);
}

/** Writes all waits from the cursor on, a page after the other, so that any number fits in memory. */
async function sendAll(response: Response, figures: Figures, question: WaitListQuestion, names: boolean): Promise<void> {
  let page = await figures.waits(question);
  if (page === null) throw new NarrowsError('not-found', 'There is no such scope that you may see.');
  let text = csvLine(WAIT_COLUMNS);
  for (;;) {
    for (const item of page.items) text += csvLine(waitRow(item, names));
    if (page.next === null) break;
    page = await figures.waits({ ...question, cursor: page.next });
    if (page === null) break;
  }
  response.type('text/csv').attachment('waits.csv').send(text);
}
