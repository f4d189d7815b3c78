import type { MetricEntry } from '#src/domain/figures.ts';

/** How long an open pull request that is not a draft waits for the first review, comment or inline comment by a person other than its author. */
const metric: MetricEntry = {
  title: 'Time to first response',
  definition: 'How long an open pull request that is not a draft waits for the first review, comment or inline comment by a person other than its author.',
  unit: 's',
  population: 'Every pull request from its first moment open and not a draft.',
  exclusions: 'Responses while it was still a draft (`early`) stand outside; bots and the author never count as a response. Time in draft and closed is not counted.',
  bias: 'A response by someone whom GitHub deleted counts as one by an unknown person.',
  source: 'definitions.md 3',
  stage: 'review.first_response',
};

export default metric;
