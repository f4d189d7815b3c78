import { NarrowsError } from '#src/core/errors.ts';
import { compareIds } from '#src/core/text.ts';
import type { Delivery } from '#src/domain/delivery.ts';
import type { GitHub } from '#src/github/github.ts';
import { INSTALLATION_REPOSITORIES, nextInstallationRepositories, repositoriesQuery, type ListedRepository } from '#src/github/queries/repositories.ts';
import { everyPage } from './every-page.ts';
import { leftOut } from './left-out.ts';
import { contentDigest, listingDelivery, type Listing } from './listing-delivery.ts';

/** The repositories that an installation gives access to, or that an owner has. */
export interface RepositoryListing {
  /** When its first page was asked for, epoch ms. */
  readonly takenAt: number;
  /** By numeric id. */
  readonly repositories: readonly ListedRepository[];
  /** The same for two listings between which no repository came, went or changed its name: then only the first need be kept. */
  readonly digest: string;
  readonly delivery: Delivery;
}

/** Lists what the installation (its id is `installationId`) gives access to, page by page. */
export async function listInstallationRepositories(github: GitHub, installationId: string, signal: AbortSignal): Promise<RepositoryListing> {
  const pages = await wholeList(async (after) => {
    const answer = await github.get(after === null ? INSTALLATION_REPOSITORIES : nextInstallationRepositories(after), signal);
    if (answer.isUnchanged) throw new NarrowsError('github-failed', 'GitHub says that a list of repositories still stands, but nobody has it. It is asked for again.');
    return { nodes: answer.data.repositories, totalCount: answer.data.total_count, askedAt: answer.askedAt, pageInfo: { hasNextPage: answer.nextPath !== null, endCursor: answer.nextPath } };
  });
  return repositoryListing(`installation:${installationId}`, pages);
}

/** Lists the repositories of an organisation or a person, for a personal token that has no installation. Rejects with `github-not-found` for a login that nobody has. */
export async function listOwnedRepositories(github: GitHub, login: string, signal: AbortSignal): Promise<RepositoryListing> {
  const pages = await wholeList(async (after) => {
    const { data, problems, askedAt } = await github.query(repositoriesQuery, { login, after }, signal);
    if (data.repositoryOwner === null) throw leftOut(problems, `the repositories of ${login}`);
    return { ...data.repositoryOwner.repositories, askedAt };
  });
  return repositoryListing(`owner:${login.toLowerCase()}`, pages);
}

interface RepositoryPage {
  readonly nodes: readonly (ListedRepository | null)[];
  readonly totalCount: number;
  readonly askedAt: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/**
 * Every page; and once more where they do not hold as many as GitHub counts. A repository that is renamed while the
 * list is paged may slip past between two pages, and one that is not listed is taken for gone.
 */
async function wholeList(ask: (after: string | null) => Promise<RepositoryPage>): Promise<readonly RepositoryPage[]> {
  const pages = await everyPage(ask);
  const ids = new Set(pages.flatMap(({ nodes }) => nodes.map((node) => node?.databaseId)));
  return ids.size === pages.at(-1)?.totalCount ? pages : [...pages, ...(await everyPage(ask))];
}

/** A listing of pages of repositories, one of which may come twice while they shift. */
function repositoryListing(about: string, pages: readonly RepositoryPage[]): RepositoryListing {
  const byId = new Map<string, ListedRepository>();
  for (const node of pages.flatMap(({ nodes }) => nodes)) if (node !== null) byId.set(node.databaseId, node);
  const repositories = [...byId.values()].sort((a, b) => compareIds(a.databaseId, b.databaseId));
  const content = {
    repositories: repositories.map(({ id, databaseId, nameWithOwner, isArchived, isDisabled }) => ({ id: databaseId, nodeId: id, fullName: nameWithOwner, isArchived, isDisabled })),
  };
  const listing: Listing = { event: 'repository_listing', about, takenAt: pages[0]?.askedAt ?? 0, content };
  return { takenAt: listing.takenAt, repositories, digest: contentDigest(listing), delivery: listingDelivery(listing) };
}
