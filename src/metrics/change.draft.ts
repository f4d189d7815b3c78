import type { MetricEntry } from '#src/domain/figures.ts';

/** How long a pull request stays a draft each time it becomes one. */
const metric: MetricEntry = {
  title: 'Time in draft',
  definition: 'How long a pull request stays a draft each time it becomes one.',
  unit: 's',
  population: 'Every entry into draft.',
  exclusions: 'Time closed is not counted.',
  bias: 'None known.',
  source: 'definitions.md 3',
  stage: 'change.draft',
};

export default metric;
