import type { PullRequestStage } from '../stage.ts';

/** Each time it was a draft. */
export default {
  stage: 'change.draft',
  find({ drafts }) {
    return drafts.map(({ start, to }) => ({ waitsOn: null, start, answer: to === null ? null : { ...to, outcome: 'ready' } }));
  },
} satisfies PullRequestStage;
