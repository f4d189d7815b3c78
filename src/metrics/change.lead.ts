import type { MetricEntry } from '#src/domain/figures.ts';

/** From opening to merge, drafts included: OpenTelemetry's `vcs.change.time_to_merge`. */
const metric: MetricEntry = {
  title: 'Time to merge',
  definition: "From opening to merge, drafts included: OpenTelemetry's `vcs.change.time_to_merge`.",
  unit: 's',
  population: 'Every pull request.',
  exclusions: 'None.',
  bias: 'None known.',
  source: 'definitions.md 3',
  stage: 'change.lead',
};

export default metric;
