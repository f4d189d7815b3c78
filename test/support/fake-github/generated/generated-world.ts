import { buildWorld } from '../build-world.ts';
import type { OrganizationState, TeamState, World } from '../world.ts';
import { generatedPulls } from './generated-pulls.ts';
import { person } from './people.ts';

/** A world that is made up. */
export interface GeneratedWorldPlan {
  /** Equal seeds give equal worlds. */
  readonly seed: number;
  readonly repositories: number;
  /** In each. */
  readonly pullRequests: number;
  /** Epoch ms; half-open. */
  readonly from: number;
  readonly until: number;
  /** Every so manieth pull request has more than a hundred reviews, comments and commits [none]. */
  readonly busyEvery?: number | null;
  /** The organisation that owns them [acme]. */
  readonly organization?: string;
}

/** No two repositories of a world share an id: each may have a million pull requests of 500 ids. */
const IDS_OF_A_REPOSITORY = 500_000_000;

/** An organisation with its teams, and repositories `service-1`, `service-2`, …; memory holds a list entry a pull request. */
export function generatedWorld(plan: GeneratedWorldPlan): World {
  const organization = plan.organization ?? 'acme';
  const repositories = Array.from({ length: plan.repositories }, (_, index) => ({
    fullName: `${organization}/service-${String(index + 1)}`,
    id: 700_000_000 + index,
    createdAt: plan.from - 86_400_000,
    isPrivate: true,
    pulls: generatedPulls({
      seed: plan.seed * 10_007 + index,
      count: plan.pullRequests,
      from: plan.from,
      until: plan.until,
      busyEvery: plan.busyEvery ?? null,
      firstId: 3_000_000_000 + index * IDS_OF_A_REPOSITORY,
    }),
  }));
  return buildWorld({ repositories, organizations: [organizationOf(organization, repositories)] });
}

/** Every team of ten has a stretch of the repositories; `maintainers` is above them and may do more. */
function organizationOf(login: string, repositories: readonly { readonly id: number }[]): OrganizationState {
  const members = Array.from({ length: 60 }, (_, index) => ({ account: person(index), role: index === 0 ? ('admin' as const) : ('member' as const) }));
  const teams: TeamState[] = [{ id: 1, slug: 'maintainers', name: 'Maintainers', parentSlug: null, privacy: 'closed', members: teamOf(0), repositories: repositories.map(({ id }) => ({ repositoryId: id, permission: 'admin' })) }];
  for (let team = 1; team < 6; team += 1) {
    const own = repositories.filter((_, index) => index % 5 === team - 1).map(({ id }) => ({ repositoryId: id, permission: 'maintain' as const }));
    teams.push({ id: team + 1, slug: `team-${String(team)}`, name: `Team ${String(team)}`, parentSlug: 'maintainers', privacy: 'closed', members: teamOf(team), repositories: own });
  }
  return { login, members, teams };
}

function teamOf(team: number): TeamState['members'] {
  return Array.from({ length: 10 }, (_, index) => ({ account: person(team * 10 + index), role: index === 0 ? 'maintainer' : 'member' }));
}
