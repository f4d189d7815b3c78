import type { MetricEntry } from '#src/domain/figures.ts';

/** How long a pull request stands in the merge queue each time it enters it. */
const metric: MetricEntry = {
  title: 'Time in the merge queue',
  definition: 'How long a pull request stands in the merge queue each time it enters it.',
  unit: 's',
  population: 'Every entry into the merge queue.',
  exclusions: 'None.',
  bias: 'None known.',
  source: 'definitions.md 3',
  stage: 'change.merge_queue',
};

export default metric;
