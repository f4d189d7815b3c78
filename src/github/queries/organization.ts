import { z } from 'zod';
import { connection, numericId, pageInfo } from './answer-parts.ts';
import { savedQuery } from './saved-query.ts';

const member = z.object({ databaseId: numericId, login: z.string() });

/** A member as GitHub lists it; always a person. */
export type ListedMember = z.infer<typeof member>;

const teamMembers = connection(member).nullable();

const teamRepositories = z
  .object({
    totalCount: z.number().int().nonnegative(),
    pageInfo,
    edges: z.array(z.object({ permission: z.enum(['ADMIN', 'MAINTAIN', 'READ', 'TRIAGE', 'WRITE']), node: z.object({ databaseId: numericId, nameWithOwner: z.string() }).nullable() }).nullable()).nullable(),
  })
  .nullable();

const team = z.object({
  id: z.string(),
  databaseId: numericId,
  slug: z.string(),
  name: z.string(),
  parentTeam: z.object({ databaseId: numericId }).nullable(),
  members: teamMembers,
  repositories: teamRepositories,
});

/** A team with the first pages of its own members and of its repositories; null parts were left out by GitHub. */
export type ListedTeam = z.infer<typeof team>;

/**
 * The teams of an organisation (`login`, `first`, `after`) with who is in each and what each reaches; no organisation
 * where the login is a person's. `1 + 2 × first` connections: 49 teams are one point.
 */
export const organizationTeamsQuery = savedQuery(
  'organization-teams',
  z.object({ organization: z.object({ databaseId: numericId, login: z.string(), teams: connection(team) }).nullable() }),
);

/** The next page of one team's members and repositories (`id`, `withMembers`, `membersAfter`, `withRepositories`, `repositoriesAfter`). One point. */
export const teamRemainderQuery = savedQuery(
  'team-remainder',
  z.object({ node: z.object({ members: teamMembers.optional(), repositories: teamRepositories.optional() }).nullable() }),
);

/** The members of an organisation (`login`, `after`). One point for 100. */
export const organizationMembersQuery = savedQuery(
  'organization-members',
  z.object({ organization: z.object({ membersWithRole: connection(member) }).nullable() }),
);
