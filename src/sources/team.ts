import { z } from 'zod';
import type { DeliveryEnvelope, FactChanges, Source } from '#src/domain/source.ts';
import { ignored, readAs, repositoryRef, seen } from './reading/reading.ts';
import { account, lenient, organization, repository, team, text } from './reading/schemas.ts';
import { deliveredTransition, teamSighting } from './reading/teams.ts';

const schema = z.object({
  action: lenient(text),
  team,
  organization: lenient(organization),
  repository: lenient(repository),
  sender: lenient(account),
});
type Payload = z.infer<typeof schema>;

/** Teams made, changed and deleted, and the repositories they are given (`team_add` is the older word for that). */
const source: Source = {
  events: ['team', 'team_add'],
  read: (payload, envelope) =>
    readAs(schema, payload, (value) => {
      const owner = value.organization?.login ?? value.repository?.full_name.split('/')[0];
      if (owner === undefined) return ignored('a team without an organisation');
      const sighting = teamSighting(value.team, owner, value.action === 'deleted', envelope);
      const changes = { ...seen(value.repository, [value.sender], envelope), teams: [sighting], ...grants(value, envelope) };
      return { outcome: 'facts', changes };
    }),
};

export default source;

function grants(value: Payload, envelope: DeliveryEnvelope): Pick<FactChanges, 'teamRepositories'> {
  const action = envelope.event === 'team_add' ? 'added_to_repository' : value.action;
  const isGrant = action === 'added_to_repository' || action === 'removed_from_repository' || action === 'edited';
  if (value.repository === undefined || !isGrant) return {};
  const hasAccess = action !== 'removed_from_repository';
  const change = {
    teamId: value.team.id,
    repository: repositoryRef(value.repository),
    hasAccess,
    permission: hasAccess ? (value.team.permission ?? null) : null,
    ...deliveredTransition(envelope),
  };
  return { teamRepositories: [change] };
}
