import { z } from 'zod';
import type { RestQuestion } from '../github.ts';
import { connection, numericId } from './answer-parts.ts';
import { savedQuery } from './saved-query.ts';

const listedRepository = z.object({
  id: z.string(),
  databaseId: numericId,
  nameWithOwner: z.string(),
  isArchived: z.boolean(),
  isDisabled: z.boolean(),
});

/** A repository as GitHub lists it now. */
export type ListedRepository = z.infer<typeof listedRepository>;

/** The repositories of an organisation or a person (`login`, `after`), by name, as far as the credential may see them. One point for 100. */
export const repositoriesQuery = savedQuery(
  'repositories',
  z.object({ repositoryOwner: z.object({ repositories: connection(listedRepository) }).nullable() }),
);

const countedRepository = listedRepository.extend({ pullRequests: z.object({ totalCount: z.number().int().nonnegative() }).nullable() });

/**
 * Up to 100 repositories by their node ids (`ids`), in the order asked: their names now and how many pull requests each
 * has; null for one that is gone or may not be seen any more. One point.
 */
export const repositoriesByIdQuery = savedQuery('repositories-by-id', z.object({ nodes: z.array(countedRepository.nullable()) }));

const installationRepositories = z.object({
  total_count: z.number().int().nonnegative(),
  repositories: z.array(
    z
      .object({ id: numericId, node_id: z.string(), full_name: z.string(), archived: z.boolean().default(false), disabled: z.boolean().default(false) })
      .transform((repository): ListedRepository => ({
        id: repository.node_id,
        databaseId: repository.id,
        nameWithOwner: repository.full_name,
        isArchived: repository.archived,
        isDisabled: repository.disabled,
      })),
  ),
});

/** A page of the repositories that an installation gives access to. */
export type InstallationRepositories = z.infer<typeof installationRepositories>;

/** The first page of the repositories that an installation gives access to, which only REST knows; further pages are at `nextPath`. */
export const INSTALLATION_REPOSITORIES: RestQuestion<InstallationRepositories> = {
  path: '/installation/repositories',
  parameters: { per_page: 100 },
  answer: installationRepositories,
};

/** The page of `INSTALLATION_REPOSITORIES` at the `nextPath` of the one before. */
export function nextInstallationRepositories(nextPath: string): RestQuestion<InstallationRepositories> {
  return { path: nextPath, answer: installationRepositories };
}
