import type { MetricEntry } from '#src/domain/figures.ts';

/** How long an open pull request that is not a draft waits for the first approval by a person other than its author. */
const metric: MetricEntry = {
  title: 'Time to approval',
  definition: 'How long an open pull request that is not a draft waits for the first approval by a person other than its author.',
  unit: 's',
  population: 'Every pull request from its first moment open and not a draft.',
  exclusions: 'Approvals while it was still a draft (`early`) stand outside. A later dismissal does not undo one.',
  bias: 'Repositories that need several approvals have their first one counted.',
  source: 'definitions.md 3',
  stage: 'review.approval',
};

export default metric;
