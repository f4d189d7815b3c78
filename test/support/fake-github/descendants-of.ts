import type { OrganizationState, TeamState } from './world.ts';

/** The teams below a team, at any depth. */
export function descendantsOf(organization: OrganizationState, team: TeamState): readonly TeamState[] {
  const children = organization.teams.filter(({ parentSlug }) => parentSlug === team.slug);
  return [...children, ...children.flatMap((child) => descendantsOf(organization, child))];
}
