import { createHash } from 'node:crypto';
import type { Happening } from '../happenings.ts';
import type { InstallationState, RepositoryState, World } from '../world.ts';
import { organizationPart, repositoryPayload } from './entity-payloads.ts';
import type { GitHubWebhook, Told } from './github-webhook.ts';
import { pushesOf, type PullPush } from './pushes-of-pull.ts';
import { toldOfPull, toldOfPush } from './told-of-pull.ts';
import { toldOfRepository } from './told-of-repository.ts';
import { webhookPayload } from './webhook-schemas.ts';

/** Which webhooks are wanted. */
export interface WebhookWindow {
  /** Half-open, epoch ms [everything]. */
  readonly from?: number;
  readonly to?: number;
}

/** Events that every App gets, subscribed or not. */
const ALWAYS: ReadonlySet<string> = new Set(['installation', 'installation_repositories']);

/**
 * The webhooks of everything that happens in a world, in order of time, each made when it is asked for. An installation
 * gets those of its repositories that it subscribed to, and none while it is suspended; so nothing is told of what no
 * installation reaches. The same world gives the same webhooks with the same GUIDs, whatever the window.
 */
export function* worldWebhooks(world: World, { from = -Infinity, to = Infinity }: WebhookWindow = {}): Generator<GitHubWebhook> {
  const guids = new Guids();
  for (const told of inOrder(world, from, to)) {
    const installation = installationOf(world, told);
    if (installation === null) continue;
    yield guids.sign(finish(told, installation));
  }
}

/** A webhook of something that the world does not tell by itself: a team, a member, an installation. */
export function webhookOf(world: World, told: Told & { readonly installationId: string }): GitHubWebhook {
  const installation = world.installations(told.at).find(({ id }) => id === told.installationId) ?? null;
  const repository = world.repositories(told.at).find(({ id }) => id === repositoryIdIn(told.known)) ?? null;
  return new Guids().sign(finish({ ...told, repository }, installation ?? { id: told.installationId }));
}

interface Placed extends Told {
  readonly repository: RepositoryState | null;
  /** For what tells an installation about itself. */
  readonly installationId?: string;
}

/** Happenings, and between them the pushes to their pull requests: these are no happenings, they are made of the recording. */
function* inOrder(world: World, from: number, to: number): Generator<Placed> {
  const pushes = pushesIn(world, from, to);
  let next = 0;
  function* pushesUntil(at: number): Generator<Placed> {
    for (let due = pushes[next]; due !== undefined && due.push.at <= at; due = pushes[next]) {
      next += 1;
      const repository = world.repository(due.repositoryId, due.push.at);
      if (repository !== null) yield* toldOfPush(world, repository, due.number, due.push).map((told) => ({ ...told, repository }));
    }
  }
  for (const happening of world.happenings(from, to)) {
    yield* pushesUntil(happening.at);
    yield* placed(world, happening);
  }
  yield* pushesUntil(Infinity);
}

function pushesIn(world: World, from: number, to: number): readonly { readonly repositoryId: number; readonly number: number; readonly push: PullPush }[] {
  const found: { repositoryId: number; number: number; push: PullPush }[] = [];
  for (const { id: repositoryId } of world.repositories(Infinity)) {
    for (const pull of world.pulls(repositoryId)) {
      const { number } = pull;
      const opened = world.pull(repositoryId, number, Date.parse(pull.created_at));
      const pushes = opened === null ? [] : pushesOf(pull, opened.headSha);
      for (const push of pushes) if (push.at >= from && push.at < to) found.push({ repositoryId, number, push });
    }
  }
  return found.sort((a, b) => a.push.at - b.push.at);
}

function placed(world: World, happening: Happening): readonly Placed[] {
  const told = 'number' in happening ? toldOfPull(world, happening) : toldOfRepository(world, happening);
  const installationId = 'installationId' in happening ? { installationId: happening.installationId } : {};
  return told.map((one) => ({ ...one, ...installationId, repository: happening.repository }));
}

function installationOf(world: World, { at, event, repository, installationId }: Placed): InstallationState | null {
  const found = world.installations(at).find((one) => (installationId === undefined ? repository !== null && one.repositoryIds.includes(repository.id) : one.id === installationId));
  if (found === undefined || found.suspendedAt !== null) return null;
  return ALWAYS.has(event) || found.events.includes(event) ? found : null;
}

function finish({ at, event, known, repository }: Placed, installation: Pick<InstallationState, 'id'>): Omit<GitHubWebhook, 'guid'> {
  const parts = {
    ...(repository === null || ALWAYS.has(event) ? {} : { repository: repositoryPayload(repository, at), ...organizationPart(repository.owner) }),
    installation: { id: Number(installation.id), node_id: `MDIzOkludGVncmF0aW9uSW5zdGFsbGF0aW9u${installation.id}` },
    ...known,
  };
  const payload = webhookPayload(event, parts);
  const action = typeof known['action'] === 'string' ? known['action'] : null;
  return { event, action, at, installationId: installation.id, repositoryId: repository?.id ?? null, body: JSON.stringify(payload) };
}

function repositoryIdIn({ repository }: Told['known']): unknown {
  return typeof repository === 'object' && repository !== null && 'id' in repository ? repository.id : null;
}

/** GUIDs made of what they stand for; the second of two equal webhooks of one instant gets another. */
class Guids {
  #at = -Infinity;
  #seen = new Map<string, number>();

  sign(webhook: Omit<GitHubWebhook, 'guid'>): GitHubWebhook {
    if (webhook.at !== this.#at) this.#seen = new Map();
    this.#at = webhook.at;
    const digest = createHash('sha256').update(`${webhook.event}\n${webhook.body}`).digest('hex');
    const times = this.#seen.get(digest) ?? 0;
    this.#seen.set(digest, times + 1);
    const hex = times === 0 ? digest : createHash('sha256').update(`${digest} ${String(times)}`).digest('hex');
    const guid = [hex.slice(0, 8), hex.slice(8, 12), `11e${hex.slice(13, 14)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
    return { guid, ...webhook };
  }
}
