import { nodeId } from '../node-ids.ts';
import type { RecordedAccount } from '../recorded-pull.ts';
import type { Partly } from '../schema-filling.ts';
import type { OwnerState, RepositoryState, TeamState } from '../world.ts';

/** GitHub's account for the deleted. */
const GHOST: RecordedAccount = { login: 'ghost', id: 10137, type: 'User' };

/** An instant as GitHub writes it: to the second. */
export function isoTime(at: number): string {
  return new Date(Math.floor(at / 1000) * 1000).toISOString().replace('.000Z', 'Z');
}

/** An account as payloads carry it; null stays null. */
export function accountPayload(account: RecordedAccount | OwnerState | null | undefined): Partly | null {
  if (account == null) return null;
  const { login, id, type } = account;
  const url = `https://api.github.com/users/${login}`;
  return { login, id, type, node_id: nodeId(type === 'Organization' ? 'O' : type === 'Bot' ? 'BOT' : 'U', id), url, html_url: `https://github.com/${login}`, avatar_url: `https://avatars.githubusercontent.com/u/${String(id)}?v=4`, site_admin: false };
}

/** Who did it: payloads name `ghost` for a deleted account. */
export function senderPayload(account: RecordedAccount | null | undefined): Partly {
  return accountPayload(account ?? GHOST) ?? {};
}

/** A repository as payloads carry it. */
export function repositoryPayload(repository: RepositoryState, at: number): Partly {
  const { id, nodeId: node_id, name, fullName: full_name, isPrivate, isArchived, createdAt } = repository;
  return {
    id,
    node_id,
    name,
    full_name,
    private: isPrivate,
    visibility: isPrivate ? 'private' : 'public',
    archived: isArchived,
    owner: accountPayload(repository.owner),
    url: `https://api.github.com/repos/${full_name}`,
    html_url: `https://github.com/${full_name}`,
    created_at: isoTime(createdAt),
    updated_at: isoTime(at),
    pushed_at: isoTime(at),
    default_branch: 'main',
  };
}

/** The organisation that a webhook belongs to; nothing for a person's repository. */
export function organizationPart(owner: OwnerState): Partly {
  if (owner.type !== 'Organization') return {};
  const { login, id } = owner;
  return { organization: { login, id, node_id: nodeId('O', id), url: `https://api.github.com/orgs/${login}` } };
}

/** A team as payloads carry it. */
export function teamPayload(team: Pick<TeamState, 'id' | 'slug' | 'name' | 'privacy'>, organization: string, more: Partly = {}): Partly {
  const { id, slug, name, privacy } = team;
  const url = `https://api.github.com/organizations/${organization}/team/${String(id)}`;
  return { id, slug, name, privacy, permission: 'pull', node_id: nodeId('T', organization, slug, id), url, html_url: `https://github.com/orgs/${organization}/teams/${slug}`, ...more };
}
