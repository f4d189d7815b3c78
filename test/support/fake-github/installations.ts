import { timed, type Timed } from './timed.ts';
import type { FakeApp, InstallationState, OwnerState } from './world.ts';

interface Standing {
  readonly isThere: boolean;
  readonly suspendedAt: number | null;
  readonly permissions: Readonly<Record<string, string>>;
  readonly events: readonly string[];
}

interface InstallationRecord {
  readonly id: string;
  readonly owner: OwnerState;
  readonly createdAt: number;
  readonly standing: Timed<Standing>;
  readonly repositories: Map<number, Timed<boolean>>;
}

/** The installations of the App over time: one for each owner of a repository. */
export interface Installations {
  at(instant: number): readonly InstallationState[];
  /** Puts a repository in from `at` on; an installation that has to be made for it counts as made at `madeAt`. */
  add(owner: OwnerState, repositoryId: number, at: number, madeAt: number): void;
  remove(owner: OwnerState, repositoryId: number, at: number): void;
  change(id: string, change: Partial<Standing>, at: number): void;
  /** When repositories came and went, beginnings left out. */
  moves(): readonly { readonly installationId: string; readonly repositoryId: number; readonly isIn: boolean; readonly at: number }[];
}

/** No installation yet; the first one gets the id 50000001. */
export function makeInstallations(app: FakeApp): Installations {
  const records: InstallationRecord[] = [];

  function recordOf(owner: OwnerState, madeAt: number): InstallationRecord {
    const known = records.find((record) => record.owner.login === owner.login);
    if (known !== undefined) return known;
    const standing = timed<Standing>({ isThere: true, suspendedAt: null, permissions: app.permissions, events: app.events });
    const made = { id: String(50_000_001 + records.length), owner, createdAt: madeAt, standing, repositories: new Map<number, Timed<boolean>>() };
    records.push(made);
    return made;
  }

  function setIn(record: InstallationRecord, repositoryId: number, isIn: boolean, at: number): void {
    const membership = record.repositories.get(repositoryId) ?? timed(false);
    membership.set(isIn, at);
    record.repositories.set(repositoryId, membership);
  }

  return {
    at: (instant) =>
      records
        .map((record) => ({ record, now: record.standing.at(instant) }))
        .filter(({ now }) => now.isThere)
        .map(({ record, now }) => ({
          id: record.id,
          account: record.owner,
          permissions: now.permissions,
          events: now.events,
          createdAt: record.createdAt,
          suspendedAt: now.suspendedAt,
          repositoryIds: [...record.repositories].filter(([, isIn]) => isIn.at(instant)).map(([id]) => id),
        })),
    add: (owner, repositoryId, at, madeAt) => setIn(recordOf(owner, madeAt), repositoryId, true, at),
    remove: (owner, repositoryId, at) => setIn(recordOf(owner, at), repositoryId, false, at),
    change(id, change, at) {
      const record = records.find((one) => one.id === id);
      if (record === undefined) throw new Error(`The world has no installation ${id}.`);
      record.standing.set({ ...record.standing.at(at), ...change }, at);
    },
    moves: () =>
      records.flatMap((record) =>
        [...record.repositories].flatMap(([repositoryId, membership]) =>
          membership
            .all()
            .filter(({ from }) => from !== -Infinity)
            .map(({ from, value }) => ({ installationId: record.id, repositoryId, isIn: value, at: from })),
        ),
      ),
  };
}
