import { z } from 'zod';
import type { Source } from '#src/domain/source.ts';
import { accountRef } from './reading/accounts.ts';
import { registers } from './reading/attributes.ts';
import { commentEvidence, observeComment } from './reading/comments.ts';
import { ignored, pullRequestFacts, readAs } from './reading/reading.ts';
import { account, comment, instant, lenient, repository, text } from './reading/schemas.ts';

const schema = z.object({
  action: text,
  comment,
  issue: z.object({
    number: z.number().int().positive(),
    title: lenient(text),
    state: lenient(z.enum(['open', 'closed'])),
    draft: lenient(z.boolean()),
    user: lenient(account),
    created_at: instant,
    updated_at: lenient(instant),
    closed_at: lenient(instant.nullable()),
    pull_request: lenient(z.object({ merged_at: lenient(instant.nullable()) })),
  }),
  repository,
  sender: lenient(account),
});

/** Comments on the conversation of a pull request, which GitHub keeps as an issue. */
const source: Source = {
  events: ['issue_comment'],
  read: (payload, envelope) =>
    readAs(schema, payload, (value) => {
      const { issue } = value;
      if (issue.pull_request === undefined) return ignored('a comment on an issue, not on a pull request');
      const values = {
        title: issue.title,
        state: issue.state,
        draft: issue.draft,
        author: issue.user === undefined ? undefined : accountRef(issue.user),
        created_at: issue.created_at,
        updated_at: issue.updated_at,
        closed_at: issue.closed_at,
        merged_at: issue.pull_request.merged_at ?? undefined,
      };
      const evidence = {
        attributes: registers(values, issue.updated_at, envelope),
        ...commentEvidence(value.action, observeComment('commented', value.comment, envelope), envelope),
      };
      return pullRequestFacts(value.repository, issue.number, evidence, [value.sender, value.comment.user, issue.user], envelope);
    }),
};

export default source;
