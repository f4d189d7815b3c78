import type { PullRequestStage } from '../stage.ts';

/** From opening to the merge, drafts included: OpenTelemetry's `vcs.change.time_to_merge`. */
const stage: PullRequestStage = {
  stage: 'change.lead',
  find({ opened }) {
    return [{ waitsOn: null, start: opened, answer: null }];
  },
};

export default stage;
