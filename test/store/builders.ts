import { standingClock } from '#src/core/clock.ts';
import type { Delivery, Outcome, StoredDelivery } from '#src/domain/delivery.ts';
import type { RepositoryRef } from '#src/domain/repository.ts';
import type { FactChanges, PullRequestChange, PushSighting } from '#src/domain/source.ts';
import type { FoldBatch, PullRequestQuery, RepositoryPullRequest, Store } from '#src/domain/store.ts';
import {
  NO_EVIDENCE,
  sightingKey,
  type AttributeName,
  type AttributeValue,
  type PullRequestEvidence,
  type Sighting,
} from '#src/domain/timeline/evidence.ts';
import type { Viewer } from '#src/domain/viewer.ts';

/** When everything in these tests happens, unless they say otherwise. */
export const NOW = Date.UTC(2025, 10, 23, 8);

/** A clock at `NOW`. */
export const clock = standingClock(NOW);

/** Who sees everything. */
export const EVERYONE: Viewer = { sees: 'everything' };

/** A webhook's delivery. */
export function aDelivery(guid: string, rest: Partial<Delivery> = {}): Delivery {
  return { guid, channel: 'webhook', event: 'pull_request', deliveredAt: NOW, takenAt: null, format: 'json', body: Buffer.from(`{"guid":"${guid}"}`), ...rest };
}

/** Changes that are empty but for these. */
export function changesOf(changes: FactChanges): Required<FactChanges> {
  return { accounts: [], repositories: [], pullRequests: [], pushes: [], teams: [], memberships: [], teamRepositories: [], collaborators: [], memberListings: [], teamRepositoryListings: [], teamListings: [], ...changes };
}

/** What folding these deliveries does when they bring these changes. */
export function aFold(changes: FactChanges, deliveries: readonly StoredDelivery[] = [], outcome: Outcome = 'facts', reason: string | null = null): FoldBatch {
  return { changes: changesOf(changes), outcomes: deliveries.map(({ id, event }) => ({ deliveryId: id, event, outcome, reason })) };
}

/** A repository as a recording names it. */
export function byName(fullName: string): RepositoryRef {
  return { id: null, fullName };
}

/** A repository as GitHub names it. */
export function byId(id: string, fullName: string): RepositoryRef {
  return { id, fullName };
}

/** Evidence of a pull request opened at `NOW`, with these attributes and sightings beside. */
export function someEvidence(attributes: Partial<Record<AttributeName, AttributeValue>> = {}, sightings: readonly Sighting[] = []): PullRequestEvidence {
  const values: Partial<Record<AttributeName, AttributeValue>> = { created_at: NOW, author: '#1', ...attributes };
  const registers = Object.entries(values).map(([name, value]) => [name, { value, updatedAt: NOW, knownAt: NOW }]);
  return { ...NO_EVIDENCE, attributes: Object.fromEntries(registers), sightings: Object.fromEntries(sightings.map((seen) => [sightingKey(seen), seen])) };
}

/** A pull request told of. */
export function aPullRequestChange(repository: RepositoryRef, number: number, evidence = someEvidence()): PullRequestChange {
  return { repository, number, evidence };
}

/** A comment as a webhook tells of it. */
export function aComment(id: string, at = NOW + 60_000): Sighting {
  return { kind: 'commented', id, at, atFrom: 'github', actor: '#2', detail: {}, saidAt: at, listed: null, knownAt: at, knownBy: `guid-${id}`, givenState: null };
}

/** A push to the branch `topic`. */
export function aPush(repository: RepositoryRef, rest: Partial<PushSighting> = {}): PushSighting {
  return { repository, branch: 'topic', before: 'a'.repeat(40), after: 'b'.repeat(40), forced: false, actor: '#1', at: NOW + 120_000, atFrom: 'github', commits: ['b'.repeat(40)], knownAt: NOW + 121_000, knownBy: 'guid-push', ...rest };
}

/** A time at which something changed, known from a webhook. */
export function aTransition(at = NOW): { readonly at: number; readonly atFrom: 'delivered'; readonly knownAt: number; readonly knownBy: string } {
  return { at, atFrom: 'delivered', knownAt: at, knownBy: 'guid-team' };
}

/** The pull requests that a store shows. */
export async function read(store: Store, query: PullRequestQuery = {}, viewer: Viewer = EVERYONE): Promise<RepositoryPullRequest[]> {
  const found: RepositoryPullRequest[] = [];
  for await (const one of store.reader.pullRequests(viewer, query)) found.push(one);
  return found;
}

/** The pull requests that a store shows, in short: `owner/name#number`. */
export async function subjects(store: Store, query: PullRequestQuery = {}, viewer: Viewer = EVERYONE): Promise<string[]> {
  return (await read(store, query, viewer)).map(({ repository, pullRequest }) => `${repository.fullName}#${pullRequest.number}`);
}

/** Folds everything that waits, each delivery with the changes its GUID stands for. */
export async function foldAll(store: Store, changes: (guid: string) => FactChanges = () => ({}), limit = 100): Promise<string[]> {
  const folded: string[] = [];
  for (let pending = await store.writer.pending(limit); pending.length > 0; pending = await store.writer.pending(limit)) {
    for (const delivery of pending) await store.writer.fold(aFold(changes(delivery.guid), [delivery]));
    folded.push(...pending.map(({ guid }) => guid));
  }
  return folded;
}
