import { failure, json } from '../hooks.ts';
import { restEntity } from '../rest-schemas.ts';
import type { InstallationState } from '../world.ts';
import type { Route, RouteCall } from './router.ts';

/** Who the App is, where it is installed, and what an installation gives access to. */
export const APP_ROUTES: readonly Route[] = [
  {
    name: 'GET /app',
    answer({ world }) {
      const { id, slug, permissions, events } = world.app;
      return json(restEntity('integration', { id: Number(id), slug, name: slug, permissions, events, created_at: '2026-01-01T00:00:00Z', updated_at: '2026-01-01T00:00:00Z' }));
    },
  },
  {
    name: 'GET /app/installations',
    answer: (route) => json(route.world.installations(route.call.at).map((one) => installationEntity(one, route))),
  },
  {
    name: 'GET /installation/repositories',
    answer({ world, call }) {
      const { caller } = call;
      const installation = caller.kind === 'installation' ? world.installations(call.at).find(({ id }) => id === caller.installationId) : undefined;
      if (installation === undefined) return failure(403, 'Resource not accessible by integration');
      const repositories = installation.repositoryIds.flatMap((id) => world.repository(id, call.at) ?? []);
      return json({
        total_count: repositories.length,
        repositories: repositories.map(({ id, nodeId, fullName, name, isArchived, isPrivate }) => restEntity('repository', { id, node_id: nodeId, full_name: fullName, name, archived: isArchived, disabled: false, private: isPrivate })),
      });
    },
  },
];

function installationEntity({ id, account, permissions, events, createdAt, suspendedAt }: InstallationState, { world }: RouteCall): Record<string, unknown> {
  const { login, type } = account;
  const { id: appId, slug } = world.app;
  const at = (instant: number): string => new Date(instant).toISOString().replace('.000Z', 'Z');
  return restEntity('installation', {
    id: Number(id),
    account: { ...restEntity('simple-user', { id: account.id, login, type }) },
    app_id: Number(appId),
    app_slug: slug,
    target_type: type,
    target_id: account.id,
    repository_selection: 'selected',
    permissions,
    events,
    created_at: at(createdAt),
    updated_at: at(createdAt),
    suspended_at: suspendedAt === null ? null : at(suspendedAt),
    suspended_by: null,
  });
}
