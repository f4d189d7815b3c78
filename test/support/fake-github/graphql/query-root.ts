import { readNodeId } from '../node-ids.ts';
import { iso, problem, type Asked, type Node, type NodeMakers } from './asked.ts';
import { lineCommentNode, issueCommentNode, reviewNode } from './comment.ts';
import { organizationNode, ownedRepositories, teamNode } from './organization.ts';
import { pullRequestNode, threadNode } from './pull-request.ts';
import { repositoryNode } from './repository.ts';
import { search } from './search.ts';

/** How the fake makes the objects of its answers. */
export const nodeMakers: NodeMakers = { repository: repositoryNode, pull: pullRequestNode, organization: organizationNode, team: teamNode };

/** The root of every query. */
export function queryRoot(asked: Asked): Node {
  return {
    __typename: 'Query',
    rateLimit: () => ({ ...asked.budget, resetAt: iso(asked.budget.resetAt) }),
    repository: ({ owner, name, followRenames }: { readonly owner: string; readonly name: string; readonly followRenames?: boolean | null }) => {
      const found = asked.world.repositoryNamed(`${owner}/${name}`, asked.at);
      const isMeant = found !== null && asked.sees(found.repository) && !(found.isEarlierName && followRenames === false);
      if (!isMeant) throw problem('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`);
      return repositoryNode(asked, found.repository);
    },
    organization: ({ login }: { readonly login: string }) => {
      const organization = asked.organization(login);
      if (organization === null) throw problem('NOT_FOUND', `Could not resolve to an Organization with the login of '${login}'.`);
      return organizationNode(asked, organization);
    },
    repositoryOwner: ({ login }: { readonly login: string }) => {
      const organization = asked.organization(login);
      if (organization !== null) return organizationNode(asked, organization);
      const owner = asked.world.owner(login, asked.at);
      if (owner === null) return null;
      return { __typename: owner.type, login: owner.login, databaseId: owner.id, repositories: (args: Parameters<typeof ownedRepositories>[2]) => ownedRepositories(asked, login, args) };
    },
    node: ({ id }: { readonly id: string }) => {
      const node = nodeOf(asked, id);
      if (node === null) throw unresolved(id);
      return node;
    },
    nodes: ({ ids }: { readonly ids: readonly string[] }) => ids.map((id) => nodeOf(asked, id) ?? unresolved(id)),
    search: (args: Parameters<typeof search>[1]) => search(asked, args),
  };
}

function unresolved(id: string): Error {
  return problem('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'.`);
}

/** The object of a global id; null for one that does not exist or that the caller does not see. */
function nodeOf(asked: Asked, id: string): Node | null {
  const key = readNodeId(id);
  if (key === null) return null;
  const [first = '', second = '', third = ''] = key.parts;
  if (key.kind === 'T') {
    const organization = asked.organization(first);
    const team = organization?.teams.find(({ slug }) => slug === second);
    return organization === null || team === undefined ? null : teamNode(asked, organization, team);
  }
  if (key.kind === 'O') {
    const login = asked.world.repositories(asked.at).find(({ owner }) => owner.id === Number(first))?.owner.login;
    const organization = login === undefined ? null : asked.organization(login);
    return organization === null ? null : organizationNode(asked, organization);
  }
  const repository = asked.repository(Number(first));
  if (repository === null) return null;
  if (key.kind === 'R') return repositoryNode(asked, repository);
  const pull = asked.world.pull(repository.id, Number(second), asked.at);
  if (pull === null) return null;
  const inPull = { asked, repository, pull };
  if (key.kind === 'PR') return pullRequestNode(asked, repository, pull);
  const isMeant = ({ id: given, place }: { readonly id?: number; readonly place: number }): boolean => (given ?? place) === Number(third);
  const review = key.kind === 'PRR' ? pull.reviews.find(isMeant) : undefined;
  if (review !== undefined) return reviewNode(inPull, review);
  const comment = key.kind === 'IC' ? pull.comments.find(isMeant) : undefined;
  if (comment !== undefined) return issueCommentNode(inPull, comment);
  const onLine = key.kind === 'PRRC' ? pull.lineComments.find(isMeant) : undefined;
  if (onLine !== undefined) return lineCommentNode(inPull, onLine);
  const thread = key.kind === 'PRRT' ? threadNode(inPull, Number(third)) : null;
  if (thread !== null) return thread;
  if (!['PRR', 'IC', 'PRRC', 'PRRT'].includes(key.kind)) asked.refuse(`The fake does not find nodes of the kind ${key.kind}.`);
  return null;
}
