import type { MetricEntry } from '#src/domain/figures.ts';

/** From the earliest author date among the commits to opening. */
const metric: MetricEntry = {
  title: 'Coding time',
  definition: 'From the earliest author date among the commits to opening.',
  unit: 's',
  population: 'Every pull request with a commit written before it was opened.',
  exclusions: 'Commits written after opening.',
  bias: "Author dates are whatever the author's machine said; a rebase that rewrites commits keeps them.",
  source: 'definitions.md 3',
  stage: 'change.coding',
};

export default metric;
