import { nodeId } from '../node-ids.ts';
import { descendantsOf } from '../descendants-of.ts';
import type { OrganizationState, RepositoryState, TeamState } from '../world.ts';
import { actorNode } from './actor.ts';
import { refuseOthers, type Asked, type Node } from './asked.ts';
import { connection, type PageArguments } from './connection.ts';
import type { Order } from './repository.ts';

interface RepositoryArguments extends PageArguments {
  readonly orderBy?: Order | null;
  readonly isArchived?: boolean | null;
  readonly ownerAffiliations?: readonly (string | null)[] | null;
}

interface TeamArguments extends PageArguments {
  readonly orderBy?: Order | null;
  readonly rootTeamsOnly?: boolean | null;
  readonly immediateOnly?: boolean | null;
}

/** An organisation with its members, teams and repositories. */
export function organizationNode(asked: Asked, state: OrganizationState): Node {
  const owner = asked.world.owner(state.login, asked.at);
  return {
    __typename: 'Organization',
    id: nodeId('O', owner?.id ?? 0),
    databaseId: owner?.id ?? null,
    login: owner?.login ?? state.login,
    name: null,
    url: `https://github.com/${state.login}`,
    repositories: (args: RepositoryArguments) => ownedRepositories(asked, state.login, args),
    membersWithRole(args: PageArguments) {
      const plan = {
        items: state.members,
        keyOf: ({ account }: OrganizationState['members'][number]) => [account.id],
        node: ({ account }: OrganizationState['members'][number]) => actorNode(account),
        edge: ({ role }: OrganizationState['members'][number]) => ({ role: role.toUpperCase(), hasTwoFactorEnabled: null }),
      };
      return connection('OrganizationMemberConnection', { ...plan, items: state.members.toSorted((a, b) => a.account.id - b.account.id) }, args);
    },
    team({ slug }: { readonly slug: string }) {
      const team = state.teams.find((one) => one.slug === slug);
      return team === undefined ? null : asked.make.team(asked, state, team);
    },
    teams(args: TeamArguments) {
      refuseOthers(asked, 'Organization.teams', { ...args }, ['first', 'last', 'after', 'before', 'orderBy', 'rootTeamsOnly']);
      return teamConnection(asked, state, args.rootTeamsOnly === true ? state.teams.filter(({ parentSlug }) => parentSlug === null) : state.teams, args);
    },
  };
}

/** The repositories of an owner that the caller sees: by id, by name or by when they were made. */
export function ownedRepositories(asked: Asked, login: string, args: RepositoryArguments): Node {
  refuseOthers(asked, 'RepositoryOwner.repositories', { ...args }, ['first', 'last', 'after', 'before', 'orderBy', 'isArchived', 'ownerAffiliations']);
  if (args.ownerAffiliations != null && !args.ownerAffiliations.includes('OWNER')) asked.refuse('The fake knows the repositories of their owner alone.');
  const { field, direction } = args.orderBy ?? { field: 'CREATED_AT', direction: 'ASC' };
  const owned = asked.world
    .repositories(asked.at)
    .filter((repository) => asked.sees(repository) && repository.owner.login.toLowerCase() === login.toLowerCase())
    .filter((repository) => args.isArchived == null || repository.isArchived === args.isArchived)
    .sort((a, b) => (field === 'NAME' ? a.name.localeCompare(b.name) : a.createdAt - b.createdAt || a.id - b.id));
  const items = direction === 'DESC' ? owned.toReversed() : owned;
  const places = new Map(items.map((repository, place) => [repository.id, place]));
  const plan = { items, keyOf: ({ id }: RepositoryState) => [places.get(id) ?? 0], node: (repository: RepositoryState) => asked.make.repository(asked, repository) };
  return connection('RepositoryConnection', plan, args);
}

/** Teams by id or, where an order is asked for, by name, the only one there is. */
function teamConnection(asked: Asked, organization: OrganizationState, teams: readonly TeamState[], args: TeamArguments): Node {
  const rising = teams.toSorted((a, b) => (args.orderBy == null ? 0 : a.name.localeCompare(b.name)) || a.id - b.id);
  const items = args.orderBy?.direction === 'DESC' ? rising.toReversed() : rising;
  const places = new Map(items.map(({ id }, place) => [id, place]));
  return connection('TeamConnection', { items, keyOf: ({ id }) => [places.get(id) ?? 0], node: (team) => asked.make.team(asked, organization, team) }, args);
}

const PERMISSIONS = { pull: 'READ', triage: 'TRIAGE', push: 'WRITE', maintain: 'MAINTAIN', admin: 'ADMIN' };

/** A team. `membership: ALL`, GitHub's default, includes the members of its child teams. */
export function teamNode(asked: Asked, organization: OrganizationState, team: TeamState): Node {
  const children = organization.teams.filter(({ parentSlug }) => parentSlug === team.slug);
  const parent = organization.teams.find(({ slug }) => slug === team.parentSlug);
  return {
    __typename: 'Team',
    id: nodeId('T', organization.login, team.slug, team.id),
    databaseId: team.id === 0 ? null : team.id,
    slug: team.slug,
    name: team.name,
    combinedSlug: `${organization.login}/${team.slug}`,
    description: null,
    privacy: team.privacy === 'secret' ? 'SECRET' : 'VISIBLE',
    organization: () => asked.make.organization(asked, organization),
    parentTeam: () => (parent === undefined ? null : asked.make.team(asked, organization, parent)),
    childTeams(args: TeamArguments) {
      refuseOthers(asked, 'Team.childTeams', { ...args }, ['first', 'last', 'after', 'before', 'orderBy', 'immediateOnly']);
      return teamConnection(asked, organization, args.immediateOnly === false ? descendantsOf(organization, team) : children, args);
    },
    members(args: PageArguments & { readonly membership?: string | null }) {
      refuseOthers(asked, 'Team.members', { ...args }, ['first', 'last', 'after', 'before', 'membership']);
      const below = args.membership === 'IMMEDIATE' ? [] : descendantsOf(organization, team).flatMap(({ members }) => members);
      const own = args.membership === 'CHILD_TEAM' ? [] : team.members;
      const members = new Map([...below, ...own].map((member) => [member.account.id, member]));
      const items = [...members.values()].sort((a, b) => a.account.id - b.account.id);
      return connection('TeamMemberConnection', { items, keyOf: ({ account }) => [account.id], node: ({ account }) => actorNode(account), edge: ({ role }) => ({ role: role.toUpperCase() }) }, args);
    },
    repositories(args: PageArguments) {
      refuseOthers(asked, 'Team.repositories', { ...args }, ['first', 'last', 'after', 'before', 'orderBy']);
      const granted = team.repositories.flatMap(({ repositoryId, permission }) => {
        const repository = asked.repository(repositoryId);
        return repository === null ? [] : [{ repository, permission }];
      });
      const items = granted.sort((a, b) => a.repository.id - b.repository.id);
      return connection(
        'TeamRepositoryConnection',
        { items, keyOf: ({ repository }) => [repository.id], node: ({ repository }) => asked.make.repository(asked, repository), edge: ({ permission }) => ({ permission: PERMISSIONS[permission] }) },
        args,
      );
    },
  };
}
