import { nodeId } from '../node-ids.ts';
import type { PullEntry, RepositoryState } from '../world.ts';
import { iso, problem, refuseOthers, type Asked, type Node } from './asked.ts';
import { compareKeys, connection, type Key, type PageArguments } from './connection.ts';

/** How a connection of repositories or pull requests is ordered. */
export interface Order {
  readonly field: string;
  readonly direction: 'ASC' | 'DESC';
}

/** A repository. */
export function repositoryNode(asked: Asked, state: RepositoryState): Node {
  const { name } = state;
  const newest = asked.world.entries(state.id, asked.at).reduce((latest, { updatedAt }) => Math.max(latest, updatedAt), state.createdAt);
  return {
    __typename: 'Repository',
    id: nodeId('R', state.id),
    databaseId: state.id,
    name,
    nameWithOwner: state.fullName,
    url: `https://github.com/${state.fullName}`,
    createdAt: iso(state.createdAt),
    updatedAt: iso(newest),
    pushedAt: iso(newest),
    archivedAt: null,
    isArchived: state.isArchived,
    isPrivate: state.isPrivate,
    visibility: state.isPrivate ? 'PRIVATE' : 'PUBLIC',
    description: null,
    defaultBranchRef: { __typename: 'Ref', id: nodeId('E', state.id, 'main'), name: 'main', target: null },
    parent: null,
    owner: ownerNode(asked, state),
    pullRequest({ number }: { readonly number: number }) {
      const pull = asked.world.pull(state.id, number, asked.at);
      if (pull === null) throw problem('NOT_FOUND', `Could not resolve to a PullRequest with the number of ${String(number)}.`);
      return asked.make.pull(asked, state, pull);
    },
    pullRequests: (args: PullArguments) => pullRequests(asked, state, args),
  };
}

function ownerNode(asked: Asked, { owner }: RepositoryState): Node | (() => Node) {
  const plain: Node = { __typename: owner.type, id: nodeId(owner.type === 'Organization' ? 'O' : 'U', owner.id), login: owner.login, databaseId: owner.id, name: null };
  const organization = owner.type === 'Organization' ? asked.organization(owner.login) : null;
  return organization === null ? plain : () => asked.make.organization(asked, organization);
}

interface PullArguments extends PageArguments {
  readonly states?: readonly string[] | null;
  readonly orderBy?: Order | null;
}

function pullRequests(asked: Asked, repository: RepositoryState, args: PullArguments): Node {
  refuseOthers(asked, 'Repository.pullRequests', { ...args }, ['first', 'last', 'after', 'before', 'states', 'orderBy']);
  const { field, direction } = args.orderBy ?? { field: 'CREATED_AT', direction: 'ASC' };
  if (field === 'COMMENTS') asked.refuse('The fake does not know the order COMMENTS of Repository.pullRequests.');
  const keyOf = field === 'UPDATED_AT' ? byUpdate : byCreation;
  const isDescending = direction === 'DESC';
  const all = ordered(asked.world.entries(repository.id, asked.at), keyOf, isDescending);
  const items = args.states == null ? all : all.filter(({ state }) => args.states?.includes(state));
  const node = ({ number }: PullEntry): Node | null => {
    const pull = asked.world.pull(repository.id, number, asked.at);
    return pull === null ? null : asked.make.pull(asked, repository, pull);
  };
  return connection('PullRequestConnection', { items, keyOf, isDescending, node }, args);
}

/** The latest update first or last, and where two are alike the number decides. */
export function byUpdate(entry: PullEntry): Key {
  return [entry.updatedAt, entry.number];
}

function byCreation(entry: PullEntry): Key {
  return [entry.createdAt, entry.number];
}

const orders = new WeakMap<readonly PullEntry[], Map<string, readonly PullEntry[]>>();

/** Sorted once for a list that stays the same from page to page. */
function ordered(entries: readonly PullEntry[], keyOf: (entry: PullEntry) => Key, isDescending: boolean): readonly PullEntry[] {
  const known = orders.get(entries) ?? new Map<string, readonly PullEntry[]>();
  orders.set(entries, known);
  const name = `${keyOf.name} ${String(isDescending)}`;
  const sorted = known.get(name) ?? entries.toSorted((a, b) => compareKeys(keyOf(a), keyOf(b)) * (isDescending ? -1 : 1));
  known.set(name, sorted);
  return sorted;
}
