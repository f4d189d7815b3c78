import { createElement } from 'react';
import { NarrowsError } from '#src/core/errors.ts';
import { readQuery } from '#src/core/query.ts';
import { CARRIED_PARAMETERS, pageQuestion } from '../page-question.ts';
import { ReviewsPage } from '../reviews-page.tsx';
import { reviewsView } from '../views/reviews.ts';
import { FIGURE_COLUMNS, figureRow } from '../views/figure-row.ts';
import { askedFormat, sendCsv, sendPage } from './answer.ts';
import { frameFor, type PageRoute } from './page-route.ts';

/** The first is the page's headline. */
const METRICS = ['review.first_response', 'review.request_response', 'review.approval', 'review.rework'] as const;

const [HEADLINE] = METRICS;

/** How many of what waits longest are listed. */
const LISTED = 10;

/** `/reviews`: how long until someone answers? */
export const reviewsRoute: PageRoute = {
  path: '/reviews',
  parameters: [...CARRIED_PARAMETERS, 'format'],
  async serve(request, response, viewer, context) {
    const { figures, clock } = context;
    const query = readQuery(request.url, this.parameters);
    const question = pageQuestion(query, viewer, figures, clock);
    const found = await Promise.all(METRICS.map((id) => figures.metric(id, question)));
    const metrics = found.filter((metric) => metric !== null);
    if (metrics.length === 0) throw new NarrowsError('not-found', 'There is no such scope that you may see.');
    if (askedFormat(query) === 'csv') {
      sendCsv(response, 'reviews', FIGURE_COLUMNS, metrics.map(figureRow));
      return;
    }
    const [repositories, waiting, frame] = await Promise.all([
      figures.byRepository(HEADLINE, question),
      figures.waiting(question, Number.MAX_SAFE_INTEGER),
      frameFor(viewer, context, { current: 'reviews', zone: figures.zone(question.scope), bar: { path: '/reviews', own: {}, question } }),
    ]);
    const unanswered = waiting.filter(({ stage }) => stage === HEADLINE).slice(0, LISTED);
    sendPage(response, createElement(ReviewsPage, { view: reviewsView({ frame, question, metrics, repositories, waiting: unanswered }) }));
  },
};
