import { z } from 'zod';
import type { Source } from '#src/domain/source.ts';
import { pullRequestValues, registers } from './reading/attributes.ts';
import { commentEvidence, observeComment } from './reading/comments.ts';
import { pullRequestFacts, readAs } from './reading/reading.ts';
import { account, comment, lenient, pullRequest, repository, text } from './reading/schemas.ts';

const schema = z.object({ action: text, comment, pull_request: pullRequest, repository, sender: lenient(account) });

/** Inline comments: created, edited, deleted. */
const source: Source = {
  events: ['pull_request_review_comment'],
  read: (payload, envelope) =>
    readAs(schema, payload, (value) => {
      const { pull_request: pr } = value;
      const evidence = {
        attributes: registers(pullRequestValues(pr), pr.updated_at, envelope),
        ...commentEvidence(value.action, observeComment('review_commented', value.comment, envelope), envelope),
      };
      return pullRequestFacts(value.repository, pr.number, evidence, [value.sender, value.comment.user, pr.user], envelope);
    }),
};

export default source;
