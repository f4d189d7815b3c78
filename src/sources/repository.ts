import { z } from 'zod';
import type { RepositorySighting } from '#src/domain/repository.ts';
import type { DeliveryEnvelope, Source } from '#src/domain/source.ts';
import { readAs, repositoryRef, seen } from './reading/reading.ts';
import { account, lenient, repository, text } from './reading/schemas.ts';

const owner = lenient(z.object({ login: text }));

const schema = z.object({
  action: text,
  repository,
  sender: lenient(account),
  changes: lenient(
    z.object({
      repository: lenient(z.object({ name: z.object({ from: text }) })),
      owner: lenient(z.object({ from: z.object({ user: owner, organization: owner }) })),
    }),
  ),
});
type Payload = z.infer<typeof schema>;

/** Repositories made, renamed, transferred, deleted: the id stays, the name is of the moment. */
const source: Source = {
  events: ['repository'],
  read: (payload, envelope) =>
    readAs(schema, payload, (value) => {
      const changes = seen(undefined, [value.sender], envelope);
      return { outcome: 'facts', changes: { ...changes, repositories: sightings(value, envelope) } };
    }),
};

export default source;

function sightings(value: Payload, envelope: DeliveryEnvelope): RepositorySighting[] {
  const seenAt = envelope.deliveredAt;
  const deletedAt = value.action === 'deleted' ? seenAt : null;
  const now: RepositorySighting = { ...repositoryRef(value.repository), seenAt, deletedAt };
  const before = formerName(value);
  return before === null ? [now] : [{ ...now, fullName: before, seenAt: seenAt - 1 }, now];
}

/** The full name until this delivery, so that what was stored under it finds its repository. */
function formerName(value: Payload): string | null {
  const [ownerNow, nameNow] = value.repository.full_name.split('/');
  const formerRepository = value.changes?.repository?.name.from;
  const formerOwner = value.changes?.owner?.from.organization?.login ?? value.changes?.owner?.from.user?.login;
  if (formerRepository === undefined && formerOwner === undefined) return null;
  return `${formerOwner ?? ownerNow ?? ''}/${formerRepository ?? nameNow ?? ''}`;
}
