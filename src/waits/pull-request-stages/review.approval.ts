import { firstAnswer, firstApproval } from '../first-answer.ts';
import type { PullRequestStage } from '../stage.ts';

/** From the first moment it could be reviewed to the first approval by a human other than the author. */
export default {
  stage: 'review.approval',
  find(life) {
    return firstAnswer(life, firstApproval(life), 'approved');
  },
} satisfies PullRequestStage;
