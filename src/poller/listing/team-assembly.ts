import { compareIds } from '#src/core/text.ts';
import type { GitHub } from '#src/github/github.ts';
import { teamRemainderQuery, type ListedMember, type ListedTeam } from '#src/github/queries/organization.ts';

/** A team with its own members (not its child teams') and its repositories; a list that could not be had whole is null. */
export interface AssembledTeam {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly parentId: string | null;
  readonly members: readonly { readonly id: string; readonly login: string }[] | null;
  readonly repositories: readonly { readonly id: string; readonly fullName: string; readonly permission: string }[] | null;
}

/** GraphQL's words for permissions that REST and webhooks call otherwise. */
const PERMISSIONS = { ADMIN: 'admin', MAINTAIN: 'maintain', WRITE: 'push', TRIAGE: 'triage', READ: 'pull' } as const;

/** One list of a team, as far as its pages were read. Without a time of its last change, only its length tells that it changed meanwhile. */
interface Paged<T> {
  readonly found: Map<string, T>;
  next: string | null;
  isWhole: boolean;
}

/** A page of a list: its entries by numeric id, null for one that GitHub left out. */
interface Page<T> {
  readonly totalCount: number;
  readonly entries: readonly (readonly [id: string, entry: T] | null)[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Reads a team that a page has shown to the end of its lists. */
export async function assembleTeam(github: GitHub, team: ListedTeam, signal: AbortSignal): Promise<AssembledTeam> {
  const members = begin(memberPage(team.members));
  const repositories = begin(repositoryPage(team.repositories));
  while (members.next !== null || repositories.next !== null) {
    const asked = { withMembers: members.next !== null, membersAfter: members.next, withRepositories: repositories.next !== null, repositoriesAfter: repositories.next };
    const { data } = await github.query(teamRemainderQuery, { id: team.id, ...asked }, signal);
    if (asked.withMembers) add(members, memberPage(data.node?.members ?? null));
    if (asked.withRepositories) add(repositories, repositoryPage(data.node?.repositories ?? null));
  }
  return {
    id: team.databaseId,
    slug: team.slug,
    name: team.name,
    parentId: team.parentTeam?.databaseId ?? null,
    members: entriesOf(members)?.map(({ databaseId, login }) => ({ id: databaseId, login })) ?? null,
    repositories: entriesOf(repositories),
  };
}

function memberPage(page: ListedTeam['members']): Page<ListedMember> | null {
  return page === null ? null : { totalCount: page.totalCount, pageInfo: page.pageInfo, entries: page.nodes.map((node) => (node === null ? null : [node.databaseId, node])) };
}

function repositoryPage(page: ListedTeam['repositories']): Page<{ readonly id: string; readonly fullName: string; readonly permission: string }> | null {
  if (page === null || page.edges === null) return null;
  const entries = page.edges.map((edge) => {
    if (edge === null || edge.node === null) return null;
    const { databaseId: id, nameWithOwner: fullName } = edge.node;
    return [id, { id, fullName, permission: PERMISSIONS[edge.permission] }] as const;
  });
  return { totalCount: page.totalCount, pageInfo: page.pageInfo, entries };
}

function begin<T>(first: Page<T> | null): Paged<T> {
  const list: Paged<T> = { found: new Map(), next: null, isWhole: true };
  add(list, first);
  return list;
}

function add<T>(list: Paged<T>, page: Page<T> | null): void {
  const before = list.next;
  list.next = null;
  if (page === null) {
    list.isWhole = false;
    return;
  }
  for (const entry of page.entries) {
    if (entry === null) list.isWhole = false;
    else list.found.set(entry[0], entry[1]);
  }
  const { hasNextPage, endCursor } = page.pageInfo;
  if (!hasNextPage) list.isWhole &&= list.found.size === page.totalCount;
  else if (endCursor === null || endCursor === before) list.isWhole = false;
  else list.next = endCursor;
}

/** The entries in order of id; null where the list is not whole. */
function entriesOf<T>({ found, isWhole }: Paged<T>): T[] | null {
  return isWhole ? [...found].sort(([a], [b]) => compareIds(a, b)).map(([, entry]) => entry) : null;
}
