import { createElement } from 'react';
import { NarrowsError } from '#src/core/errors.ts';
import { formatInstant } from '#src/core/instant.ts';
import { quoted, readQuery, type Query } from '#src/core/query.ts';
import { DataQualityPage } from '../data-quality-page.tsx';
import { CARRIED_PARAMETERS, pageQuestion } from '../page-question.ts';
import { dataQualityView } from '../views/data-quality.ts';
import { askedFormat, sendCsv, sendPage } from './answer.ts';
import { frameFor, type PageRoute } from './page-route.ts';
import { LISTED } from './paging.ts';

const COLUMNS = ['repository', 'kind', 'from', 'to', 'expected', 'stored', 'healed', 'open_gaps'];

/** `/data-quality`: what do the figures not see? Its window ends now unless an end is asked for: what is missing now matters now. */
export const dataQualityRoute: PageRoute = {
  path: '/data-quality',
  parameters: [...CARRIED_PARAMETERS, 'cursor', 'format'],
  async serve(request, response, viewer, context) {
    const { figures, clock } = context;
    const query = readQuery(request.url, this.parameters);
    const question = pageQuestion(query, viewer, figures, clock);
    const from = askedRow(query);
    const window = question.to === null ? { ...question.window, toAt: clock.now() } : question.window;
    const [certificate, frame] = await Promise.all([
      figures.certificate({ ...question, window }),
      frameFor(viewer, context, { current: 'data-quality', zone: figures.zone(question.scope), bar: { path: '/data-quality', own: {}, question } }),
    ]);
    if (certificate === null) throw new NarrowsError('not-found', 'There is no such scope that you may see.');
    if (askedFormat(query) === 'csv') {
      const rows = certificate.repositories.flatMap(({ repository, kinds }) =>
        kinds.flatMap(({ kind, weeks }) => weeks.map((week) => [repository.fullName, kind, formatInstant(week.fromAt), formatInstant(week.toAt), week.expected, week.stored, week.healed, week.openGaps])),
      );
      sendCsv(response, 'data-quality', COLUMNS, rows);
      return;
    }
    sendPage(response, createElement(DataQualityPage, { view: dataQualityView({ frame, question, certificate, from, listed: LISTED }) }));
  },
};

/** The row that a page begins at. */
function askedRow(query: Query): number {
  const text = query['cursor'] ?? '';
  if (text === '') return 0;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new NarrowsError('bad-usage', `The parameter cursor is ${quoted(text)}, which no page of this list leads to.`);
}
