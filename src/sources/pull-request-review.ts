import { z } from 'zod';
import type { Source } from '#src/domain/source.ts';
import { accountRef } from './reading/accounts.ts';
import { pullRequestValues, registers } from './reading/attributes.ts';
import { keyed, nearTime, observe, type Observation } from './reading/observe.ts';
import { ignored, pullRequestFacts, readAs } from './reading/reading.ts';
import { account, id, instant, lenient, pullRequest, repository, text } from './reading/schemas.ts';

const schema = z.object({
  action: text,
  review: z.object({ id, user: lenient(account), state: text, submitted_at: lenient(instant.nullable()) }),
  pull_request: pullRequest,
  repository,
  sender: lenient(account),
});

/** Reviews submitted, edited and dismissed. A review nobody else can see yet (`PENDING`) is no fact. */
const source: Source = {
  events: ['pull_request_review'],
  read: (payload, envelope) =>
    readAs(schema, payload, (value) => {
      const { review, pull_request: pr } = value;
      const state = review.state.toUpperCase();
      if (state === 'PENDING' || review.submitted_at == null) return ignored('a review that is not submitted yet');
      const observations: Observation[] = [
        { kind: 'reviewed', id: review.id, at: review.submitted_at, atFrom: 'github', actor: accountRef(review.user), detail: { state } },
      ];
      if (value.action === 'dismissed') {
        const near = nearTime(pr.updated_at, envelope);
        observations.push({ kind: 'review_dismissed', ...near, actor: accountRef(value.sender), detail: { reviewId: review.id } });
      }
      const evidence = {
        attributes: registers(pullRequestValues(pr), pr.updated_at, envelope),
        sightings: keyed(observations.map((observation) => observe(observation, envelope))),
      };
      return pullRequestFacts(value.repository, pr.number, evidence, [value.sender, review.user, pr.user], envelope);
    }),
};

export default source;
