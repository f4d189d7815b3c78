import type { Happening } from '../happenings.ts';
import type { InstallationState, RepositoryState, World } from '../world.ts';
import { accountPayload, isoTime, senderPayload } from './entity-payloads.ts';
import type { Told } from './github-webhook.ts';

type RepositoryHappening = Exclude<Happening, { readonly number: number }>;

/** What webhooks tell of something that happened to a repository as such. */
export function toldOfRepository(world: World, happening: RepositoryHappening): readonly Told[] {
  const { at, repository } = happening;
  const sender = senderPayload({ ...repository.owner });
  switch (happening.kind) {
    case 'renamed':
      return [{ at, event: 'repository', known: { action: 'renamed', changes: { repository: { name: { from: happening.from.split('/')[1] ?? '' } } }, sender } }];
    case 'transferred': {
      const login = happening.from.split('/')[0] ?? '';
      const owner = world.owner(login, at);
      const from = owner?.type === 'User' ? { user: accountPayload(owner) } : { organization: { login, id: owner?.id ?? 0 } };
      return [{ at, event: 'repository', known: { action: 'transferred', changes: { owner: { from } }, sender } }];
    }
    case 'archived':
    case 'unarchived':
      return [{ at, event: 'repository', known: { action: happening.kind, sender } }];
    case 'added_to_installation':
    case 'removed_from_installation': {
      const isAdded = happening.kind === 'added_to_installation';
      const installation = world.installations(at).find(({ id }) => id === happening.installationId);
      if (installation === undefined) return [];
      const listed = [briefly(repository)];
      const known = {
        action: isAdded ? 'added' : 'removed',
        installation: installationPayload(world, installation),
        repository_selection: 'selected',
        repositories_added: isAdded ? listed : [],
        repositories_removed: isAdded ? [] : listed,
        requester: null,
        sender,
      };
      return [{ at, event: 'installation_repositories', known }];
    }
  }
}

/** A repository as the webhooks of installations list it. */
export function briefly({ id, nodeId, name, fullName, isPrivate }: RepositoryState): Record<string, unknown> {
  return { id, node_id: nodeId, name, full_name: fullName, private: isPrivate };
}

/** An installation as its own webhooks carry it. */
export function installationPayload({ app }: World, installation: InstallationState): Record<string, unknown> {
  const { id, account, permissions, events, createdAt, suspendedAt } = installation;
  return {
    id: Number(id),
    account: accountPayload(account),
    app_id: Number(app.id),
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions,
    events,
    repository_selection: 'selected',
    created_at: isoTime(Number.isFinite(createdAt) ? createdAt : 0),
    updated_at: isoTime(suspendedAt ?? (Number.isFinite(createdAt) ? createdAt : 0)),
    suspended_at: suspendedAt === null ? null : isoTime(suspendedAt),
    suspended_by: suspendedAt === null ? null : accountPayload(account),
    single_file_name: null,
  };
}
