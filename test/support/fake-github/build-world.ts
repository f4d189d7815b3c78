import { createHash } from 'node:crypto';
import { happeningsOf } from './world-happenings.ts';
import { makeInstallations } from './installations.ts';
import { makeRepository, type RepositoryRecord } from './repository-record.ts';
import { timed, type Timed } from './timed.ts';
import type { RecordedAccount } from './recorded-pull.ts';
import type { RepositoryPlan } from './repository-record.ts';
import type { FakeApp, OrganizationState, OwnerState, RepositoryState, World } from './world.ts';

/** The permissions and events of the fake's App unless a test says otherwise: what collecting needs. */
const APP: FakeApp = {
  id: '4711',
  slug: 'narrows-test',
  permissions: { metadata: 'read', contents: 'read', pull_requests: 'read', issues: 'read', members: 'read', merge_queues: 'read' },
  events: ['pull_request', 'pull_request_review', 'pull_request_review_comment', 'pull_request_review_thread', 'issue_comment', 'push', 'repository', 'team', 'membership', 'member'],
};

/** What a world begins with. */
export interface WorldPlan {
  readonly app?: Partial<FakeApp>;
  readonly repositories?: Iterable<RepositoryPlan>;
  /** Each holds from the beginning. */
  readonly organizations?: readonly OrganizationState[];
}

/** A world of the repositories given, each in the installation of its owner. */
export function buildWorld(plan: WorldPlan = {}): World {
  const app: FakeApp = { ...APP, ...plan.app };
  const records = new Map<number, RepositoryRecord>();
  const owners = new Map<string, OwnerState>();
  const organizations = new Map<string, Timed<OrganizationState | null>>();
  const installations = makeInstallations(app);

  function ownerOf(login: string, given: RepositoryPlan['owner'] = {}): OwnerState {
    const key = login.toLowerCase();
    const owner = owners.get(key) ?? { id: given.id ?? idOf(login), login, type: given.type ?? 'Organization' };
    owners.set(key, owner);
    return owner;
  }

  function stateOf(record: RepositoryRecord, at: number): RepositoryState {
    return record.at(at, (login) => ownerOf(login));
  }

  function repositoryNamed(fullName: string, at: number): ReturnType<World['repositoryNamed']> {
    const there = [...records.values()].filter((record) => record.createdAt <= at);
    const wanted = fullName.toLowerCase();
    const present = there.find((record) => record.nameAt(at).toLowerCase() === wanted);
    if (present !== undefined) return { repository: stateOf(present, at), isEarlierName: false };
    const earlier = there.find((record) => record.hadName(wanted, at));
    return earlier === undefined ? null : { repository: stateOf(earlier, at), isEarlierName: true };
  }

  function recordNamed(fullName: string): RepositoryRecord {
    const found = repositoryNamed(fullName, Infinity);
    const record = found === null ? undefined : records.get(found.repository.id);
    if (record === undefined) throw new Error(`The world has no repository ${fullName}.`);
    return record;
  }

  function plantRepository(repository: RepositoryPlan): RepositoryState {
    const id = repository.id ?? idOf(repository.fullName);
    if (records.has(id)) throw new Error(`The world has a repository with the id ${String(id)} already.`);
    const record = makeRepository(id, repository);
    records.set(id, record);
    const owner = ownerOf(ownerName(repository.fullName), repository.owner);
    installations.add(owner, id, -Infinity, record.createdAt);
    return stateOf(record, Infinity);
  }

  function accountNamed(login: string): RecordedAccount | null {
    for (const record of records.values()) {
      const account = record.account(login);
      if (account !== null) return account;
    }
    const members = [...organizations.values()].flatMap((states) => states.all().flatMap(({ value }) => value?.members ?? []));
    return members.find(({ account }) => account.login === login)?.account ?? null;
  }

  const world: World = {
    app,
    installations: (at) => installations.at(at),
    repositories: (at) => [...records.values()].filter((record) => record.createdAt <= at).map((record) => stateOf(record, at)),
    repository(id, at) {
      const record = records.get(id);
      return record === undefined || record.createdAt > at ? null : stateOf(record, at);
    },
    repositoryNamed,
    owner: (login) => owners.get(login.toLowerCase()) ?? null,
    organization(login, at) {
      const owner = owners.get(login.toLowerCase());
      const isBare = owner?.type === 'Organization';
      return organizations.get(login.toLowerCase())?.at(at) ?? (isBare ? { login: owner.login, members: [], teams: [] } : null);
    },
    account: accountNamed,
    entries: (repositoryId, at) => records.get(repositoryId)?.entries(at) ?? [],
    pull: (repositoryId, number, at) => records.get(repositoryId)?.pull(number, at) ?? null,
    pulls: (repositoryId) => records.get(repositoryId)?.pulls() ?? [],
    happenings: (from, to) => happeningsOf(records.values(), stateOf, installations, { from, to }),
    plantRepository,
    plantPull: (repository, pull) => recordNamed(repository).put(pull),
    editPull: (repository, number, change) => recordNamed(repository).edit(number, change),
    deleteComment: (repository, number, commentId, at) => recordNamed(repository).deleteComment(number, commentId, at),
    rename(repository, fullName, at) {
      const record = recordNamed(repository);
      const before = ownerOf(ownerName(record.nameAt(at)));
      record.rename(fullName, at);
      const after = ownerOf(ownerName(fullName));
      if (before.login === after.login) return;
      installations.remove(before, record.id, at);
      installations.add(after, record.id, at, at);
    },
    archive: (repository, at, isArchived = true) => recordNamed(repository).archive(isArchived, at),
    removeFromInstallation(repository, at) {
      const record = recordNamed(repository);
      installations.remove(ownerOf(ownerName(record.nameAt(at))), record.id, at);
    },
    addToInstallation(repository, at) {
      const record = recordNamed(repository);
      installations.add(ownerOf(ownerName(record.nameAt(at))), record.id, at, at);
    },
    suspendInstallation: (id, at) => installations.change(id, { suspendedAt: at }, at),
    unsuspendInstallation: (id, at) => installations.change(id, { suspendedAt: null }, at),
    uninstall: (id, at) => installations.change(id, { isThere: false }, at),
    grant: (id, granted, at) => installations.change(id, granted, at),
    putOrganization(state, at) {
      const key = state.login.toLowerCase();
      const states = organizations.get(key) ?? timed<OrganizationState | null>(null);
      states.set(state, at);
      organizations.set(key, states);
      ownerOf(state.login);
    },
  };
  for (const repository of plan.repositories ?? []) world.plantRepository(repository);
  for (const organization of plan.organizations ?? []) world.putOrganization(organization, -Infinity);
  return world;
}

function ownerName(fullName: string): string {
  return fullName.split('/')[0] ?? fullName;
}

/** An id of nine digits, always the same for the same name. */
function idOf(name: string): number {
  return 100_000_000 + (createHash('sha256').update(name.toLowerCase()).digest().readUInt32BE(0) % 900_000_000);
}
