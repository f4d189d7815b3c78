import type { RecordedAccount } from '../recorded-pull.ts';
import type { InstallationState, OwnerState, TeamState, World } from '../world.ts';
import { accountPayload, organizationPart, repositoryPayload, senderPayload, teamPayload } from './entity-payloads.ts';
import type { GitHubWebhook } from './github-webhook.ts';
import { briefly, installationPayload } from './told-of-repository.ts';
import { webhookOf } from './world-webhooks.ts';

/** Something in an organisation that the world does not tell by itself, at an instant (epoch ms). */
export interface InOrganization {
  readonly world: World;
  readonly at: number;
  readonly organization: string;
}

/** Somebody joins a team or leaves it. */
export function membershipWebhook(where: InOrganization, action: 'added' | 'removed', team: TeamState, member: RecordedAccount): GitHubWebhook {
  const { installation, owner } = find(where);
  const known = { action, scope: 'team', team: teamPayload(team, owner.login), member: accountPayload(member), ...organizationPart(owner), sender: senderPayload(owner) };
  return webhookOf(where.world, { at: where.at, event: 'membership', known, installationId: installation.id });
}

/** A team is made, changed or deleted, or is given a repository or loses it. */
export function teamWebhook(
  where: InOrganization,
  action: 'created' | 'edited' | 'deleted' | 'added_to_repository' | 'removed_from_repository',
  team: TeamState,
  repositoryId?: number,
): GitHubWebhook {
  const { world, at } = where;
  const { installation, owner } = find(where);
  const repository = repositoryId === undefined ? null : world.repository(repositoryId, at);
  const permission = team.repositories.find((grant) => grant.repositoryId === repositoryId)?.permission ?? 'pull';
  const known = {
    action,
    team: teamPayload(team, owner.login, { permission }),
    ...(action === 'edited' ? { changes: {} } : {}),
    ...(repository === null ? {} : { repository: repositoryPayload(repository, at) }),
    ...organizationPart(owner),
    sender: senderPayload(owner),
  };
  return webhookOf(world, { at, event: 'team', known, installationId: installation.id });
}

/** Somebody becomes a collaborator of a repository, or no longer is one. */
export function memberWebhook(where: InOrganization, action: 'added' | 'removed', repositoryId: number, member: RecordedAccount): GitHubWebhook {
  const { world, at } = where;
  const { installation, owner } = find(where);
  const repository = world.repository(repositoryId, at);
  if (repository === null) throw new Error(`The world has no repository ${String(repositoryId)}.`);
  const known = { action, member: accountPayload(member), repository: repositoryPayload(repository, at), ...organizationPart(owner), sender: senderPayload(owner) };
  return webhookOf(world, { at, event: 'member', known, installationId: installation.id });
}

/** The App is installed, suspended, taken up again, given more, or removed. */
export function installationWebhook(where: InOrganization, action: 'created' | 'deleted' | 'suspend' | 'unsuspend' | 'new_permissions_accepted'): GitHubWebhook {
  const { world, at } = where;
  const { installation, owner } = find(where);
  const repositories = installation.repositoryIds.flatMap((id) => world.repository(id, at) ?? []).map(briefly);
  const known = { action, installation: installationPayload(world, installation), repositories, sender: senderPayload(owner) };
  return webhookOf(world, { at, event: 'installation', known, installationId: installation.id });
}

/** The organisation's installation; one that ends at that instant is still found. */
function find({ world, at, organization }: InOrganization): { readonly installation: InstallationState; readonly owner: OwnerState } {
  const owner = world.owner(organization, at);
  const installation = [at, at - 1].flatMap((instant) => world.installations(instant)).find(({ account }) => account.login === owner?.login);
  if (owner === null || installation === undefined) throw new Error(`${organization} has no installation.`);
  return { installation, owner };
}
