import { failure, json, type FakeAnswer } from '../hooks.ts';
import { sightOf } from '../sight.ts';
import type { RepositoryState } from '../world.ts';
import type { Route, RouteCall } from './router.ts';

/** A route about one repository, by its name or its id; what the caller does not see is not there. */
export function repositoryRoute(name: string, answer: (repository: RepositoryState, route: RouteCall) => FakeAnswer): Route {
  return {
    name,
    answer(route) {
      const { repository, isEarlierName } = find(route);
      if (repository === null || !sightOf(route.world, route.call.caller, route.call.at)(repository)) return failure(404, 'Not Found');
      return isEarlierName ? moved(repository, route) : answer(repository, route);
    },
  };
}

function find({ world, call, parameters }: RouteCall): { readonly repository: RepositoryState | null; readonly isEarlierName: boolean } {
  const { owner, repo, repository_id: id } = parameters;
  if (id !== undefined) return { repository: world.repository(Number(id), call.at), isEarlierName: false };
  return world.repositoryNamed(`${owner ?? ''}/${repo ?? ''}`, call.at) ?? { repository: null, isEarlierName: false };
}

/** Under an earlier name GitHub says where the same stands under the repository's id. */
function moved(repository: RepositoryState, { call }: RouteCall): FakeAnswer {
  const [, below = ''] = /^\/repos\/[^/]+\/[^/]+(\/.*)?$/.exec(call.path) ?? [];
  const query = call.query.size === 0 ? '' : `?${call.query.toString()}`;
  const url = `${call.root}/repositories/${String(repository.id)}${below}${query}`;
  return json({ message: 'Moved Permanently', url, documentation_url: 'https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api#follow-redirects' }, 301, { location: url });
}
