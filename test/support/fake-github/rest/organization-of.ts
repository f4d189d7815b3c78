import { failure, type FakeAnswer } from '../hooks.ts';
import { seesInside } from '../sight.ts';
import type { OrganizationState, OwnerState, TeamState } from '../world.ts';
import type { Route, RouteCall } from './router.ts';

/** An organisation as an account and with who is in it. */
export interface FoundOrganization {
  readonly owner: OwnerState;
  readonly state: OrganizationState;
}

/** A route about what is inside an organisation; an installation on another account may not look there. */
export function insideRoute(name: string, answer: (organization: FoundOrganization, route: RouteCall) => FakeAnswer): Route {
  return {
    name,
    answer(route) {
      const found = organizationOf(route);
      if (found === null) return failure(404, 'Not Found');
      const { world, call } = route;
      return seesInside(world, call.caller, call.at, found.owner.login) ? answer(found, route) : failure(403, 'Resource not accessible by integration');
    },
  };
}

/** A route about one team. */
export function teamRoute(name: string, answer: (team: TeamState, organization: FoundOrganization, route: RouteCall) => FakeAnswer): Route {
  return insideRoute(name, (organization, route) => {
    const team = organization.state.teams.find(({ slug }) => slug === route.parameters['team_slug']);
    return team === undefined ? failure(404, 'Not Found') : answer(team, organization, route);
  });
}

/** The organisation that a route names; null where nobody, or a person, has that login. */
export function organizationOf({ world, call, parameters }: RouteCall): FoundOrganization | null {
  const login = parameters['org'] ?? '';
  const owner = world.owner(login, call.at);
  const state = world.organization(login, call.at);
  return owner?.type !== 'Organization' || state === null ? null : { owner, state };
}
