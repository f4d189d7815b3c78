import { firstAnswer } from '../first-answer.ts';
import type { PullRequestStage } from '../stage.ts';

/** From the first moment it could be reviewed to the first word of a human other than the author. */
export default {
  stage: 'review.first_response',
  find(life) {
    const response = life.moments.find(({ kind }) => kind === 'review' || kind === 'comment');
    return firstAnswer(life, response, 'responded');
  },
} satisfies PullRequestStage;
