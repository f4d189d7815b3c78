import { failure, type FakeAnswer } from '../hooks.ts';
import type { PullInWorld } from '../webhooks/pull-payload.ts';
import { repositoryRoute } from './repository-of.ts';
import { changedAt } from './repository-routes.ts';
import type { Route, RouteCall } from './router.ts';

/** A route about one pull request, which is an issue too. */
export function pullRoute(name: string, answer: (inWorld: PullInWorld, route: RouteCall) => FakeAnswer): Route {
  return repositoryRoute(name, (repository, route) => {
    const { world, call, parameters } = route;
    const pull = world.pull(repository.id, Number(parameters['pull_number'] ?? parameters['issue_number']), call.at);
    if (pull === null) return failure(404, 'Not Found');
    return answer({ world, repository, pull, at: call.at, repositoryChangedAt: changedAt(world, repository, call.at) }, route);
  });
}
