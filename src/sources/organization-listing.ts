import { z } from 'zod';
import { accountById } from '#src/domain/account.ts';
import type { DeliveryEnvelope, FactChanges, Source } from '#src/domain/source.ts';
import type { WholeListing } from '#src/domain/team.ts';
import { accountSightings } from './reading/accounts.ts';
import { readAs } from './reading/reading.ts';
import { id, text } from './reading/schemas.ts';

const member = z.object({ id, login: text });

/** Lists that could not be had whole are null: of them nothing is known. */
const schema = z.object({
  organization: z.object({ id, login: text }),
  areTeamsComplete: z.boolean(),
  teams: z.array(
    z.object({
      id,
      slug: text,
      name: text,
      parentId: id.nullable(),
      members: z.array(member).nullable(),
      repositories: z.array(z.object({ id, fullName: text, permission: text })).nullable(),
    }),
  ),
  members: z.array(member).nullable(),
});
type Listing = z.infer<typeof schema>;

/**
 * An organisation as the collector listed it: its teams, who is in each, which repositories each reaches, and who
 * belongs to the organisation. What was listed whole counts as known for that instant.
 */
const source: Source = {
  events: ['organization_listing'],
  read: (payload, envelope) => readAs(schema, payload, (value) => ({ outcome: 'facts', changes: changesOf(value, envelope) })),
};

export default source;

function changesOf({ organization, areTeamsComplete, teams, members }: Listing, envelope: DeliveryEnvelope): FactChanges {
  const takenAt = envelope.takenAt ?? envelope.deliveredAt;
  const listed: WholeListing = { takenAt, knownBy: envelope.guid };
  const people = [...(members ?? []), ...teams.flatMap((team) => team.members ?? [])];
  return {
    accounts: accountSightings([{ ...organization, type: 'Organization' }, ...people.map((person) => ({ ...person, type: 'User' as const }))], takenAt),
    repositories: teams.flatMap((team) => team.repositories ?? []).map((repository) => ({ id: repository.id, fullName: repository.fullName, seenAt: takenAt, deletedAt: null })),
    teams: teams.map((team) => ({ id: team.id, organization: organization.login, slug: team.slug, name: team.name, parentId: team.parentId, seenAt: takenAt, deletedAt: null })),
    memberListings: teams.flatMap((team) => (team.members === null ? [] : [{ ...listed, teamId: team.id, members: team.members.map((person) => accountById(person.id)) }])),
    teamRepositoryListings: teams.flatMap((team) =>
      team.repositories === null
        ? []
        : [{ ...listed, teamId: team.id, repositories: team.repositories.map((one) => ({ repository: { id: one.id, fullName: one.fullName }, permission: one.permission })) }],
    ),
    teamListings: areTeamsComplete ? [{ ...listed, organization: organization.login, teamIds: teams.map((team) => team.id) }] : [],
  };
}
