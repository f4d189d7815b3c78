import { failure, json } from '../hooks.ts';
import { restEntity } from '../rest-schemas.ts';
import { callingInstallation } from '../sight.ts';
import { accountPayload, repositoryPayload } from '../webhooks/entity-payloads.ts';
import { installationPayload } from '../webhooks/told-of-repository.ts';
import type { InstallationState, World } from '../world.ts';
import { listed, pageOf, refuseOtherParameters } from './page.ts';
import { changedAt } from './repository-routes.ts';
import type { Route } from './router.ts';

/** Who the App is, where it is installed, and what an installation gives access to. */
export const APP_ROUTES: readonly Route[] = [
  {
    name: 'GET /app',
    answer({ world }) {
      const { id, slug, permissions, events } = world.app;
      const madeAt = '2026-01-01T00:00:00Z';
      return json(restEntity('integration', { id: Number(id), slug, name: slug, permissions, events, created_at: madeAt, updated_at: madeAt }));
    },
  },
  {
    name: 'GET /app/installations',
    answer(route) {
      refuseOtherParameters(route);
      return listed(route, route.world.installations(route.call.at), (one) => installationEntity(route.world, one));
    },
  },
  {
    name: 'GET /app/installations/{installation_id}',
    answer({ world, call, parameters }) {
      const installation = world.installations(call.at).find(({ id }) => id === parameters['installation_id']);
      return installation === undefined ? failure(404, 'Not Found') : json(installationEntity(world, installation));
    },
  },
  {
    name: 'GET /installation/repositories',
    answer(route) {
      const { world, call } = route;
      const installation = callingInstallation(world, call.caller, call.at);
      if (installation === null) return failure(403, 'Resource not accessible by integration');
      refuseOtherParameters(route);
      const repositories = installation.repositoryIds.flatMap((id) => world.repository(id, call.at) ?? []);
      const { items, headers } = pageOf(route, repositories);
      const entities = items.map((repository) => restEntity('repository', repositoryPayload(repository, changedAt(world, repository, call.at))));
      return json({ total_count: repositories.length, repository_selection: 'selected', repositories: entities }, 200, headers);
    },
  },
];

/** The account of an installation may be an enterprise by the description, so that it is brought into its own shape first. */
function installationEntity(world: World, installation: InstallationState): Record<string, unknown> {
  const account = restEntity('simple-user', { ...accountPayload(installation.account) });
  return restEntity('installation', { ...installationPayload(world, installation), account });
}
