import { z } from 'zod';
import type { Source } from '#src/domain/source.ts';
import { accountRef } from './reading/accounts.ts';
import { pullRequestValues, registers } from './reading/attributes.ts';
import { observeComment } from './reading/comments.ts';
import { keyed, nearTime, observe } from './reading/observe.ts';
import { pullRequestFacts, readAs } from './reading/reading.ts';
import { account, comment, instant, lenient, pullRequest, repository, text } from './reading/schemas.ts';

const schema = z.object({
  action: text,
  thread: z.object({ node_id: lenient(text), comments: z.array(comment) }),
  pull_request: pullRequest,
  repository,
  sender: lenient(account),
  updated_at: lenient(instant.nullable()),
});

/** Threads resolved and opened again; the payload repeats the inline comments of the thread. */
const source: Source = {
  events: ['pull_request_review_thread'],
  read: (payload, envelope) =>
    readAs(schema, payload, (value) => {
      const { pull_request: pr, thread } = value;
      const near = nearTime(value.updated_at ?? pr.updated_at, envelope);
      const turned = observe({ kind: `thread_${value.action}`, ...near, actor: accountRef(value.sender) }, envelope);
      const comments = thread.comments.map((item) => observeComment('review_commented', item, envelope));
      const evidence = {
        attributes: registers(pullRequestValues(pr), pr.updated_at, envelope),
        sightings: keyed([turned, ...comments]),
      };
      const people = [value.sender, pr.user, ...thread.comments.map((item) => item.user)];
      return pullRequestFacts(value.repository, pr.number, evidence, people, envelope);
    }),
};

export default source;
