import { z } from 'zod';
import type { Source } from '#src/domain/source.ts';
import { accountRef } from './reading/accounts.ts';
import { ignored, readAs, repositoryRef, seen } from './reading/reading.ts';
import { account, lenient, repository, text } from './reading/schemas.ts';

const BRANCH = 'refs/heads/';
const NOTHING = /^0+$/;

const schema = z.object({
  ref: text,
  before: lenient(text),
  after: lenient(text),
  head: lenient(text),
  forced: lenient(z.boolean()),
  commits: lenient(z.array(z.object({ id: lenient(text), sha: lenient(text) }))),
  repository,
  sender: lenient(account),
});

/** Pushes to branches. `pushed_at` of the repository is GitHub's time of the push that is told. */
const source: Source = {
  events: ['push'],
  read: (payload, envelope) =>
    readAs(schema, payload, (value) => {
      const after = value.after ?? value.head;
      if (!value.ref.startsWith(BRANCH)) return ignored('a push to something else than a branch');
      if (after === undefined || NOTHING.test(after)) return ignored('a branch deleted');
      const pushedAt = value.repository.pushed_at ?? null;
      const push = {
        repository: repositoryRef(value.repository),
        branch: value.ref.slice(BRANCH.length),
        before: value.before ?? '',
        after,
        forced: value.forced === true,
        actor: value.sender === undefined ? null : accountRef(value.sender),
        at: pushedAt ?? envelope.deliveredAt,
        atFrom: pushedAt === null ? ('delivered' as const) : ('github' as const),
        commits: (value.commits ?? []).flatMap((commit) => commit.id ?? commit.sha ?? []),
        knownAt: envelope.deliveredAt,
        knownBy: envelope.guid,
      };
      return { outcome: 'facts', changes: { ...seen(value.repository, [value.sender], envelope), pushes: [push] } };
    }),
};

export default source;
