import type { MetricEntry } from '#src/domain/figures.ts';

/** How long requested changes wait for the next push, or for a new request to whoever asked for them. */
const metric: MetricEntry = {
  title: 'Time to rework',
  definition: 'How long requested changes wait for the next push, or for a new request to whoever asked for them.',
  unit: 's',
  population: 'Every request for changes by a person other than the author, while none is outstanding.',
  exclusions: 'Pushes by bots. Time in draft and closed is not counted.',
  bias: "Without webhooks a push is known by its commits' dates, which lie before it.",
  source: 'definitions.md 3',
  stage: 'review.rework',
};

export default metric;
