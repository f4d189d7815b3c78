import { descendantsOf } from '../descendants-of.ts';
import { failure, json } from '../hooks.ts';
import { nodeId } from '../node-ids.ts';
import { restEntity } from '../rest-schemas.ts';
import type { Partly } from '../schema-filling.ts';
import { sightOf } from '../sight.ts';
import { accountPayload, organizationPart, repositoryPayload, teamPayload } from '../webhooks/entity-payloads.ts';
import type { OrganizationState, OwnerState, TeamState } from '../world.ts';
import { insideRoute, organizationOf, teamRoute } from './organization-of.ts';
import { listed, refuseOtherParameters } from './page.ts';
import { changedAt } from './repository-routes.ts';
import type { Route } from './router.ts';

/** What a permission on a repository includes, least first. */
const LEVELS = ['pull', 'triage', 'push', 'maintain', 'admin'] as const;

/** Organisations, who is in them, and their teams. */
export const ORGANIZATION_ROUTES: readonly Route[] = [
  {
    name: 'GET /orgs/{org}',
    answer(route) {
      const found = organizationOf(route);
      if (found === null) return failure(404, 'Not Found');
      const { login, id } = found.owner;
      return json(restEntity('organization-full', { login, id, node_id: nodeId('O', id), url: `https://api.github.com/orgs/${login}`, html_url: `https://github.com/${login}`, type: 'Organization', archived_at: null }));
    },
  },
  insideRoute('GET /orgs/{org}/members', ({ state }, route) => {
    refuseOtherParameters(route, ['role']);
    const role = route.call.query.get('role') ?? 'all';
    const members = state.members.filter((member) => role === 'all' || member.role === role);
    return listed(route, members, ({ account }) => restEntity('simple-user', { ...accountPayload(account) }));
  }),
  insideRoute('GET /orgs/{org}/teams', ({ state, owner }, route) => {
    refuseOtherParameters(route);
    return listed(route, state.teams, (team) => restEntity('team', teamParts(team, state, owner)));
  }),
  teamRoute('GET /orgs/{org}/teams/{team_slug}', (team, { state, owner }) => {
    const known = { ...teamParts(team, state, owner), ...organizationPart(owner), members_count: membersOf(team, state).length, repos_count: team.repositories.length };
    return json(restEntity('team-full', known));
  }),
  teamRoute('GET /orgs/{org}/teams/{team_slug}/members', (team, { state }, route) => {
    refuseOtherParameters(route, ['role']);
    const role = route.call.query.get('role') ?? 'all';
    const members = membersOf(team, state).filter((member) => role === 'all' || member.role === role);
    return listed(route, members, ({ account, role: held }) => restEntity('team-member', { ...accountPayload(account), role: held }));
  }),
  teamRoute('GET /orgs/{org}/teams/{team_slug}/repos', (team, _, route) => {
    refuseOtherParameters(route);
    const { world, call } = route;
    const isSeen = sightOf(world, call.caller, call.at);
    const granted = team.repositories.flatMap(({ repositoryId, permission }) => {
      const repository = world.repository(repositoryId, call.at);
      return repository === null || !isSeen(repository) ? [] : [{ repository, permission }];
    });
    return listed(route, granted, ({ repository, permission }) => {
      const permissions = Object.fromEntries(LEVELS.map((level, index) => [level, index <= LEVELS.indexOf(permission)]));
      return restEntity('minimal-repository', { ...repositoryPayload(repository, changedAt(world, repository, call.at)), permissions, role_name: permission });
    });
  }),
];

function teamParts(team: TeamState, state: OrganizationState, owner: OwnerState): Partly {
  const parent = state.teams.find(({ slug }) => slug === team.parentSlug);
  return teamPayload(team, owner.login, { type: 'organization', organization_id: owner.id, parent: parent === undefined ? null : teamPayload(parent, owner.login, { type: 'organization', organization_id: owner.id }) });
}

/** Those of child teams are members too, each once. */
function membersOf(team: TeamState, state: OrganizationState): TeamState['members'] {
  const all = [...descendantsOf(state, team).flatMap(({ members }) => members), ...team.members];
  return [...new Map(all.map((member) => [member.account.id, member])).values()];
}
