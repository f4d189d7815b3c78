import { z } from 'zod';
import type { Source } from '#src/domain/source.ts';
import { readAs, repositoryRef, seen } from './reading/reading.ts';
import { account, id, lenient, text } from './reading/schemas.ts';

const repositories = lenient(z.array(z.object({ id, full_name: text })));

const schema = z.object({
  installation: z.object({ id, account: lenient(account) }),
  repositories,
  repositories_added: repositories,
  repositories_removed: repositories,
  sender: lenient(account),
});

/**
 * The App installed, suspended or removed, and repositories given to it or taken away. As facts that is who is named
 * and what repositories are called; what may be collected is asked of GitHub, which knows it better than any event.
 */
const source: Source = {
  events: ['installation', 'installation_repositories'],
  read: (payload, envelope) =>
    readAs(schema, payload, (value) => {
      const named = [value.repositories, value.repositories_added, value.repositories_removed].flatMap((list) => list ?? []);
      const seenAt = envelope.deliveredAt;
      const { accounts } = seen(undefined, [value.installation.account, value.sender], envelope);
      return { outcome: 'facts', changes: { accounts, repositories: named.map((one) => ({ ...repositoryRef({ ...one, pushed_at: undefined }), seenAt, deletedAt: null })) } };
    }),
};

export default source;
