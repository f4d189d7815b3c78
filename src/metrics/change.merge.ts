import type { MetricEntry } from '#src/domain/figures.ts';

/** From the first approval to the merge. */
const metric: MetricEntry = {
  title: 'Time from approval to merge',
  definition: 'From the first approval to the merge.',
  unit: 's',
  population: 'Every pull request that was approved.',
  exclusions: 'Time in draft and closed is not counted.',
  bias: 'An approval that was dismissed later still starts it.',
  source: 'definitions.md 3',
  stage: 'change.merge',
};

export default metric;
