import { firstApproval } from '../first-answer.ts';
import type { PullRequestStage } from '../stage.ts';

/** From the first approval to the merge. */
export default {
  stage: 'change.merge',
  find(life) {
    const approval = firstApproval(life);
    return approval === undefined ? [] : [{ waitsOn: null, start: approval, answer: null }];
  },
} satisfies PullRequestStage;
