import { json } from '../hooks.ts';
import { restEntity } from '../rest-schemas.ts';
import { organizationPart, repositoryPayload } from '../webhooks/entity-payloads.ts';
import type { RepositoryState, World } from '../world.ts';
import { repositoryRoute } from './repository-of.ts';
import type { Route } from './router.ts';

/** A repository, by its name and by its id. */
export const REPOSITORY_ROUTES: readonly Route[] = ['GET /repos/{owner}/{repo}', 'GET /repositories/{repository_id}'].map((name) =>
  repositoryRoute(name, (repository, { world, call }) => {
    const open = world.entries(repository.id, call.at).filter(({ state }) => state === 'OPEN');
    const known = { ...repositoryPayload(repository, changedAt(world, repository, call.at)), ...organizationPart(repository.owner), open_issues_count: open.length, open_issues: open.length };
    return json(restEntity('full-repository', known));
  }),
);

/** When something in a repository changed last, epoch ms: an answer about it stands until then. */
export function changedAt(world: World, repository: RepositoryState, at: number): number {
  return world.entries(repository.id, at).reduce((latest, { updatedAt }) => Math.max(latest, updatedAt), repository.createdAt);
}
