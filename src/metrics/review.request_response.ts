import type { MetricEntry } from '#src/domain/figures.ts';

/** How long someone who was asked for a review, or a team, takes to give one. */
const metric: MetricEntry = {
  title: 'Time to answer a review request',
  definition: 'How long someone who was asked for a review, or a team, takes to give one.',
  unit: 's',
  population: 'Every request of a person or a team; a request for someone whose request is still open starts none.',
  exclusions: 'Bots that are asked; comments do not answer a request. Time in draft and closed is not counted.',
  bias: 'Where nobody knows who was in a team then, any person but the author answers for it.',
  source: 'definitions.md 3',
  stage: 'review.request_response',
};

export default metric;
