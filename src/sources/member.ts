import { z } from 'zod';
import type { Source } from '#src/domain/source.ts';
import { accountRef } from './reading/accounts.ts';
import { readAs, repositoryRef, seen } from './reading/reading.ts';
import { account, lenient, repository, text } from './reading/schemas.ts';
import { deliveredTransition } from './reading/teams.ts';

const schema = z.object({
  action: text,
  member: account,
  repository,
  sender: lenient(account),
  changes: lenient(
    z.object({
      permission: lenient(z.object({ to: lenient(text.nullable()) })),
      role_name: lenient(z.object({ to: lenient(text.nullable()) })),
    }),
  ),
});

/** Collaborators of a repository, added, changed and removed. */
const source: Source = {
  events: ['member'],
  read: (payload, envelope) =>
    readAs(schema, payload, (value) => {
      const change = {
        repository: repositoryRef(value.repository),
        account: accountRef(value.member),
        isCollaborator: value.action !== 'removed',
        permission: value.changes?.role_name?.to ?? value.changes?.permission?.to ?? null,
        ...deliveredTransition(envelope),
      };
      const changes = { ...seen(value.repository, [value.member, value.sender], envelope), collaborators: [change] };
      return { outcome: 'facts', changes };
    }),
};

export default source;
