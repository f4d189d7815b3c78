import type { PullRequestStage } from '../stage.ts';

/** From opening to the merge, drafts included: OpenTelemetry's `vcs.change.time_to_merge`. */
export default {
  stage: 'change.lead',
  find({ opened }) {
    return [{ waitsOn: null, start: opened, answer: null }];
  },
} satisfies PullRequestStage;
