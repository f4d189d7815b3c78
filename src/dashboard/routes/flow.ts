import { createElement } from 'react';
import { NarrowsError } from '#src/core/errors.ts';
import { readQuery } from '#src/core/query.ts';
import { FlowPage } from '../flow-page.tsx';
import { CARRIED_PARAMETERS, pageQuestion } from '../page-question.ts';
import { flowView } from '../views/flow.ts';
import { askedFormat, sendCsv, sendPage } from './answer.ts';
import { frameFor, type PageRoute } from './page-route.ts';

/** The waits that stand beside the river. */
const GLANCES = ['review.first_response', 'review.approval', 'change.merge'];

/** How many of what waits longest are listed. */
const LISTED = 8;

const PHASE_COLUMNS = ['phase', 'standing', 'standing_low', 'standing_high', 'share', 'arrivals_per_week', 'departures_per_week', 'net_arrivals'];

/** `/`: where does it stand? */
export const flowRoute: PageRoute = {
  path: '/',
  parameters: [...CARRIED_PARAMETERS, 'format'],
  async serve(request, response, viewer, context) {
    const { figures, policy, clock } = context;
    const query = readQuery(request.url, this.parameters);
    const question = pageQuestion(query, viewer, figures, clock);
    const flow = await figures.flow(question);
    if (flow === null) throw new NarrowsError('not-found', 'There is no such scope that you may see.');
    if (askedFormat(query) === 'csv') {
      const rows = flow.phases.map(({ phase, standing, share, arrivalsPerWeek, departuresPerWeek, netArrivals }) => [
        phase,
        standing.value,
        standing.interval?.low ?? null,
        standing.interval?.high ?? null,
        share,
        arrivalsPerWeek,
        departuresPerWeek,
        netArrivals,
      ]);
      sendCsv(response, 'phases', PHASE_COLUMNS, rows);
      return;
    }
    const [glances, waiting, frame] = await Promise.all([
      Promise.all(GLANCES.map((id) => figures.metric(id, question))),
      figures.waiting(question, LISTED),
      frameFor(viewer, context, { current: 'flow', zone: figures.zone(question.scope), bar: { path: '/', own: {}, question } }),
    ]);
    const view = flowView({ frame, question, flow, glances: glances.filter((glance) => glance !== null), waiting, staleAfterSeconds: policy.staleAfterSeconds });
    sendPage(response, createElement(FlowPage, { view }));
  },
};
