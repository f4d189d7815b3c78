import { z } from 'zod';
import type { Source } from '#src/domain/source.ts';
import { readAs } from './reading/reading.ts';
import { id, text } from './reading/schemas.ts';

const schema = z.object({ repositories: z.array(z.object({ id, fullName: text })) });

/**
 * Repositories as the collector listed them, by ids that stay and the names of that moment: so renames and transfers
 * are followed without a webhook. One that is missing may merely not be seen any more, so nothing is gone by it.
 */
const source: Source = {
  events: ['repository_listing'],
  read: (payload, envelope) =>
    readAs(schema, payload, ({ repositories }) => {
      const seenAt = envelope.takenAt ?? envelope.deliveredAt;
      return { outcome: 'facts', changes: { repositories: repositories.map(({ id: repositoryId, fullName }) => ({ id: repositoryId, fullName, seenAt, deletedAt: null })) } };
    }),
};

export default source;
